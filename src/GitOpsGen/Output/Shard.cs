using System.Collections.Immutable;
using GitOpsGen.Model;

namespace GitOpsGen.Output;

/// <summary>The part of the rendered output that one ledger lists; without files where an environment left the settings.</summary>
internal sealed class Shard(LedgerScope scope, ImmutableArray<OutputFile> files)
{
    // Hashing is most of the work of a shard: once, and where shards are compared side by side.
    private readonly Lazy<Ledger> ledger = new(() => Ledger.Of(files));

    public LedgerScope Scope => scope;

    public ImmutableArray<OutputFile> Files => files;

    /// <summary>The ledger of exactly these files.</summary>
    public Ledger Ledger => ledger.Value;
}
