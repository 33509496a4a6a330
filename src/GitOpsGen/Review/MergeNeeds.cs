using GitOpsGen.Iam;
using GitOpsGen.Planning;
using GitOpsGen.Settings;

namespace GitOpsGen.Review;

/// <summary>What has to be in the registries before a merge.</summary>
internal static class MergeNeeds
{
    /// <summary>The images that one environment pulls after the change and did not pull before.</summary>
    public static IEnumerable<ImageNeed> Images(EnvironmentPair pair)
    {
        var known = Needs(pair.Before).Select(need => need.Key).ToHashSet(StringComparer.Ordinal);
        return Needs(pair.After).Where(need => !known.Contains(need.Key)).Select(need => need with { Environments = [pair.Name] });
    }

    /// <summary>The ECR repositories that environments use after the change, and nobody before.</summary>
    public static IEnumerable<RepositoryNeed> Repositories(Plan? before, Plan after)
    {
        var known = Uses(before).Select(use => (use.Registry, use.Image.Repository.Path)).ToHashSet();
        return Uses(after)
            .Where(use => !known.Contains((use.Registry, use.Image.Repository.Path)))
            .Select(use => new RepositoryNeed(use.Image.Repository.Host, use.Image.Repository.Path, PolicyOf(after, use.Registry, use.Image.Class))
            {
                Environments = [use.Settings.Name.Value.Value],
                Cause = use.Image.Entry.Package.Span,
            });
    }

    // What was published in the registry itself is there.
    private static IEnumerable<ImageNeed> Needs(EnvironmentPlan? plan) =>
        plan?.Images.Where(image => image.IsCopied)
            .Select(image => new ImageNeed(
                image.Repository.Host,
                image.Repository.Path,
                image.Entry.Version.Value.Text,
                image.Entry.Digest?.Value.ToString()
            )
            {
                Cause = image.Entry.Version.Span,
            })
        ?? [];

    private static IEnumerable<(EnvironmentSettings Settings, string Registry, RegistryImage Image)> Uses(Plan? plan) =>
        from environment in plan?.Environments ?? []
        from image in environment.Images
        where image is { IsCopied: true, Ecr: not null }
        select (environment.Settings, image.Ecr!.FolderName, image);

    private static string? PolicyOf(Plan plan, string registry, ImageClass imageClass) =>
        plan.Registries.FirstOrDefault(there => there.Ecr.FolderName == registry)?.RepositoryPolicies.ContainsKey(imageClass) == true
            ? $"iam/registries/{registry}/repository-policy-{imageClass.Word()}.json"
            : null;
}
