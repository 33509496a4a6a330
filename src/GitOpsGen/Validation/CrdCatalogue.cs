using GitOpsGen.Validation.Schemas;

namespace GitOpsGen.Validation;

/// <summary>
/// The kinds that can be checked, by group and kind: Crossplane has three kinds in both pkg.crossplane.io and meta.pkg.crossplane.io.
/// Immutable, except that schemas compile themselves when needed. Safe for any number of threads.
/// </summary>
internal sealed class CrdCatalogue
{
    private readonly Dictionary<(string Group, string Kind), CrdKind> kinds;

    private CrdCatalogue(Dictionary<(string Group, string Kind), CrdKind> kinds) => this.kinds = kinds;

    /// <summary>The files that can be read, but define nothing.</summary>
    public required ImmutableHashSet<string> FilesWithoutKinds { get; init; }

    /// <summary>
    /// Reads files. There is always a catalogue with everything that could be read. The findings say what could not be read (GOG10xx,
    /// GOG7001), and what is defined twice (GOG7002).
    /// </summary>
    public static Result<CrdCatalogue> Read(IReadOnlyList<CrdFile> files, CancellationToken cancellation = default)
    {
        var read = new (ImmutableArray<(CrdKind Kind, SourceSpan Span)> Kinds, ImmutableArray<Diagnostic> Found)[files.Count];
        if (files.Count == 1)
            read[0] = CrdReader.Read(files[0]);
        else
            Parallel.For(0, files.Count, new() { CancellationToken = cancellation }, i => read[i] = CrdReader.Read(files[i]));

        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var kinds = new Dictionary<(string, string), CrdKind>();
        foreach (var file in read)
        {
            bag.AddRange(file.Found);
            foreach (var (kind, span) in file.Kinds)
            {
                if (!kinds.TryAdd((kind.Group, kind.Kind), kind))
                {
                    bag.Add(
                        Rules.CrdTwice,
                        span,
                        $"{Excerpt.Of(kind.Kind)} of {Excerpt.Of(kind.Group)} is defined twice; the first definition counts.",
                        "Pass each definition once."
                    );
                }
            }
        }

        var without = files.Where((_, i) => read[i].Kinds.IsEmpty && read[i].Found.IsEmpty).Select(file => file.Path);
        return new(new(kinds) { FilesWithoutKinds = [.. without] }, bag.ToImmutable());
    }

    /// <summary>A kind of a group, as a file defines it or else as it is built in; the core group is the empty string.</summary>
    public CrdKind? Find(string group, string kind) => kinds.GetValueOrDefault((group, kind)) ?? BuiltInKinds.Find(group, kind);
}

/// <summary>A file with CustomResourceDefinitions, and perhaps other objects.</summary>
/// <param name="Path">As it is printed in findings.</param>
/// <param name="Bytes">Its content.</param>
internal readonly record struct CrdFile(string Path, ReadOnlyMemory<byte> Bytes);
