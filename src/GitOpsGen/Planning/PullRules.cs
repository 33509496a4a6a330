using GitOpsGen.Iam;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// Follows every package's pull as Crossplane does (crossplane-runtime pkg/xpkg): of the ImageConfigs that match a reference, the longest
/// prefix wins, first for the rewriting, then, on what comes out, for the Secret. Where a route's ImageConfig reaches the packages of
/// another one, they would be pulled in a way that nobody wrote.
/// </summary>
internal static class PullRules
{
    /// <summary>One finding for each two routes.</summary>
    public static void Check(
        EnvironmentSettings settings,
        ImmutableArray<RegistryImage> images,
        ImmutableArray<ImageConfigPlan> configs,
        DiagnosticBag bag
    )
    {
        if (settings.Routes.Own.IsEmpty)
            return;

        var said = new HashSet<(UpstreamRoute, UpstreamRoute?)>();
        foreach (var image in images.Where(image => image.IsPackage))
        {
            var pulled = $"{(settings.Install.Value == InstallStrategy.Rewrite ? image.Pulled : image.Repository)}:{image.Entry.Version}";
            var used = configs
                .Where(config => config.PullSecret is not null)
                .SelectMany(config => config.Prefixes.Select(prefix => (config, prefix)))
                .Where(match => pulled.StartsWith(match.prefix, StringComparison.Ordinal))
                .GroupBy(match => match.prefix.Length)
                .MaxBy(group => group.Key)
                ?.Select(match => match.config)
                .ToList();
            var other = used?.Find(config => config.PullSecret != image.Place.Route.PullSecret?.Value);
            if (other is not null && said.Add((image.Place.Route, other.Routes[0])))
            {
                bag.Add(
                    Rules.RouteSwallows,
                    image.Place.Route.Span,
                    $"In environment {settings.Name}, {image.Entry.Package} is pulled from {image.Repository} by {image.Place.Route}, but there Crossplane would use the pull secret '{other.PullSecret}' of {other.Routes[0]}.",
                    "Give both routes the same 'pullSecret', or places of which neither is inside the other."
                );
            }
        }
    }
}
