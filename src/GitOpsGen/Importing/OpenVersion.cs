using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing;

/// <summary>A version of the sources that is not complete: a registry knows which complete tag stands for it.</summary>
/// <param name="Package">Where it was published.</param>
/// <param name="Text">A tag that can move, or a digest.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record OpenVersion(Repository Package, string Text, SourceSpan Span)
{
    /// <summary>The digest that is the version.</summary>
    public Digest? Digest => Model.Digest.TryParse(Text, out var digest) ? digest : null;

    /// <summary>All of an import, each once.</summary>
    public static ImmutableArray<OpenVersion> Of(ImportResult imported) =>
        [
            .. imported
                .Environments.SelectMany(environment =>
                    environment
                        .Packages.Select(package => (package.Package, package.Version, package.Reference.Span))
                        .Concat(environment.Core is { } core ? [(core.Package, core.Version.Value, core.Version.Span)] : [])
                )
                .Where(one => !PackageVersion.TryParse(one.Version, out _) && Placeholders.First(one.Version, inParentheses: true) is null)
                .Select(one => Repository.TryParse(one.Package, out var package) ? new OpenVersion(package, one.Version, one.Span) : null)
                .OfType<OpenVersion>()
                .DistinctBy(one => (one.Package, one.Text)),
        ];
}
