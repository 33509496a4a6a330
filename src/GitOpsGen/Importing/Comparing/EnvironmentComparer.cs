using GitOpsGen.Guards;
using GitOpsGen.Importing.Installed;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Planning;
using GitOpsGen.Review;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Comparing;

/// <summary>Compares the objects that an environment has with those that are rendered for it.</summary>
internal sealed class EnvironmentComparer
{
    private readonly ImportedEnvironment existing;
    private readonly EnvironmentPlan plan;
    private readonly FindingPlaces findings;
    private readonly ImmutableArray<SourceObject> rendered;
    private readonly ILookup<(string Kind, string Name), SourceObject> renderedByName;
    private readonly Dictionary<string, string> lockedNames;
    private readonly ImmutableArray<SourceObject> configs;
    private readonly ImmutableArray<SourceObject> releases;
    private readonly Pulls pullsNow;
    private readonly Pulls pullsThen;
    private readonly ImmutableArray<ImportDifference>.Builder differences = ImmutableArray.CreateBuilder<ImportDifference>();
    private readonly HashSet<SourceObject> paired = [];
    private readonly HashSet<(string, string)> runtimes = [];

    private EnvironmentComparer(ImportedEnvironment existing, EnvironmentPlan plan, OutputBuild build, FindingPlaces findings)
    {
        this.existing = existing;
        this.plan = plan;
        this.findings = findings;
        rendered = Objects("packages");
        renderedByName = rendered.Where(item => item.Group == PackageGroup.Name).ToLookup(item => (item.Kind, item.Name));
        lockedNames = plan
            .Waves.SelectMany(wave => wave.Packages)
            .DistinctBy(package => package.Entry.Package.Value)
            .ToDictionary(package => package.Entry.Package.Value.ToString(), package => package.Entry.ObjectName.Value);
        releases = [.. Objects("crossplane").Where(item => item is { Group: EngineGroups.Helm, Kind: "HelmRelease" })];
        configs = [.. existing.Sources.Objects.Where(item => item is { Group: PackageGroup.Name, Kind: "ImageConfig" })];
        pullsNow = new(configs);
        pullsThen = new(rendered.Where(item => item.Kind == "ImageConfig"));

        ImmutableArray<SourceObject> Objects(string folder) =>
            [.. build.BuildWhole($"overlays/{existing.Name}/{folder}").Objects.Select(SourceObject.Of).OfType<SourceObject>()];
    }

    /// <summary>All environments; one that only one side has is missing or new as a whole.</summary>
    public static ImportComparison Compare(ImmutableArray<ImportedEnvironment> existing, RenderedSide rendered, ImmutableArray<Diagnostic> found)
    {
        var findings = new FindingPlaces(found);
        var plans = rendered.Plan.Environments.ToDictionary(plan => plan.Settings.Name.Value.Value);
        return new([
            .. existing.SelectSideBySide(environment =>
                plans.TryGetValue(environment.Name, out var plan)
                    ? new EnvironmentComparer(environment, plan, rendered.Build, findings).Compare()
                    : new(environment.Name, 0, 0, [Whole(environment.Name, Verdict.Missing, "the settings do not have it")])
            ),
            .. plans
                .Keys.Except(existing.Select(environment => environment.Name), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => new EnvironmentComparison(name, 0, 0, [Whole(name, Verdict.New, "no source belongs to it")])),
        ]);

        static ImportDifference Whole(string name, Verdict verdict, string reason) => new($"environment {name}", "", null, null, verdict, reason);
    }

    private EnvironmentComparison Compare()
    {
        foreach (var (package, now) in existing.Packages.Select(package => (package, Now(package))))
            ComparePackage(package, now);

        FindLost();
        FindNew();
        CompareImageConfigs();
        new CoreComparer(existing.Core, plan, findings, differences.Add).Compare();
        CompareReleases();
        CompareClusters();
        var compared = existing
            .Packages.Select(package => Now(package).ToString())
            .Concat(configs.Where(Pulls.Decides).Select(config => config.ToString()));
        var names = compared.Concat(existing.Core is null ? [] : [CoreComparer.Object]).ToHashSet(StringComparer.Ordinal);
        names.ExceptWith(differences.Select(difference => difference.Object));
        var objects = existing.Packages.Length + configs.Count(Pulls.Decides) + (existing.Core is null ? 0 : 1);
        return new(
            existing.Name,
            objects,
            names.Count,
            [.. differences.DistinctBy(difference => (difference.Object, difference.Field, difference.Existing, difference.Rendered))]
        );
    }

    // A package of the chart's lists has no object; the chart makes one of the derived name.
    private static SourceObject Now(ImportedPackage package) =>
        package.Object
        ?? new(
            $"{PackageGroup.Name}/v1",
            package.Kind.ToString(),
            null,
            package.Name,
            NodePaths.Empty(package.Reference.Span).WithAt(YamlScalar.String(package.Reference.Value, package.Reference.Span), "spec", "package")
        );

    private void ComparePackage(ImportedPackage package, SourceObject now)
    {
        if (Partner(package, now) is not { } then)
        {
            Add(now, "", null, null, Verdict.Missing, "", now.Content);
            return;
        }

        paired.Add(then);
        if (now.Name != then.Name)
            Add(now, "metadata.name", now.Name, then.Name, Verdict.Differs, "the cluster would have the package twice", now.Content);

        if (now.ApiVersion != then.ApiVersion)
            Add(now, "apiVersion", now.ApiVersion, then.ApiVersion, Verdict.ByDesign, Design.ApiVersion, now.Content["apiVersion"]);

        CompareReference(package, now, then);
        if (Comparable.Skips(now) != Comparable.Skips(then))
        {
            var (before, after) = Comparable.Skips(then) ? ((string?)null, (string?)"true") : ("true", null);
            Add(now, "spec.skipDependencyResolution", before, after, Verdict.ByDesign, Design.Strategy, now.Spec.At("skipDependencyResolution"));
        }

        AddAll(now, Comparable.Package(now), Comparable.Package(then));
        CompareRuntime(package, now, then);
    }

    private SourceObject? Partner(ImportedPackage package, SourceObject now) =>
        Rendered(now.Kind, now.Name) ?? (lockedNames.TryGetValue(package.Package, out var name) ? Rendered(now.Kind, name) : null);

    private SourceObject? Rendered(string kind, string name) => renderedByName[(kind, name)].FirstOrDefault();

    // What is pulled counts. Crossplane's Lock knows a package by its reference, so another one with the same pull is to be looked at.
    private void CompareReference(ImportedPackage package, SourceObject now, SourceObject then)
    {
        var written = package.Reference.Value;
        var full = PackageReference.Parse(written).Of(package.Repository);
        var reference = then.Spec.TextAt("package") ?? "";
        var ((pulled, secret), (toPull, otherSecret)) = (pullsNow.Of(full), pullsThen.Of(reference));
        var place = now.Spec.At("package");
        if (pulled != toPull)
        {
            Add(now, "pull", pulled, toPull, Verdict.Differs, "another image, or from elsewhere", place);
        }
        else if (written != reference)
        {
            var isRegistry = Pulls.Known(full) == Pulls.Known(reference);
            Add(
                now,
                "spec.package",
                written,
                reference,
                isRegistry ? Verdict.ByDesign : Verdict.Differs,
                isRegistry ? Design.Registry : "the same pull, but Crossplane knows the package by its reference",
                place
            );
        }

        if (secret != otherSecret)
            Add(now, "pullSecret", secret, otherSecret, Verdict.Differs, "", place);
    }

    private void CompareRuntime(ImportedPackage package, SourceObject now, SourceObject then)
    {
        var (name, other) = (Comparable.RuntimeName(now), Comparable.RuntimeName(then));
        if (package.RuntimeConfig is not { } config || name is null || other is null)
        {
            if (name is not null && name == other && Rendered("DeploymentRuntimeConfig", name) is { } created && runtimes.Add((name, name)))
            {
                differences.Add(new(created.ToString(), "", null, null, Verdict.New, "no source has it"));
            }
            else if (name != other)
            {
                var isNothing = package is { RuntimeConfig: not null, Runtime: null } && other is null;
                Add(
                    now,
                    "spec.runtimeConfigRef.name",
                    name,
                    other,
                    isNothing ? Verdict.ByDesign : Verdict.Differs,
                    isNothing ? Design.RuntimeName : "",
                    now.Spec.At("runtimeConfigRef") ?? now.Spec.At("controllerConfigRef")
                );
            }

            return;
        }

        var isOld = config.Kind == "ControllerConfig";
        if (name != other || isOld)
        {
            var reference = isOld ? now.Spec.At("controllerConfigRef") : now.Spec.At("runtimeConfigRef");
            Add(now, "spec.runtimeConfigRef.name", name, other, Verdict.ByDesign, isOld ? Design.ControllerConfig : Design.RuntimeName, reference);
        }

        if (runtimes.Add((name, other)))
        {
            var made = Rendered("DeploymentRuntimeConfig", other);
            if (made is null)
            {
                Add(config, "", null, null, Verdict.Missing, "", config.Content);
                return;
            }

            // Labels and annotations of a ControllerConfig are those of what it makes, and were converted.
            var before = isOld ? NodePaths.Pruned(NodePaths.Empty(config.Span).With("spec", package.Runtime ?? NodePaths.Empty(config.Span))) : null;
            CompareRuntimes(config, before ?? Comparable.Runtime(config, isOld ? null : config.Spec), made, now);
        }
    }

    private void CompareRuntimes(SourceObject config, YamlNode before, SourceObject made, SourceObject package)
    {
        // A runtime has what its package has.
        var isOfPackage = Marks(made).Except(Marks(config)).All(Marks(package).Contains);
        foreach (var (field, place) in NodeDifference.Placed(before, Comparable.Runtime(made, made.Spec)))
        {
            var isMeant = isOfPackage && field.From is null && field.Path.StartsWith("metadata", StringComparison.Ordinal);
            var (verdict, reason) = isMeant ? (Verdict.ByDesign, Design.Metadata) : (Verdict.Differs, "");
            Add(config, field.Path, field.From, field.To, verdict, reason, place);
        }

        static HashSet<(string, string, string?)> Marks(SourceObject item) =>
            [.. OwnMetadata.Of(item).Select(pair => (pair.Kind, pair.Key, (pair.Value as YamlScalar)?.Text))];
    }

    private void FindLost()
    {
        var taken = existing.Packages.Select(package => package.Object).OfType<SourceObject>().ToHashSet();
        foreach (var lost in existing.Sources.Objects.Where(PackageGroup.IsPackage).Where(item => !taken.Contains(item)))
        {
            var reference = Repository(lost.Spec.TextAt("package") ?? "");
            var isTwice = existing.Packages.Any(package => Repository(package.Reference.Value) == reference);
            Add(lost, "", null, null, Verdict.Missing, isTwice ? "another object installs the same package" : "", lost.Content);
            differences[^1] = isTwice ? differences[^1] with { Code = Rules.InstalledTwice.Code } : differences[^1];
        }

        static (string?, string) Repository(string text) =>
            PackageReference.Parse(text) is var reference ? (reference.Host, reference.Path) : default;
    }

    private void FindNew()
    {
        var locked = plan.Waves.SelectMany(wave => wave.Packages).ToLookup(package => package.Entry.ObjectName.Value, package => package.Entry);
        foreach (var made in rendered.Where(PackageGroup.IsPackage).Where(item => !paired.Contains(item)))
        {
            var isIndirect = locked[made.Name].Any(entry => entry.IsIndirect);
            differences.Add(new(made.ToString(), "", null, null, Verdict.New, isIndirect ? "others depend on it" : "no source has it"));
        }
    }

    private void CompareImageConfigs()
    {
        foreach (var config in configs)
        {
            var same = Rendered("ImageConfig", config.Name);
            if (!Pulls.Decides(config))
            {
                Add(config, "", null, null, Verdict.ByDesign, Design.Stays, config.Content);
            }
            else if (same is null || !NodeEquality.Instance.Equals(same.Spec, config.Spec))
            {
                // What each package is pulled by was compared with it.
                Add(config, same is null ? "" : "spec", null, null, Verdict.ByDesign, Design.SamePulls, config.Content);
            }
        }
    }

    // The same object about another release: helm-controller uninstalls the old one first.
    private void CompareReleases()
    {
        foreach (var now in existing.Sources.Objects.Where(item => item is { Group: EngineGroups.Helm, Kind: "HelmRelease" }))
        {
            var then = releases.FirstOrDefault(item => item.Name == now.Name && (now.Namespace is null || item.Namespace == now.Namespace));
            foreach (var (what, before, after) in then is null ? [] : ReleaseTarget.Differences(now.Content, then.Content))
            {
                differences.Add(
                    new(now.ToString(), what, before, after, Verdict.Differs, "Flux would uninstall Crossplane before it installs it again")
                    {
                        Span = now.NameSpan,
                        Code = Rules.ReleaseUninstalled.Code,
                    }
                );
            }
        }
    }

    // What is rendered is for one cluster.
    private void CompareClusters()
    {
        foreach (var now in existing.Engine.Installing)
        {
            if (
                plan.Settings.GitOps.ArgoCd is { } argo
                && EngineSpec.Cluster(now.Spec) is { } cluster
                && ArgoCluster.Known(cluster.Text) != ArgoCluster.Known(argo.Destination)
            )
            {
                Add(now, "spec.destination", cluster.Text, argo.Destination, Verdict.Differs, "another cluster", cluster);
            }
        }

        foreach (var now in plan.Settings.GitOps.Flux is null ? [] : existing.Engine.Installing.Where(item => item.Group != EngineGroups.ArgoCd))
        {
            var (before, after) = (now.Spec?["kubeConfig"], plan.Settings.GitOps.Flux?.KubeConfig);
            foreach (var (field, place) in NodeDifference.Placed(Wrapped(before), Wrapped(after)))
                Add(now, $"spec.{field.Path}", field.From, field.To, Verdict.Differs, "another cluster", place ?? now.Metadata!["name"]);
        }

        static YamlMapping Wrapped(YamlNode? cluster) =>
            cluster is null ? NodePaths.Empty(default) : NodePaths.Empty(default).With("kubeConfig", cluster);
    }

    private void AddAll(SourceObject item, YamlNode before, YamlNode after)
    {
        foreach (var (field, place) in NodeDifference.Placed(before, after))
            Add(item, field.Path, field.From, field.To, Verdict.Differs, "", place);
    }

    private void Add(SourceObject item, string field, string? before, string? after, Verdict verdict, string reason, YamlNode? place) =>
        differences.Add(
            findings.Complete(
                new(item.ToString(), field, before, after, verdict, reason),
                place ?? item.Metadata?["name"] ?? item.Content,
                item.NameSpan
            )
        );
}
