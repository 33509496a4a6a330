using GitOpsGen.Cli.Completing;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen completion bash|zsh|fish|pwsh</c>: what a shell needs to complete command lines.</summary>
internal static class CompletionCommand
{
    private const string Name = "completion";

    public static Command Create(CommandRunner runner)
    {
        var shell = CommandOptions.Choice("shell", "Which shell's script: bash, zsh, fish or pwsh.", CompletionScript.Shells);
        var command = new DocumentedCommand(
            Name,
            "Prints a script for your shell: TAB then completes commands, options, forms, rules, and the environments and packages of the root.",
            "gitopsgen completion bash > ~/.local/share/bash-completion/completions/gitopsgen",
            "gitopsgen completion zsh > ~/.zfunc/_gitopsgen",
            "gitopsgen completion fish > ~/.config/fish/completions/gitopsgen.fish",
            "gitopsgen completion pwsh >> $PROFILE"
        )
        {
            shell,
        };
        command.SetAction(parsed => runner.Run(Name, parsed, _ => Script(parsed.GetRequiredValue(shell))));
        return command;
    }

    private static CommandReport Script(string shell)
    {
        var script = CompletionScript.For(shell);
        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Document = script,
            Result = json =>
            {
                json.WriteStartObject();
                json.WriteString(shell, script);
                json.WriteEndObject();
            },
        };
    }
}
