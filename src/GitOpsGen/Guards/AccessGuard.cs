using GitOpsGen.Iam.Access;
using GitOpsGen.Planning;
using GitOpsGen.Rendering.Templates;

namespace GitOpsGen.Guards;

/// <summary>
/// Whether the IAM documents of the plan are rendered, are documents, are within quota, and grant what the plan grants. Files of the user's own
/// below <c>iam/</c> are not judged. Unchanged files are checked, too: what they may grant can have changed. Equal files for which the plan
/// wants the same are checked once.
/// </summary>
internal sealed class AccessGuard
{
    public AccessGuard(Plan plan, FileTree tree)
    {
        var planned = new PlannedDocuments(plan);
        Groups =
        [
            .. tree
                .Files.Where(file =>
                    file.Template is not null
                    && file.Path.Value.StartsWith("iam/", StringComparison.Ordinal)
                    && file.Path.Value.EndsWith(".json", StringComparison.Ordinal)
                )
                .Select(file => (File: file, Planned: planned.Find(file.Path)))
                .Where(pair => pair.Planned is not null)
                .GroupBy(pair => pair.Planned!.Stem, (_, pairs) => new Group(pairs.First().Planned!, [.. pairs.Select(pair => pair.File)]))
                .Distinct(new ByContent()),
        ];
    }

    /// <summary>The documents of one principal, role or class of repositories; each distinct content once.</summary>
    public ImmutableArray<Group> Groups { get; }

    /// <summary>The documents of the plan that no template writes; findings about the templates.</summary>
    public static IEnumerable<Diagnostic> Vanished(Plan plan, FileTree tree, TemplateSet templates)
    {
        var planned = new PlannedDocuments(plan);
        var there = tree.Files.Select(file => planned.Find(file.Path)?.Stem).ToHashSet();
        foreach (var lost in planned.All().Where(document => !there.Contains(document.Stem)))
        {
            var path = $"{lost.Stem}.json";
            yield return new(
                Rules.AccessLost,
                $"{path}: The plan has this document, but no template writes it.",
                "Let the template write it, or set GOG3209 to off if access is kept elsewhere.",
                SourceSpan.StartOf(templates.WriterOf(RelativePath.Parse(path))?.File ?? path)
            );
        }
    }

    /// <summary>What is wrong with them; places are in the documents.</summary>
    public static ImmutableArray<Diagnostic> Check(Group group)
    {
        // What is no JSON is reported as such.
        if (group.Files.Any(file => JsonSyntax.FindProblem(file.Content.Span) is not null))
            return [];

        var found = AccessCheck.Check(
            group.Planned.Kind,
            [.. group.Files.Select(file => (file.Path.Value, file.Content))],
            AccessGrant.Of(group.Planned.Documents)
        );
        return [.. found.Select(diagnostic => diagnostic with { Message = $"{diagnostic.Span!.Value.Place}: {diagnostic.Message}" })];
    }

    /// <summary>A document with its continuations.</summary>
    /// <param name="Planned">What they should grant together.</param>
    /// <param name="Files">What was rendered.</param>
    internal sealed record Group(PlannedDocument Planned, ImmutableArray<OutputFile> Files);

    // The renderer holds equal contents once, and the planner equal documents: nothing has to be read to compare them.
    private sealed class ByContent : IEqualityComparer<Group>
    {
        public bool Equals(Group? x, Group? y) =>
            x!.Planned.Kind == y!.Planned.Kind
            && x.Planned.Documents == y.Planned.Documents
            && x.Files.Select(file => (file.Content, file.Template)).SequenceEqual(y.Files.Select(file => (file.Content, file.Template)));

        public int GetHashCode(Group group) => HashCode.Combine(group.Planned.Kind, group.Files.Length, group.Files[0].Content);
    }
}
