using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>Decides the core of one environment: its chart and its Helm values.</summary>
internal sealed class CorePlanner(EnvironmentSettings settings, DiagnosticBag bag)
{
    public CorePlan Plan(RegistryImage core, string tag, ChartPlan? chart, PackageManagerAccess? packageManager)
    {
        if (chart is null && settings.GitOps.HasEngine)
        {
            bag.Add(
                Rules.ChartMisplaced,
                core.Entry.Package.Span,
                $"{core.Entry.Package} has no chart, but in environment {settings.Name} the engine has to install it.",
                "Add 'chart: { repository: https://charts.crossplane.io/stable, version: … }'."
            );
        }

        if (chart is { Ecr: not null } && settings.GitOps.ArgoCd is not null)
        {
            bag.Add(
                Rules.ChartLogin,
                settings.Crossplane.ChartRepository?.Span ?? core.Entry.Chart!.Value.Span,
                $"Argo CD of environment {settings.Name} cannot log in to ECR by itself, where the chart is.",
                "Keep a repository Secret with a fresh ECR token beside Argo CD, or take the chart from an https:// repository."
            );
        }

        var generated = new GeneratedValues(core, tag)
        {
            PullSecret = settings.Registry.PullSecret,
            Role = packageManager is null ? null : new(packageManager.Role.ToString(), settings.Iam!.PackageManager!.Role.Span),
            AnnotatesServiceAccount = packageManager?.Issuer is not null,
        };
        return new(core, chart, new CoreValues(bag).Merge(generated.ToYaml(), settings.Crossplane.Values));
    }
}
