using System.Collections.Immutable;

namespace GitOpsGen.Fuzz;

/// <summary>What a target reads: files by path, of which a parser reads one, and the words of a command.</summary>
internal sealed record FuzzCase(ImmutableSortedDictionary<string, byte[]> Files, ImmutableArray<string> Words)
{
    /// <summary>One text, for a parser.</summary>
    public static FuzzCase Of(string name, byte[] content) =>
        new(ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal).Add(name, content), []);

    /// <summary>The only file of a parser's case.</summary>
    public byte[] Content => Files.Values.First();
}
