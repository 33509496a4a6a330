using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// What the user's <c>packages</c> setting says about each package of one environment. All matching patterns apply, globs first and
/// then names; a later one replaces an earlier one key by key.
/// </summary>
internal sealed class PackageOptions(EnvironmentSettings settings, PackageVersion? core, EnvironmentFindings findings)
{
    private readonly PodRoles roles = new(settings, findings);

    // Service accounts in the core's namespace and their owners: the chart makes the first two, Kubernetes the third.
    private readonly Dictionary<string, string> owners = new(StringComparer.Ordinal)
    {
        [HelmValues.ServiceAccount(settings.Crossplane.Values).Name] = "Crossplane",
        ["rbac-manager"] = "Crossplane's RBAC manager",
        ["default"] = "the namespace",
    };

    // The first of each name, and where the settings say so.
    private readonly Dictionary<string, (RuntimeConfigPlan Runtime, SourceSpan Place)> runtimes = new(StringComparer.Ordinal);

    /// <summary>The optional fields of a package's spec, and its runtime, keys in ordinal order; <see langword="null"/> where the settings have none.</summary>
    public (YamlMapping? Spec, RuntimeConfigPlan? Runtime) Of(LockEntry entry)
    {
        var spec = settings.SpecOf(entry.ObjectName);
        YamlMapping? merged = null;
        Located<string>? name = null;
        var place = entry.Package.Span;
        foreach (var package in settings.Packages.Where(package => package.Pattern.Value.Matches(entry.ObjectName.Value)))
        {
            if (package.Runtime is { } said && entry.Kind != PackageKind.Configuration)
            {
                merged = DefaultsMerge.Over(merged, said.Spec);
                name = said.Name ?? name;
                place = package.Pattern.Span;
            }
        }

        var runtime = merged is null ? null : Runtime(entry, name, merged);
        CheckName(runtime, name?.Span ?? place);
        CheckCore(runtime is null ? spec?["runtimeConfigRef"]?.Span : place);
        CheckServiceAccount(entry, runtime?.ServiceAccount);
        CheckReplicas(entry, runtime?.Replicas);
        // The partition of a role that the settings give has been checked.
        var partition = runtime?.Role is null ? settings.KnownPartition : null;
        foreach (var (span, problem, fix) in EksAnnotations.Problems(runtime?.Annotations, partition))
            findings.Add(Rules.EksAnnotation, span, problem, fix);

        if (spec is not null)
            new PackageSpec(entry, core, settings.Install.Value, findings).Check(spec, hasRuntime: runtime is not null);

        return (spec is { Entries.IsEmpty: false } ? spec.Sorted() : null, runtime);
    }

    private RuntimeConfigPlan Runtime(LockEntry entry, Located<string>? name, YamlMapping said)
    {
        var (spec, role) = roles.Give(entry, name, said);
        return new(entry, name, Complete(spec).Sorted()) { Role = role, Metadata = settings.MetadataOf(entry.ObjectName) };
    }

    /// <summary>Finds packages that use another package's runtime, and so its service account.</summary>
    public void CheckReferences(IReadOnlyCollection<PackagePlan> packages)
    {
        var owned = packages
            .Where(package => package.Runtime?.ServiceAccount is not null)
            .DistinctBy(package => package.Runtime!.Name)
            .ToDictionary(package => package.Runtime!.Name, package => package.Runtime!.ServiceAccount!.Value.Value);
        foreach (var package in packages.Where(package => package.Runtime is null))
        {
            if (package.Spec.At("runtimeConfigRef", "name") is YamlScalar name && owned.TryGetValue(name.Text, out var account))
            {
                findings.Add(
                    Rules.SharedServiceAccount,
                    name.Span,
                    $"{name.Text} and {package.Entry.ObjectName} would both own the service account {Excerpt.Of(account)}",
                    "Give each its own 'runtime', or the runtime no 'serviceAccount.name'."
                );
            }
        }
    }

    // The schema of a DeploymentRuntimeConfig requires these, though Crossplane has its own for each that is empty.
    private static YamlMapping Complete(YamlMapping runtime)
    {
        if (runtime["deploymentTemplate"] is not YamlMapping { } deployment || deployment["spec"] is not YamlMapping { } spec)
            return runtime;

        foreach (var required in (string[])["selector", "template"])
            spec = spec[required] is null ? spec.With(required, new YamlMapping([], spec.Span)) : spec;

        if (spec["template"] is YamlMapping template && template["spec"] is YamlMapping pod && pod["containers"] is null)
            spec = spec.With("template", template.With("spec", pod.With("containers", new YamlSequence([], pod.Span))));

        return runtime.With("deploymentTemplate", deployment.With("spec", spec));
    }

    private void CheckName(RuntimeConfigPlan? runtime, SourceSpan span)
    {
        if (runtime is null)
            return;

        if (runtime.Name == RuntimeConfigPlan.Default)
        {
            findings.Add(
                Rules.DefaultRuntime,
                span,
                $"The runtime of {runtime.Entry.Package} is named '{RuntimeConfigPlan.Default}', so it would be that of every package without one",
                "Give it another 'runtime.name', or remove 'runtime'."
            );
        }
        else if (!runtimes.TryAdd(runtime.Name, (runtime, span)) && !NodeEquality.Instance.Equals(runtimes[runtime.Name].Runtime.Spec, runtime.Spec))
        {
            var (first, place) = runtimes[runtime.Name];
            findings.Add(
                Rules.RuntimeNameShared,
                span,
                $"{first.Entry.ObjectName} (line {place.Start.Line}) and {runtime.Entry.ObjectName} both have the runtime '{runtime.Name}', but say different things about it",
                "Let both say the same, as one glob over both does, or give each its own 'runtime.name'."
            );
        }
    }

    private void CheckCore(SourceSpan? span)
    {
        if (span is { } asked && core?.IsBefore(1, 14) == true)
        {
            findings.Add(
                Rules.CoreTooOld,
                asked,
                $"A DeploymentRuntimeConfig needs Crossplane v1.14 or later, but it is {core}",
                "Remove it, or upgrade the core."
            );
        }
    }

    private void CheckServiceAccount(LockEntry entry, Located<string>? account)
    {
        if (account is { } name && !owners.TryAdd(name.Value, entry.ObjectName.Value))
        {
            findings.Add(
                Rules.SharedServiceAccount,
                name.Span,
                $"{owners[name.Value]} and {entry.ObjectName} would both own the service account {Excerpt.Of(name.Value)}",
                "Name each package's service account under its own name; an account that you make yourself may serve several, as 'deploymentTemplate.spec.template.spec.serviceAccountName' of their runtimes."
            );
        }
    }

    // Since v2.4.0; such a provider is Healthy with the reason AwaitingActivation.
    private void CheckReplicas(LockEntry entry, YamlScalar? replicas)
    {
        if (entry.Kind == PackageKind.Provider && replicas?.ToInteger() > 0 && core?.IsBefore(2, 4) == false)
        {
            findings.Add(
                Rules.ReplicasOverridden,
                replicas.Span,
                $"Crossplane {core} runs a provider with safe-start without pods while none of its ManagedResourceDefinitions is active, whatever 'replicas' says",
                "Nothing needs to change; such a provider is healthy, with the reason AwaitingActivation."
            );
        }
    }
}

/// <summary>
/// Names and globs under <c>packages</c> that have no effect. One in the defaults has an effect if any environment has such a
/// package.
/// </summary>
internal static class PackagePatterns
{
    public static void Check(
        ImmutableArray<EnvironmentSettings> environments,
        Func<EnvironmentName, bool> isSelected,
        Dictionary<EnvironmentName, PackageGraph> graphOf,
        DiagnosticBag bag
    )
    {
        var used = new HashSet<SourceSpan>();
        var run = new HashSet<SourceSpan>();
        foreach (var environment in environments)
        {
            foreach (var pattern in environment.Packages.Select(package => package.Pattern))
            {
                foreach (var entry in graphOf[environment.Name.Value].Packages.Where(entry => pattern.Value.Matches(entry.ObjectName.Value)))
                {
                    used.Add(pattern.Span);
                    if (entry.Kind != PackageKind.Configuration)
                        run.Add(pattern.Span);
                }
            }
        }

        foreach (
            var package in environments
                .Where(environment => isSelected(environment.Name.Value))
                .SelectMany(environment => environment.Packages)
                .DistinctBy(package => package.Pattern.Span)
        )
        {
            var pattern = package.Pattern;
            if (!used.Contains(pattern.Span))
            {
                bag.Add(
                    Rules.PackagePatternUnused,
                    pattern.Span,
                    $"'{pattern}' matches no locked package.",
                    "Correct it; object names are folders of base/."
                );
            }
            else if (package.Runtime is not null && !run.Contains(pattern.Span))
            {
                // A name means this package; a glob may match others later.
                bag.Add(
                    pattern.Value.IsGlob ? Rules.PackagePatternUnused : Rules.RuntimeOfConfiguration,
                    pattern.Span,
                    $"'{pattern}' matches only Configurations, which no pod runs.",
                    "Remove 'runtime'."
                );
            }
        }
    }
}
