#compdef gitopsgen
# Completion of gitopsgen in zsh: a file _gitopsgen in a folder of $fpath, or source <(gitopsgen completion zsh) after compinit
_gitopsgen() {
  local line
  local -a lines described open
  lines=("${(@f)$("${(Q)words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  for line in $lines; do
    case $line in
      :files) _files; return ;;
      :folders) _files -/; return ;;
      *=) open+=("$line") ;;
      *$'\t'*) described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
      *) described+=("${line//:/\\:}") ;;
    esac
  done
  (( $#open )) && compadd -S '' -- $open
  (( $#described )) && _describe gitopsgen described
}
if [[ $funcstack[1] == _gitopsgen ]]; then
  _gitopsgen "$@"
else
  compdef _gitopsgen gitopsgen
fi
