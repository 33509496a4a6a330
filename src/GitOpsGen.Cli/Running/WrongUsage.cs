using System.CommandLine.Parsing;

namespace GitOpsGen.Cli.Running;

/// <summary>What is wrong with a command line, in sentences, with what was probably meant.</summary>
internal static class WrongUsage
{
    private const string NoCommand = "Required command was not provided.";

    /// <summary>Every problem that the parser sees; nothing where the line is right.</summary>
    /// <param name="parsed">The line.</param>
    /// <param name="hasEnd">Whether a <c>--</c> is on it, after which nothing is an option.</param>
    public static string[] Of(ParseResult parsed, bool hasEnd)
    {
        var command = parsed.CommandResult;
        // The library takes an option that it does not know for an argument, where the command has any.
        var taken = hasEnd ? [] : command.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        // A single '-' is the standard input.
        var unknown = taken.Concat(parsed.UnmatchedTokens).Where(word => word is ['-', _, ..]).Distinct().ToArray();
        if (unknown is not [])
        {
            // The words around them may be their values.
            return [.. unknown.Select(option => UnknownOption(command, option))];
        }

        string[] words = [.. parsed.UnmatchedTokens];
        var others = parsed
            .Errors.Select(error => error.Message)
            .Where(message => !words.Any(word => message == $"Unrecognized command or argument '{word}'.") && (words is [] || message != NoCommand));
        return [.. UnknownWords(command.Command, words), .. others.Distinct()];
    }

    /// <summary>The names of the options that a command takes, its own first.</summary>
    public static IEnumerable<Option> Options(CommandResult command)
    {
        var own = command.Command.Options.Where(option => !option.Hidden);
        var above = command.Parent is CommandResult parent ? Options(parent).Where(option => option.Recursive) : [];
        return own.Concat(above).Distinct();
    }

    private static string UnknownOption(CommandResult command, string option)
    {
        var name = option.Split('=')[0];
        return $"Unrecognized option '{name}'.{Suggestion.After(name, Options(command).Select(known => known.Name))}";
    }

    // After a command that is not one, nothing can be judged.
    private static IEnumerable<string> UnknownWords(Command command, string[] words) =>
        command.Subcommands.Count == 0
            ? words.Select(word => $"Unrecognized argument '{word}'.")
            : words
                .Take(1)
                .Select(word => $"Unrecognized command '{word}'.{Suggestion.After(word, command.Subcommands.Select(known => known.Name))}");
}
