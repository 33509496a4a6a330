using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>A render in a copy of a scenario's repository, one folder below a folder of its own, so that nothing outside goes unseen.</summary>
internal sealed class ScenarioRun : IDisposable
{
    private readonly TempFolder temp = new();

    public ScenarioRun(Scenario scenario, Action<string>? prepare = null)
    {
        Options = scenario.Options;
        scenario.CopyTo(Root);
        prepare?.Invoke(Root);
        Directory.CreateDirectory(Root);
        temp.Write("beside/keep.txt", "not GitOpsGen's");
    }

    /// <summary>A run over a state that another run left.</summary>
    public ScenarioRun(RunOptions options, FolderSnapshot state)
    {
        Options = options;
        state.WriteTo(temp.Path);
    }

    public RunOptions Options { get; set; }

    public string Root => temp["repository"];

    /// <summary>Everything in and around the repository.</summary>
    public FolderSnapshot Everything => FolderSnapshot.Of(temp.Path);

    public Outcome Render() => Generator.Render(new InputTree(Root), Options, null, TestContext.Current.CancellationToken);

    public Outcome Validate() => Generator.Validate(new InputTree(Root), Options, new(), null, TestContext.Current.CancellationToken);

    public Outcome Check() => Generator.Check(new InputTree(Root), Options, null, TestContext.Current.CancellationToken);

    public Outcome Lint() => Generator.Lint(new InputTree(Root), Options, null, TestContext.Current.CancellationToken);

    /// <summary>What stands in the output folder.</summary>
    public FolderSnapshot Output(Outcome outcome) => Everything.Below(OutputPath(outcome));

    public FolderSnapshot OutsideOutput(Outcome outcome) => Everything.Without(OutputPath(outcome));

    /// <summary>The findings: place, severity and code; the sentences may be improved without touching a scenario.</summary>
    public static IEnumerable<string> Lines(Outcome outcome) =>
        outcome.Diagnostics.Select(diagnostic =>
            diagnostic.Span is { } span
                ? $"{span.File}({span.Start.Line},{span.Start.Column}): {NameOf(diagnostic.Severity)} {diagnostic.Rule.Code}"
                : $"{NameOf(diagnostic.Severity)} {diagnostic.Rule.Code}"
        );

    /// <summary>The output folder among <see cref="Everything"/>.</summary>
    public static string OutputPath(Outcome outcome) => $"repository/{outcome.Output?.Value ?? "manifests"}";

    public void Dispose() => temp.Dispose();

    private static string NameOf(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "info",
        };
}
