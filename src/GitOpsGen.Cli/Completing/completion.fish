# Completion of gitopsgen in fish: gitopsgen completion fish | source
function __gitopsgen_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] __complete $words[2..-1] 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path (commandline -ct)
            case :folders
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c gitopsgen -f -a '(__gitopsgen_complete)'
