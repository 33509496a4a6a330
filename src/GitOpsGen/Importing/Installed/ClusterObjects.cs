using GitOpsGen.Importing.Objects;
using GitOpsGen.Review;

namespace GitOpsGen.Importing.Installed;

/// <summary>Objects that a cluster gave, beside the files that were applied to it: the files decide.</summary>
internal static class ClusterObjects
{
    /// <summary>The objects without those of a cluster that are in files too; where these differ is told.</summary>
    public static ImmutableArray<SourceObject> WithoutRepeated(ImmutableArray<SourceObject> objects, DiagnosticBag bag)
    {
        if (!objects.Any(IsLive))
            return objects;

        var files = objects.Where(item => !IsLive(item)).ToLookup(item => (item.Group, item.Kind, item.Name));
        var kept = ImmutableArray.CreateBuilder<SourceObject>();
        foreach (var item in objects)
        {
            var file = IsLive(item) ? files[(item.Group, item.Kind, item.Name)].FirstOrDefault(other => IsSamePlace(item, other)) : null;
            if (file is null)
                kept.Add(item);
            else if (item.Group == PackageGroup.Name)
                Compare(item, file, bag);
        }

        return kept.ToImmutable();
    }

    // The API server gives each object its own, and no file needs one.
    private static bool IsLive(SourceObject item) => item.Metadata?["uid"] is not null;

    private static bool IsSamePlace(SourceObject one, SourceObject other) =>
        one.Namespace is not { } space || other.Namespace is not { } otherSpace || space == otherSpace;

    private static void Compare(SourceObject live, SourceObject file, DiagnosticBag bag)
    {
        foreach (var (field, place) in NodeDifference.Placed(Compared(live), Compared(file)).Take(1))
        {
            bag.Add(
                Rules.ImportClusterDiffers,
                (place ?? live.Metadata!["name"]!).Span,
                $"{live} in the cluster has another spec.{field.Path} than the files: {Shown(field.From)}, not {Shown(field.To)}. The files are taken.",
                "Apply the files first, if they are right."
            );
        }
    }

    private static string Shown(string? value) => value is null ? "none" : Excerpt.Of(value);

    // Without the defaults that the API server fills in.
    private static YamlMapping Compared(SourceObject item)
    {
        var spec = item.Spec ?? NodePaths.Empty(item.Span);
        if (!PackageGroup.IsPackage(item))
            return NodePaths.Pruned(spec) as YamlMapping ?? NodePaths.Empty(item.Span);

        var kept = (PackageFields.Kept(spec) ?? NodePaths.Empty(item.Span)).With("package", spec["package"]!);
        return spec["skipDependencyResolution"] is YamlScalar { IsTrue: true } skips ? kept.With("skipDependencyResolution", skips) : kept;
    }
}
