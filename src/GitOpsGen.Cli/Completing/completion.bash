# Completion of gitopsgen in bash: source <(gitopsgen completion bash)
_gitopsgen() {
  local word line words=()
  # Readline takes an equals sign for a word.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    [[ $word == "=" ]] || words+=("$word")
  done
  [[ ${COMP_WORDS[COMP_CWORD]} != "=" ]] || words+=("")
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default ;;
      :folders) compopt -o dirnames ;;
      *)
        line=${line%%$'\t'*}
        [[ $line != *= ]] || compopt -o nospace
        COMPREPLY+=("$line")
        ;;
    esac
  done < <("$1" __complete "${words[@]}" 2>/dev/null)
} 2>/dev/null
complete -F _gitopsgen gitopsgen
