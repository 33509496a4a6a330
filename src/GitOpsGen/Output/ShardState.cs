using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Output;

/// <summary>One shard compared with the disk.</summary>
internal sealed record ShardState(RelativePath LedgerPath)
{
    /// <summary>The ledger as it stands, without conflict markers; empty where there is none.</summary>
    public Ledger Old { get; init; } = Ledger.Empty;

    /// <summary>The ledger of the rendered files.</summary>
    public Ledger Final { get; init; } = Ledger.Empty;

    /// <summary>How the ledger's own text differs, or <see langword="null"/>.</summary>
    public Change? LedgerChange { get; init; }

    /// <summary>How the files differ, the ledger apart.</summary>
    public ImmutableArray<Change> Files { get; init; } = [];

    /// <summary>The paths that the ledger lists but nothing generates any more, whether a file is still there or not.</summary>
    public ImmutableArray<RelativePath> Stale { get; init; } = [];

    /// <summary>What has to be cleared away first, if it is ours.</summary>
    public ImmutableArray<Clash> Clashes { get; init; } = [];

    public ImmutableArray<Diagnostic> Findings { get; init; } = [];
}
