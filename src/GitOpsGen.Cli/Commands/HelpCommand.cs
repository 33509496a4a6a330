using System.CommandLine.Parsing;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen help [COMMAND]</c>: what <c>--help</c> prints.</summary>
internal static class HelpCommand
{
    public static Command Create(RootCommand root, ParserConfiguration parsing)
    {
        var words = new Argument<string[]>("command") { Description = "A command, as it is typed. Default: all of them." };
        words.Validators.Add(result => Follow(root, result));
        var command = new DocumentedCommand(
            "help",
            "Shows what a command does, its options and examples, as '--help' after it does.",
            "gitopsgen help render",
            "gitopsgen help mirror plan"
        )
        {
            words,
        };
        command.SetAction(parsed => root.Parse([.. parsed.GetValue(words) ?? [], "--help"], parsing).Invoke(parsed.InvocationConfiguration));
        return command;
    }

    private static void Follow(Command root, ArgumentResult result)
    {
        var at = root;
        foreach (var word in result.Tokens.Select(token => token.Value))
        {
            var next = at.Subcommands.FirstOrDefault(known => known.Name == word);
            if (next is null)
            {
                result.AddError($"There is no command '{word}' to help with.{Suggestion.After(word, at.Subcommands.Select(known => known.Name))}");
                return;
            }

            at = next;
        }
    }
}
