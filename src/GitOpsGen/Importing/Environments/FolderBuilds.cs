using GitOpsGen.Importing.Sources;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Importing.Environments;

/// <summary>What Kustomize makes of folders. What it lacks, and what is not followed, is told once for each folder.</summary>
internal sealed class FolderBuilds(SourceTree tree, DiagnosticBag bag)
{
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);

    /// <summary>What the kustomization of a folder builds.</summary>
    /// <param name="from">The sources, or what Flux would make of a part of them.</param>
    /// <param name="folder">The folder.</param>
    public BuiltFolder Of(SourceTree from, string folder)
    {
        var built = from.Build(folder);
        if (from == tree && !reported.Add(folder))
            return built;

        var missing = MissingIn(from, folder).ToList();
        bag.AddRange(missing);
        foreach (var found in built.Gaps.Concat(built.Findings).Where(found => !missing.Exists(other => other.Span == found.Span)))
        {
            bag.Add(
                Rules.ImportKustomization,
                found.Span,
                Worded(found.Message),
                "Import what Kustomize makes: kubectl kustomize FOLDER | gitopsgen import - --env NAME=-"
            );
        }

        return built;
    }

    // A build of the output says the same of what was rendered.
    private static string Worded(string message) =>
        message
            .Replace("which is not in the output,", "which is not among the sources,", StringComparison.Ordinal)
            .Replace(
                "the objects may be others than those that were checked",
                "the objects may be others than those that were read",
                StringComparison.Ordinal
            );

    private static IEnumerable<Diagnostic> MissingIn(SourceTree from, string folder) =>
        from
            .Reach.From(folder)
            .Select(from.KustomizationOf)
            .OfType<Kustomization>()
            .SelectMany(kustomization =>
                kustomization
                    .Resources.Concat(kustomization.Components)
                    .Concat(kustomization.Patches.Where(patch => !patch.IsInline).Select(patch => patch.Source))
                    .Where(named =>
                        !named.Text.Contains("://", StringComparison.Ordinal) && kustomization.Resolve(named.Text) is { } key && !from.Has(key)
                    )
            )
            .Select(named => new Diagnostic(
                Rules.ImportReference,
                $"'{Excerpt.Of(named.Text)}' is not among the sources.",
                "Import it too, or remove the entry.",
                named.Span
            ));
}
