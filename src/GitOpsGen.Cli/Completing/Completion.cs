using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace GitOpsGen.Cli.Completing;

/// <summary>Something that may be typed next.</summary>
/// <param name="Text">The whole word.</param>
/// <param name="About">A few words about it, for shells that show them; may be empty.</param>
internal sealed record Candidate(string Text, string About = "")
{
    /// <summary>Not a word: the shell completes the names of files.</summary>
    public static Candidate Files { get; } = new(":files");

    /// <summary>Not a word: the shell completes the names of folders.</summary>
    public static Candidate Folders { get; } = new(":folders");

    /// <summary>The two are for the shell, whatever was typed so far.</summary>
    public bool IsForShell => Text[0] == ':';
}

/// <summary>
/// What may come next on a command line: the scripts of the shells ask for it with every TAB. A shell that waits for an answer must not
/// be disturbed: this is silent, asks no registry, and never fails.
/// </summary>
internal sealed class Completion(RootCommand root, ParserConfiguration parsing, ValueSource values)
{
    /// <summary>The first argument of a question; the words up to the cursor follow it, the last one perhaps empty.</summary>
    public const string Question = "__complete";

    /// <summary>Writes a candidate on each line, with what it is about behind a tab.</summary>
    /// <param name="words">The words up to the cursor.</param>
    /// <param name="output">Where to.</param>
    public int Answer(string[] words, TextWriter output)
    {
        foreach (var candidate in Of(words))
        {
            var text = VisibleText.OneLine(candidate.Text);
            output.WriteLine(candidate.About.Length == 0 ? text : $"{text}\t{VisibleText.OneLine(Excerpt(candidate.About))}");
        }

        return ExitCode.Done;
    }

    private IReadOnlyList<Candidate> Of(string[] words)
    {
        try
        {
            var current = words is [] ? "" : words[^1];
            var before = words.SkipLast(1).Select(AtHome).ToArray();
            return [.. Next(before, current)];
        }
        catch (Exception)
        {
            // A file that is just being written, or anything else: then there is nothing to offer.
            return [];
        }
    }

    private IEnumerable<Candidate> Next(string[] before, string current)
    {
        var parsed = root.Parse(before, parsing);
        var options = WrongUsage.Options(parsed.CommandResult).ToList();
        if (before is [.., var last] && Find(options, last) is { } pending)
        {
            // Without it, the line is right: its other options can be read.
            return Starting(values.Of(pending, root.Parse(before[..^1], parsing)), current);
        }

        if (current.StartsWith("--", StringComparison.Ordinal) && current.Split('=', 2) is [var name, var value] && Find(options, name) is { } given)
        {
            return Starting(values.Of(given, parsed), value)
                .Select(candidate => candidate.IsForShell ? candidate : candidate with { Text = $"{name}={candidate.Text}" });
        }

        if (current.StartsWith('-'))
        {
            var used = options.Where(option => option.Arity.MaximumNumberOfValues <= 1 && before.Any(word => IsName(option, word.Split('=')[0])));
            return Starting(options.Except(used).Select(option => new Candidate(option.Name, option.Description ?? "")), current);
        }

        if (parsed.UnmatchedTokens.Count > 0)
            return [];

        var command = parsed.CommandResult.Command;
        var subcommands = command.Subcommands.Select(known => new Candidate(known.Name, known.Description ?? ""));
        var arguments = Argument(parsed.CommandResult) is { } argument ? values.Of(argument, parsed, current) : [];
        return Starting(subcommands.Concat(arguments), current);
    }

    // The argument that the next word belongs to.
    private static Argument? Argument(CommandResult command)
    {
        var given = command.Children.OfType<ArgumentResult>().Sum(result => result.Tokens.Count);
        foreach (var argument in command.Command.Arguments)
        {
            if (given < argument.Arity.MaximumNumberOfValues)
                return argument;

            given -= argument.Arity.MaximumNumberOfValues;
        }

        return null;
    }

    // One that takes a value.
    private static Option? Find(IEnumerable<Option> options, string word) =>
        options.FirstOrDefault(option => option.Arity.MinimumNumberOfValues > 0 && option is not HelpOption && IsName(option, word));

    private static bool IsName(Option option, string word) => option.Name == word || option.Aliases.Contains(word);

    private static IEnumerable<Candidate> Starting(IEnumerable<Candidate> candidates, string with) =>
        candidates.Where(candidate => candidate.IsForShell || candidate.Text.StartsWith(with, StringComparison.Ordinal));

    // No shell expands what it hands over here.
    private static string AtHome(string word) =>
        word.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), word[2..])
            : word;

    // The first sentence: a menu has one line for it.
    private static string Excerpt(string about) =>
        about.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? about[..end] : about.TrimEnd('.');
}
