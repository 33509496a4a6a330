using System.CommandLine.Parsing;

namespace GitOpsGen.Cli.Review;

/// <summary>What is asked of <c>diff</c>.</summary>
/// <param name="Base">The revision to compare with; <see langword="null"/>: where the change left the default branch.</param>
/// <param name="Head">The revision that is compared; <see langword="null"/> for the work tree.</param>
/// <param name="FailOn">What makes the exit code 1.</param>
/// <param name="ExitCode">Whether any difference makes it 2.</param>
internal sealed record DiffRequest(string? Base, string? Head, ImmutableArray<FailClass> FailOn, bool ExitCode)
{
    /// <summary>How many bytes markdown may have.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Where the full report is.</summary>
    public required ImmutableArray<ReportLink> Links { get; init; }
}

/// <summary>The options of <c>diff</c>.</summary>
internal sealed class DiffOptions
{
    private readonly Option<string?> @base = Revision(
        "--base",
        "The commit to compare with. Default: where this branch left the remote's default branch; there, or without a remote, HEAD."
    );

    private readonly Option<string?> head = Revision("--head", "The commit that is compared. Default: the work tree, uncommitted changes included.");

    private readonly Option<int?> maxLength = CommandOptions.Number(
        "--max-length",
        string.Create(
            CultureInfo.InvariantCulture,
            $"How many bytes of UTF-8 markdown may have, at least {MarkdownOptions.LeastLength}. Default: {MarkdownOptions.UsualLength}."
        ),
        "bytes",
        MarkdownOptions.LeastLength
    );

    private readonly Option<FailClass[]> failOn = new("--fail-on")
    {
        Description = $"Exit code 1 if the change has any of these: {string.Join(", ", Review.FailOn.Names)}. Several are separated by commas.",
        HelpName = "class",
        CustomParser = ParseClasses,
    };

    private readonly Option<bool> exitCode = CommandOptions.Flag("--exit-code", "Exit code 2 if anything differs.");

    private readonly Option<ReportLink[]> links = new("--link")
    {
        Description = "A link to the full report, shown in markdown and html. Only https. Repeatable.",
        HelpName = "text=url",
        CustomParser = ParseLinks,
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { @base, head, maxLength, failOn, exitCode, links })
            command.Add(option);
    }

    public DiffRequest Read(ParseResult parsed) =>
        new(parsed.GetValue(@base), parsed.GetValue(head), [.. parsed.GetValue(failOn) ?? []], parsed.GetValue(exitCode))
        {
            MaxLength = parsed.GetValue(maxLength) ?? MarkdownOptions.UsualLength,
            Links = [.. parsed.GetValue(links) ?? []],
        };

    private static Option<string?> Revision(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "revision" };
        option.Validators.Add(result =>
        {
            // Git would take it for an option of its own.
            if (result.Tokens.Any(token => token.Value.Length == 0 || token.Value[0] == '-'))
                result.AddError($"'{result.Tokens[0].Value}' after '{name}' is not a revision.");
        });
        return option;
    }

    private static FailClass[] ParseClasses(ArgumentResult result)
    {
        var classes = new List<FailClass>();
        foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (FailOn.TryParse(word, out var known))
                classes.Add(known);
            else
                result.AddError($"'{word}' after '--fail-on' is not one of {string.Join(", ", FailOn.Names)}.{Suggestion.After(word, FailOn.Names)}");
        }

        return [.. classes];
    }

    private static ReportLink[] ParseLinks(ArgumentResult result)
    {
        var parsed = new List<ReportLink>();
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split('=', 2);
            if (
                parts is [{ Length: > 0 } text, var address]
                && Uri.TryCreate(address, UriKind.Absolute, out var url)
                && url.Scheme == Uri.UriSchemeHttps
            )
            {
                parsed.Add(new(text, url));
            }
            else
            {
                result.AddError($"'{token.Value}' after '--link' is not a text and an https address, such as Report=https://example.org/diff.html.");
            }
        }

        return [.. parsed];
    }
}
