using GitOpsGen.Cli.Explaining;
using GitOpsGen.Cli.Json;
using GitOpsGen.Inputs;
using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen explain PATH[:LINE]|CODE</c>: which template line, entry and setting made a line; or what a rule says.</summary>
internal static partial class ExplainCommand
{
    private const string Name = "explain";
    private const int NearestShown = 3;

    public static Command Create(CommandRunner runner)
    {
        var target = new Argument<string>("path[:line]|code")
        {
            Description =
                "A rendered file, relative to this folder, the root or the output folder; with a line, as grep and editors print it. Or the code of a rule.",
        };
        target.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("The path is empty.");
        });
        var command = new DocumentedCommand(
            Name,
            "Shows which template line wrote a rendered line, which values of the lockfile and the settings are on it, and what it is there for. Of a code such as GOG6201, shows the rule.",
            "gitopsgen explain manifests/overlays/dev/packages/wave-0/upbound-provider-family-aws.yaml",
            "gitopsgen explain overlays/dev/crossplane/values.yaml:3 --format json",
            "gitopsgen explain GOG6201"
        )
        {
            target,
        };
        command.SetAction(parsed =>
            parsed.GetRequiredValue(target) is var asked && Code().IsMatch(asked)
                ? runner.Run(Name, parsed, _ => Explain(asked.ToUpperInvariant()))
                : runner.RunOnInputs(Name, parsed, (run, inputs) => Explain(run, inputs, ExplainTarget.Parse(asked)))
        );
        return command;
    }

    // Needs no root: whoever reads a log elsewhere may ask.
    private static CommandReport Explain(string code)
    {
        if (!Rules.ByCode.TryGetValue(code, out var rule))
        {
            return CommandReport.Failed(
                Name,
                new Diagnostic(
                    Rules.NoSuchRule,
                    $"No rule has the code {Excerpt.Of(code)}.",
                    $"The nearest are {string.Join(", ", Nearest(code))}.",
                    null
                )
            );
        }

        var severity = Reporter.Word(rule.Default);
        var change = rule.CanChange ? "yes, by 'rules' in .config/gitopsgen.yaml: off, info, warning or error" : "no";
        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Document = $"{rule.Code}: {rule.Summary}\n\nseverity        {severity}\ncan be changed  {change}\n",
            Result = json => json.Write(new RuleResult(rule.Code, severity, rule.CanChange, rule.Summary), JsonOutput.Default.RuleResult),
        };
    }

    // A wrong digit first, then the numbers around it: the first digit is the area, the second what it is about.
    private static IEnumerable<string> Nearest(string code)
    {
        var number = Number(code);
        var around = Rules.ByCode.Keys.OrderBy(other => Math.Abs(Number(other) - number)).ThenBy(other => other, StringComparer.Ordinal);
        return NearNames.To(code, Rules.ByCode.Keys).Concat(around).Distinct().Take(NearestShown);
    }

    // A code that is cut off is near those that it begins.
    private static int Number(string code) =>
        int.TryParse(code[3..].PadRight(4, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    [GeneratedRegex(@"\AGOG[0-9]*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    private static CommandReport Explain(CommandRun run, InputTree inputs, ExplainTarget target)
    {
        var outcome = Generator.Explain(inputs, run.Settings.Engine, target, run.Cancellation);
        return new()
        {
            Command = Name,
            ExitCode = outcome.HasErrors ? ExitCode.Failed : ExitCode.Done,
            Diagnostics = outcome.Diagnostics,
            Document = outcome.Explanation is { } explanation ? ExplanationText.Of(explanation, outcome.Output!) : "",
            Result = outcome.Explanation is { } explained
                ? json => json.Write(ExplainResult.Of(explained, outcome.Output!), JsonOutput.Default.ExplainResult)
                : null,
        };
    }
}
