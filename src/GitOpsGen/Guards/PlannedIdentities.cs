using System.Collections.Immutable;
using System.Globalization;
using GitOpsGen.Diagnostics;
using GitOpsGen.Planning;
using GitOpsGen.Yaml;

namespace GitOpsGen.Guards;

/// <summary>What a plan wants of the objects of one environment, in the words of the check that reads them.</summary>
internal sealed class PlannedIdentities
{
    private const string PackageVersion = "pkg.crossplane.io/v1",
        PrerequisiteVersion = "pkg.crossplane.io/v1beta1";
    private const string SyncOptions = "argocd.argoproj.io/sync-options",
        SyncWave = "argocd.argoproj.io/sync-wave",
        Prune = "kustomize.toolkit.fluxcd.io/prune";

    // What would have an engine delete an object, or replace it by deleting it first.
    private static readonly string[] NeverThere =
    [
        "argocd.argoproj.io/hook",
        "argocd.argoproj.io/hook-delete-policy",
        "helm.sh/hook",
        "kustomize.toolkit.fluxcd.io/force",
    ];

    private readonly EnvironmentPlan environment;
    private readonly bool hasExtras;

    private PlannedIdentities(EnvironmentPlan environment, bool hasExtras)
    {
        this.environment = environment;
        this.hasExtras = hasExtras;
    }

    private string Overlay => FolderOf(environment);

    private bool HasArgoCd => environment.Settings.GitOps.ArgoCd is not null;

    private bool HasFlux => environment.Settings.GitOps.Flux is not null;

    private ExpectedField Namespace =>
        ExpectedField.Text(environment.Settings.GitOps.ArgoCd?.Namespace ?? environment.Settings.GitOps.Flux!.Namespace, "metadata", "namespace");

    /// <summary>The overlay of an environment, below the output.</summary>
    public static string FolderOf(EnvironmentPlan environment) => $"overlays/{environment.Settings.Name.Value}";

    /// <param name="environment">The environment.</param>
    /// <param name="hasExtras">Whether templates wrote something below its <c>packages/extras/</c>.</param>
    public static ExpectedEnvironment Of(EnvironmentPlan environment, bool hasExtras) => new PlannedIdentities(environment, hasExtras).Expected();

    private ExpectedEnvironment Expected()
    {
        ImmutableArray<ExpectedFolder> waves = [.. environment.Waves.Select(Wave)];
        return new()
        {
            Folder = Overlay,
            Folders = [Prerequisites(), .. waves, .. Engine()],
            Waves = waves,
            Wholes = [$"{Overlay}/packages", Overlay],
            Extras = hasExtras ? $"{Overlay}/packages/extras" : null,
            Values = environment.Core is { } core ? ($"{Overlay}/crossplane/values.yaml", core.Values) : null,
        };
    }

    private ExpectedFolder Wave(WavePlan wave)
    {
        var folder = $"{Overlay}/packages/wave-{Text(wave.Number)}";
        return new(folder, [.. wave.Packages.Select(package => Package(package, wave.Number, folder))], Rules.PackageChanged);
    }

    private ExpectedObject Package(PackagePlan package, int wave, string folder)
    {
        var name = package.Entry.ObjectName.Value;
        var fields = ImmutableArray.CreateBuilder<ExpectedField>();
        fields.Add(ExpectedField.Text(PackageVersion, "apiVersion"));
        fields.Add(ExpectedField.Text(package.Reference, "spec", "package"));
        fields.Add(ExpectedField.Flag(package.SkipsDependencyResolution, "spec", "skipDependencyResolution"));
        if (package.Runtime is { } runtime)
        {
            fields.Add(ExpectedField.Text(runtime.Name, "spec", "runtimeConfigRef", "name"));
        }

        fields.AddRange(Guards(Text(wave), "Prune=false", "Delete=false"));
        return new(PackageVersion, package.Entry.Kind.ToString(), name)
        {
            Fields = fields.ToImmutable(),
            Sources = [$"{folder}/{name}.yaml", $"base/{name}/package.yaml", $"base/{name}/kustomization.yaml"],
        };
    }

    private ExpectedFolder Prerequisites()
    {
        var folder = $"{Overlay}/packages/prerequisites";
        return new(
            folder,
            [
                .. environment.RuntimeConfigs.Select(runtime => new ExpectedObject(PrerequisiteVersion, "DeploymentRuntimeConfig", runtime.Name)
                {
                    Fields = [.. Guards("-1")],
                    Sources = [$"{folder}/deploymentruntimeconfig-{runtime.Name}.yaml"],
                }),
                .. environment.ImageConfigs.Select(config => new ExpectedObject(PrerequisiteVersion, "ImageConfig", config.Name)
                {
                    Fields = [.. Redirection(config), .. Guards("-1")],
                    Sources = [$"{folder}/imageconfig-{config.Name}.yaml"],
                }),
            ],
            Rules.PackageChanged
        );
    }

    private static IEnumerable<ExpectedField> Redirection(ImageConfigPlan config)
    {
        yield return new(
            ["spec", "matchImages"],
            $"the prefixes {string.Join(", ", config.Prefixes)}",
            node => node is YamlSequence list && list.Items.Select(PrefixOf).SequenceEqual(config.Prefixes)
        );
        yield return config.RewritePrefix is { } rewritten
            ? ExpectedField.Text(rewritten, "spec", "rewriteImage", "prefix")
            : ExpectedField.Absent("spec", "rewriteImage");
        if (config.PullSecret is { } secret)
        {
            yield return ExpectedField.Text(secret, "spec", "registry", "authentication", "pullSecretRef", "name");
        }
    }

    // A match without a type is one by prefix.
    private static string? PrefixOf(YamlNode match) =>
        match is YamlMapping mapping && (mapping["type"] is null || YamlScalar.TextOf(mapping["type"]) == "Prefix")
            ? YamlScalar.TextOf(mapping["prefix"])
            : null;

    private IEnumerable<ExpectedField> Guards(string wave, params string[] options)
    {
        if (HasArgoCd)
        {
            yield return new(
                ["metadata", "annotations", SyncOptions],
                $"a list with {string.Join(", ", options.Append("SkipDryRunOnMissingResource=true"))}, and neither Replace nor Force",
                node =>
                    YamlScalar.TextOf(node)?.Split(',', StringSplitOptions.TrimEntries) is { } there
                    && options.Append("SkipDryRunOnMissingResource=true").All(there.Contains)
                    && !there.Any(option =>
                        option.StartsWith("Replace=", StringComparison.OrdinalIgnoreCase)
                        || option.StartsWith("Force=", StringComparison.OrdinalIgnoreCase)
                    )
            );
            yield return ExpectedField.Text(wave, "metadata", "annotations", SyncWave);
        }

        if (HasFlux)
        {
            yield return ExpectedField.Text("disabled", "metadata", "annotations", Prune);
        }

        foreach (var annotation in NeverThere)
        {
            yield return ExpectedField.Absent("metadata", "annotations", annotation);
        }
    }

    private IEnumerable<ExpectedFolder> Engine()
    {
        if (HasArgoCd)
        {
            var folder = $"{Overlay}/argocd";
            yield return new(folder, [.. Applications(folder)], Rules.EngineObjectChanged);
        }

        if (HasFlux)
        {
            var folder = $"{Overlay}/flux";
            yield return new(folder, [.. Kustomizations(folder)], Rules.EngineObjectChanged);
            if (environment.Core?.Chart is { } chart)
            {
                var core = $"{Overlay}/crossplane";
                yield return new(core, [.. Release(chart, core)], Rules.EngineObjectChanged);
            }
        }
    }

    private IEnumerable<ExpectedObject> Release(ChartPlan chart, string folder)
    {
        yield return new("helm.toolkit.fluxcd.io/v2", "HelmRelease", "crossplane")
        {
            Fields = [Namespace, ExpectedField.Text("disabled", "metadata", "annotations", Prune)],
            Sources = [$"{folder}/helmrelease.yaml"],
        };
        yield return new("source.toolkit.fluxcd.io/v1", chart.Repository.IsOci ? "OCIRepository" : "HelmRepository", "crossplane-chart")
        {
            Fields = [Namespace],
            Sources = [$"{folder}/source.yaml"],
        };
    }

    private IEnumerable<ExpectedObject> Applications(string folder)
    {
        var name = environment.Settings.Name.Value;
        if (environment.Core is not null)
        {
            yield return Application($"{name}-crossplane", "crossplane", []);
        }

        yield return Application(
            $"{name}-packages",
            "packages",
            [ExpectedField.Text($"{environment.Settings.GitOps.Path}/{Overlay}/packages", "spec", "source", "path")]
        );

        ExpectedObject Application(string full, string file, ImmutableArray<ExpectedField> fields) =>
            new("argoproj.io/v1alpha1", "Application", full) { Fields = [Namespace, .. fields], Sources = [$"{folder}/{file}.yaml"] };
    }

    private IEnumerable<ExpectedObject> Kustomizations(string folder)
    {
        string? before = null;
        foreach (var (name, path) in Steps())
        {
            yield return new("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name)
            {
                Fields =
                [
                    Namespace,
                    ExpectedField.Text($"./{environment.Settings.GitOps.Path}/{Overlay}/{path}", "spec", "path"),
                    .. before is null ? [] : After(before),
                ],
                Sources = [$"{folder}/{name}.yaml"],
            };
            before = name;
        }
    }

    private IEnumerable<(string Name, string Path)> Steps()
    {
        if (environment.Core is not null)
        {
            yield return ("crossplane", "crossplane");
        }

        yield return ("crossplane-prerequisites", "packages/prerequisites");
        foreach (var wave in environment.Waves)
        {
            yield return ($"crossplane-wave-{Text(wave.Number)}", $"packages/wave-{Text(wave.Number)}");
        }

        if (hasExtras)
        {
            yield return ("crossplane-extras", "packages/extras");
        }
    }

    private static ImmutableArray<ExpectedField> After(string name) =>
        [
            new(
                ["spec", "dependsOn"],
                $"a list with {name}",
                node => node is YamlSequence list && list.Items.Any(item => item is YamlMapping mapping && YamlScalar.TextOf(mapping["name"]) == name)
            ),
        ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
