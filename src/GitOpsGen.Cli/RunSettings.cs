using System.Collections.Immutable;
using GitOpsGen.Cli.Reporting;

namespace GitOpsGen.Cli;

/// <summary>What the global options say.</summary>
internal sealed record RunSettings
{
    /// <summary>The folder of <c>-C</c>; <see langword="null"/> to look upward for one.</summary>
    public string? Root { get; init; }

    public string? Lockfile { get; init; }

    public string? Settings { get; init; }

    public ReportForm Format { get; init; }

    public ImmutableArray<ReportFile> Reports { get; init; } = [];

    public bool NoColor { get; init; }

    public bool Quiet { get; init; }

    public bool Verbose { get; init; }

    /// <summary>What the engine needs to know; <c>--force</c> is render's own.</summary>
    public RunOptions Engine { get; init; } = new();
}
