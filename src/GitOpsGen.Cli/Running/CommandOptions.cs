using System.CommandLine.Parsing;

namespace GitOpsGen.Cli.Running;

/// <summary>The kinds of options that commands have.</summary>
internal static class CommandOptions
{
    /// <summary>Given or not; it takes no value.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>A whole number within bounds.</summary>
    public static Option<int?> Number(string name, string description, string helpName, int least, int most = int.MaxValue) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => ParseNumber(result, name, least, most),
        };

    /// <summary>A number from 1.</summary>
    public static Option<int?> Count(string name, string description, int most = int.MaxValue) => Number(name, description, "n", 1, most);

    /// <summary>A time in whole seconds, up to a day.</summary>
    public static Option<int?> Seconds(string name, string description) => Number(name, description, "seconds", 0, 24 * 60 * 60);

    /// <summary>A file or folder.</summary>
    public static Option<string?> Path(string name, string description, string helpName, params string[] aliases) =>
        NotEmpty(new Option<string?>(name, aliases) { Description = description, HelpName = helpName });

    /// <summary>Files or folders: the option can be repeated.</summary>
    public static Option<string[]> Paths(string name, string description) =>
        NotEmpty(new Option<string[]>(name) { Description = description, HelpName = "path" });

    /// <summary>The day that a command counts from: the only input that is not a file.</summary>
    public static Option<DateOnly?> Today() =>
        new("--today")
        {
            Description = "The day by which the age of versions is counted. Default: the machine's date.",
            HelpName = "yyyy-mm-dd",
            CustomParser = ParseDay,
        };

    /// <summary>An argument that is one of a few words.</summary>
    public static Argument<string> Choice(string name, string description, params string[] words)
    {
        var argument = new Argument<string>(name) { Description = description, HelpName = name };
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !words.Contains(token.Value)))
                result.AddError($"'{token.Value}' is not one of {string.Join(", ", words)}.{Suggestion.After(token.Value, words)}");
        });
        return argument;
    }

    private static DateOnly? ParseDay(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;

        result.AddError($"'{text}' after '--today' is not a day such as 2026-11-27.");
        return null;
    }

    private static T NotEmpty<T>(T option)
        where T : Option
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
                result.AddError($"The path after '{option.Name}' is empty.");
        });
        return option;
    }

    private static int? ParseNumber(ArgumentResult result, string name, int least, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
            return count;

        result.AddError(
            $"'{text}' after '{name}' is not a number from {least} {(most == int.MaxValue ? "upward" : string.Create(CultureInfo.InvariantCulture, $"to {most}"))}."
        );
        return null;
    }
}
