using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>Whether the engine of an environment gets the chart.</summary>
internal static class ChartRules
{
    public static void Check(EnvironmentSettings settings, ChartPlan chart, DiagnosticBag bag)
    {
        var own = settings.Crossplane.Chart;
        var place = own.Repository?.Span ?? chart.Core.Chart!.Value.Span;
        var login = (own.SecretRef ?? own.Provider)?.Span;
        if (settings.GitOps.ArgoCd is not null)
        {
            if (chart.Ecr is not null)
            {
                bag.Add(
                    Rules.ChartLogin,
                    place,
                    $"Argo CD of environment {settings.Name} cannot log in to ECR, where the chart is, by itself.",
                    "Give Argo CD a repository Secret and keep its ECR token fresh, or take the chart from an https:// repository."
                );
            }

            if (login is { } unused)
            {
                bag.Add(
                    Rules.ChartLogin,
                    unused,
                    $"Argo CD of environment {settings.Name} logs in with repository Secrets of its own; this is for Flux.",
                    "Give Argo CD a repository Secret, and remove the setting."
                );
            }
        }
        else if (settings.GitOps.Flux is not null)
        {
            if (chart.Image is null && own.Provider is { } provider)
            {
                bag.Add(
                    Rules.ChartLogin,
                    provider.Span,
                    $"Flux of environment {settings.Name} logs in with a cloud's identity only to OCI registries, and the chart is in {chart.Repository}.",
                    "Remove 'provider', set 'secretRef', or take the chart from an oci:// registry."
                );
            }
            else if (chart is { Image: { } image, Provider: null, SecretRef: null } && IsPrivate(image, settings))
            {
                bag.Add(
                    Rules.ChartLogin,
                    place,
                    $"Flux of environment {settings.Name} does not know how to log in to {image.Host}, where the chart is.",
                    "Set 'crossplane.chart.secretRef' to a Secret in Flux's namespace, or turn this rule off if nobody has to log in there."
                );
            }
        }
    }

    // What packages are pulled from by a registry of the settings, or with a secret, is not open to everybody.
    private static bool IsPrivate(Repository image, EnvironmentSettings settings) =>
        settings
            .Routes.Own.Append(settings.Routes.Default)
            .Any(route => route.Registry is { } registry ? registry.Host.Value == image.Host : route.PullSecret is not null && route.Covers(image));
}
