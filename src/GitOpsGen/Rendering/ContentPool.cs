using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace GitOpsGen.Rendering;

/// <summary>Equal contents, held once. Across a fleet most files are equal, and the whole output is in memory at one time.</summary>
internal sealed class ContentPool
{
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> contents = new(new ByBytes());

    /// <summary>The first content that came with these bytes.</summary>
    public ReadOnlyMemory<byte> Shared(ReadOnlyMemory<byte> content) => contents.GetOrAdd(content, content);

    private sealed class ByBytes : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> content)
        {
            var hash = default(HashCode);
            hash.AddBytes(content.Span);
            return hash.ToHashCode();
        }
    }
}
