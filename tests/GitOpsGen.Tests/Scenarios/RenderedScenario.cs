using System.Collections.Concurrent;
using Xunit;

[assembly: AssemblyFixture(typeof(GitOpsGen.Tests.Scenarios.RenderedScenario.Folders))]

namespace GitOpsGen.Tests.Scenarios;

/// <summary>A scenario's run, made once for all tests that look at its output. Nobody writes there: <see cref="Copy"/> it.</summary>
internal sealed class RenderedScenario : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<RenderedScenario>> Runs = new(StringComparer.Ordinal);

    private readonly ScenarioRun run;

    private RenderedScenario(Scenario scenario)
    {
        run = new(scenario);
        Before = run.Everything;
        Outcome = scenario.IsValidated ? run.Validate() : run.Render();
        After = run.Everything;
    }

    public Outcome Outcome { get; }

    /// <summary>Everything in and around the repository, before the run.</summary>
    public FolderSnapshot Before { get; }

    /// <summary>The same after the run.</summary>
    public FolderSnapshot After { get; }

    public FolderSnapshot Output => After.Below(ScenarioRun.OutputPath(Outcome));

    public FolderSnapshot OutsideOutput => After.Without(ScenarioRun.OutputPath(Outcome));

    /// <summary>The output on the disk.</summary>
    public string OutputFolder => Path.Combine(run.Root, Outcome.Output!.Value);

    public static RenderedScenario Of(Scenario scenario) => Runs.GetOrAdd(scenario.Name, _ => new(() => new(scenario))).Value;

    /// <summary>A repository of its own in the state after the run.</summary>
    public ScenarioRun Copy() => new(run.Options, After);

    public void Dispose() => run.Dispose();

    /// <summary>The folders of all runs go when the last test has ended.</summary>
    public sealed class Folders : IDisposable
    {
        public void Dispose()
        {
            foreach (var made in Runs.Values.Where(made => made.IsValueCreated))
                made.Value.Dispose();
        }
    }
}
