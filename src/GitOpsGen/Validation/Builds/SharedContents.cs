using System.Collections.Concurrent;

namespace GitOpsGen.Validation.Builds;

/// <summary>
/// What is equal in one tree or in several that are compared: numbers for contents and for what is built from the same, and what was read from
/// bytes that are the same in memory. Safe for any number of threads.
/// </summary>
internal sealed class SharedContents
{
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, int> contents = new();
    private readonly ConcurrentDictionary<string, int> builds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, (ImmutableArray<YamlNode>, ImmutableArray<Diagnostic>)> documents = new();
    private readonly ConcurrentDictionary<(string, ReadOnlyMemory<byte>), (Kustomization?, ImmutableArray<Diagnostic>)> kustomizations = new();
    private int count;

    /// <summary>The number of a file's bytes, which are held once.</summary>
    public int NumberOf(ReadOnlyMemory<byte> content) => contents.GetOrAdd(content, _ => Interlocked.Increment(ref count));

    /// <summary>The number of what something is built from.</summary>
    public int NumberOf(string build) => builds.GetOrAdd(build, _ => Interlocked.Increment(ref count));

    /// <summary>The documents of a file, read when its bytes are met first.</summary>
    public (ImmutableArray<YamlNode> Documents, ImmutableArray<Diagnostic> Found) DocumentsOf(
        ReadOnlyMemory<byte> content,
        Func<(ImmutableArray<YamlNode>, ImmutableArray<Diagnostic>)> read
    ) => documents.GetOrAdd(content, _ => read());

    /// <summary>The kustomization of a folder, read when its bytes are met there first.</summary>
    public (Kustomization? Kustomization, ImmutableArray<Diagnostic> Found) KustomizationOf(
        string folder,
        ReadOnlyMemory<byte> content,
        Func<(Kustomization?, ImmutableArray<Diagnostic>)> read
    ) => kustomizations.GetOrAdd((folder, content), _ => read());
}
