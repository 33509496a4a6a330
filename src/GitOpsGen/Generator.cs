using GitOpsGen.Inputs;

namespace GitOpsGen;

/// <summary>The order of the stages, once: inputs, lockfile and settings, graphs, plan, files, changes.</summary>
public static class Generator
{
    /// <summary>Applies the rules; renders and compares nothing.</summary>
    public static Outcome Lint(InputTree inputs, RunOptions options, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Renders in memory and compares with the output folder; writes nothing.</summary>
    public static Outcome Check(InputTree inputs, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>Renders and writes, all or nothing.</summary>
    public static Outcome Render(InputTree inputs, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation) => throw new NotImplementedException();
}
