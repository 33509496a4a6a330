using GitOpsGen.Model;

namespace GitOpsGen.Output;

/// <summary>One claim of a ledger: a file at this path with this content was written by GitOpsGen.</summary>
internal readonly record struct LedgerLine(RelativePath Path, ContentHash Hash) : IComparable<LedgerLine>
{
    public int CompareTo(LedgerLine other) => Path.CompareTo(other.Path) is not 0 and var byPath ? byPath : Hash.CompareTo(other.Hash);
}
