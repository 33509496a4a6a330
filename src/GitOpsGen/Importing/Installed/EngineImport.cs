using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;
using GitOpsGen.Settings;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Installed;

/// <summary>The engine of an environment, and what about its objects is in the way of a hand-over.</summary>
internal sealed class EngineImport
{
    private const string FluxNamespace = "flux-system";

    private readonly EnvironmentSources sources;
    private readonly ChartUse? use;
    private readonly string coreSpace;
    private readonly DiagnosticBag bag;
    private readonly ImmutableArray<SourceObject> applications;
    private readonly ImmutableArray<SourceObject> parents;
    private readonly ImmutableArray<SourceObject> kustomizations;
    private readonly ImmutableArray<SourceObject> installing;
    private readonly ArgoCdImport argo;
    private readonly YamlMapping? metadata;
    private readonly SourceReach reach;
    private readonly HashSet<string> replaced = new(StringComparer.Ordinal);

    /// <param name="tree">The sources.</param>
    /// <param name="sources">What belongs to the environment.</param>
    /// <param name="use">What installs the core.</param>
    /// <param name="coreSpace">The namespace of the core.</param>
    /// <param name="metadata">The labels and annotations of everything that is rendered for the environment.</param>
    /// <param name="bag">Gets the findings.</param>
    public EngineImport(SourceTree tree, EnvironmentSources sources, ChartUse? use, string coreSpace, YamlMapping? metadata, DiagnosticBag bag)
    {
        this.sources = sources;
        this.use = use;
        this.coreSpace = coreSpace;
        this.metadata = metadata;
        this.bag = bag;
        reach = tree.Reach;
        ImmutableArray<SourceObject> all = [.. Of(EngineGroups.ArgoCd, "Application")];
        parents = [.. all.Where(item => reach.AppliesApplications(item, all))];
        applications = all.RemoveRange(parents);
        kustomizations = [.. Of(EngineGroups.Kustomize, "Kustomization")];
        argo = new(sources, applications, [.. applications.Where(item => item == use?.Object || AppliesPackages(item))], use, bag);
        installing = [.. Releases, .. kustomizations.Where(AppliesPackages)];

        IEnumerable<SourceObject> Of(string group, string kind) =>
            sources.Objects.Where(item => item.Group == group && item.Kind == kind && reach.Concerns(item));
    }

    public ImportedEngine Read()
    {
        CheckHandOver();
        var isFlux = kustomizations.Length > 0 || use?.Object?.Group == EngineGroups.Helm;
        var engine =
            isFlux ? new("flux", ReadFlux())
            : argo.OfPackages is { } application ? new("argocd", argo.Read(application))
            : None();
        return engine with
        {
            Objects = [.. applications, .. kustomizations, .. Releases],
            Shared = [.. applications.Concat(kustomizations).Where(AppliesMore)],
            Parents = parents,
            Installing = engine.Kind == "argocd" ? argo.Installing : installing,
        };
    }

    // The HelmRelease of the core, if Flux installs it.
    private SourceObject[] Releases => use?.Object is { Group: EngineGroups.Helm } release ? [release] : [];

    private bool AppliesPackages(SourceObject item) => reach.AppliesPackages(item, [.. applications, .. kustomizations]);

    // Where it applies what is not among the sources, that may be anything that is left alone.
    private bool AppliesMore(SourceObject item) =>
        reach.PathsOf(item).Any()
            ? reach.AppliedBy(item).Any(HasMore)
            : EngineSpec.Paths(item.Spec!).Any() && (sources.Objects.Any(IsMore) || sources.Aside.Any(HasMore));

    // Files about something else were not read.
    private static bool HasMore(SourceFileContent file) =>
        file.Objects.IsEmpty ? file.Kinds.Any(kind => kind is not ("Kustomization" or "ConfigMap" or "Namespace")) : file.Objects.Any(IsMore);

    private static bool IsMore(SourceObject item) =>
        item.Group is not (PackageGroup.Name or EngineGroups.ArgoCd or EngineGroups.Kustomize or EngineGroups.Helm or EngineGroups.Source)
        && item is not { Group: "", Kind: "ConfigMap" or "Namespace" }
        && !(item is { Group: "apps", Kind: "Deployment" } && item.Name.StartsWith(CoreObjects.Chart, StringComparison.Ordinal));

    private ImportedEngine None()
    {
        if (use?.Object is { Group: EngineGroups.ArgoCd } application)
        {
            bag.Add(
                Rules.ImportEngine,
                application.Span,
                "Argo CD installs the core, but nothing says from which Git repository it reads packages, so that nothing is rendered for it.",
                "Set gitops.engine and gitops.argocd in the settings."
            );
        }

        return new("none", null);
    }

    private YamlMapping? ReadFlux()
    {
        var settings = NodePaths.Empty(SourceSpan.StartOf(""));
        if (OfPackages is { } kustomization)
        {
            settings = kustomization.Namespace is { } space and not FluxNamespace
                ? settings.With("namespace", YamlScalar.String(space, kustomization.Span))
                : settings;
            foreach (
                var (key, standard) in (ReadOnlySpan<(string, string)>)[("kind", "GitRepository"), ("name", FluxNamespace), ("namespace", FluxSpace)]
            )
            {
                settings =
                    kustomization.Spec.At("sourceRef", key) is YamlScalar value && value.Text != standard
                        ? settings.WithAt(value, "source", key)
                        : settings;
            }
        }

        settings = KubeConfig is { } cluster ? settings.With("kubeConfig", cluster) : settings;
        settings = FluxName == StandardName ? settings : settings.With("name", YamlScalar.String(FluxName, settings.Span));
        return WithRelease(settings) is { Entries.IsEmpty: false } all ? all : null;
    }

    // The object that is there is kept, and the place where Helm has its record of the release: Flux uninstalls what changes either.
    private YamlMapping WithRelease(YamlMapping settings)
    {
        if (use?.Object is not { Group: EngineGroups.Helm } release)
            return settings;

        settings =
            release.Namespace == FluxSpace && release.Name != FluxName
                ? settings.WithAt(YamlScalar.String(release.Name, release.NameSpan), "helmRelease", "name")
                : settings;
        return use.StorageNamespace is { } record && record != (use.Namespace ?? CoreImport.DefaultNamespace)
            ? settings.WithAt(YamlScalar.String(record, release.NameSpan), "helmRelease", "storageNamespace")
            : settings;
    }

    // The first object that says in which cluster Crossplane is.
    private YamlMapping? KubeConfig => installing.Select(item => item.Spec?["kubeConfig"]).OfType<YamlMapping>().FirstOrDefault();

    private string StandardName => FluxSettings.DefaultName(sources.Name, KubeConfig);

    private string FluxName => EngineNames.OfFlux(sources.Name, StandardName, sources.ObjectsIn(FluxSpace, EngineGroups.Kustomize, "Kustomization"));

    private SourceObject? OfPackages =>
        kustomizations.FirstOrDefault(item => reach.PathsOf(item).Any(reach.HasPackages)) ?? kustomizations.FirstOrDefault();

    private string FluxSpace => OfPackages?.Namespace ?? FluxNamespace;

    private void CheckHandOver()
    {
        argo.Check(coreSpace);
        foreach (var set in argo.Sets)
            CheckFields(set, set);

        foreach (var application in applications)
        {
            var subject = argo.SetOf(application) ?? application;
            CheckPrune(subject, application.Spec.At("syncPolicy", "automated", "prune"));
            var options = application.Spec.At("syncPolicy", "syncOptions");
            CheckReplace(
                subject,
                options,
                application.Spec.ItemsAt("syncPolicy", "syncOptions").Any(option => option is YamlScalar { Text: "Replace=true" or "Force=true" })
            );
            CheckFields(application, subject);
        }

        foreach (var kustomization in kustomizations)
        {
            CheckPrune(kustomization, kustomization.Spec?["prune"]);
            CheckReplace(kustomization, kustomization.Spec?["force"], kustomization.Spec?["force"] is YamlScalar { IsTrue: true });
            CheckFields(kustomization);
        }

        if (use?.Object is { Group: EngineGroups.Helm } release)
        {
            CheckReplace(release, release.Spec.At("upgrade", "force"), release.Spec.At("upgrade", "force") is YamlScalar { IsTrue: true });
            CheckRelease(release);
            CheckFields(release);
            foreach (var source in use.Sources)
                CheckFields(source);
        }

        foreach (var item in installing)
            CheckCluster(item);
    }

    private void CheckPrune(SourceObject engine, YamlNode? prune)
    {
        if (prune is YamlScalar { IsTrue: true })
        {
            bag.Add(
                Rules.PrunesPackages,
                prune.Span,
                $"{engine} prunes: moving or removing a package's file deletes the package.",
                "Switch prune off before the hand-over."
            );
        }
    }

    private void CheckReplace(SourceObject engine, YamlNode? at, bool replaces)
    {
        if (replaces)
            bag.Add(Rules.ReplacesObjects, at!.Span, $"{engine} replaces objects instead of patching them.", "Remove the option.");
    }

    private void CheckFields(SourceObject item) => CheckFields(item, item);

    private void CheckFields(SourceObject item, SourceObject subject)
    {
        foreach (var (path, value, instead) in EngineFields.NotCarriedOver(item).Concat(EngineFields.Marks(item, metadata)))
        {
            // Of a cluster, more is to be said; and what replaces a field is the same for all objects.
            if ((path == "kubeConfig" && installing.Contains(item)) || (instead is not null && !replaced.Add(path)))
                continue;

            bag.Add(
                new Diagnostic(Rules.ImportEngine, $"'{path}' of {subject} is not carried over.", instead ?? Advice(item, path), value.Span)
                {
                    Severity = instead is null ? Severity.Warning : Severity.Info,
                }
            );
        }
    }

    private static string Advice(SourceObject item, string path) =>
        item.Kind == ApplicationSets.Kind ? AdviceOfSet(path)
        : item.Group == EngineGroups.ArgoCd && (path == "ignoreDifferences" || path.StartsWith("syncPolicy.", StringComparison.Ordinal))
            ? $"If it is needed, set 'gitops.argocd.{path.Split(' ')[0]}' in the settings."
        : item.Group == EngineGroups.Source && path is "secretRef" or "provider" ? $"If it is needed, set 'crossplane.chart.{path}' in the settings."
        : path == "commonMetadata" ? "If it is needed, set 'metadata' in the settings."
        : "If it is needed, put it into a template of your own: gitopsgen template eject.";

    private static string AdviceOfSet(string path) =>
        path == "generators.selector" ? "Say which environments there are: --env NAME=PATH,…"
        : path.StartsWith("strategy.", StringComparison.Ordinal)
            ? "Each environment syncs by itself: bring versions from one to the next with 'gitopsgen promote'."
        : "What it changes was not read: import the Applications that are made, as 'kubectl get applications.argoproj.io -o yaml' prints them.";

    // All that is rendered is for one cluster.
    private void CheckCluster(SourceObject item)
    {
        var cluster = item.Spec?["kubeConfig"];
        if (!NodeEquality.Instance.Equals(cluster, KubeConfig))
        {
            bag.Add(
                Rules.ImportEngine,
                cluster?.Span ?? item.NameSpan,
                $"{item} is not for the cluster that is taken for all, which is that of 'kubeConfig' at {KubeConfig!.Span.Place}.",
                "Say which cluster it is with 'gitops.flux.kubeConfig' in the settings."
            );
        }
        else if (cluster is not null && (item.Namespace ?? FluxSpace) is var space && space != FluxSpace)
        {
            bag.Add(
                Rules.ImportEngine,
                cluster.Span,
                $"'kubeConfig' of {item} is read in the namespace {space}; what is rendered reads it in {FluxSpace}.",
                $"Have it in {FluxSpace}, too."
            );
        }
    }

    // What is rendered would take over another release, and Flux uninstalls the one that was there.
    private void CheckRelease(SourceObject release)
    {
        var space = FluxSpace;
        var name = release.Namespace == space ? release.Name : FluxName;
        foreach (
            var other in sources.Objects.Where(item =>
                item is { Group: EngineGroups.Helm, Kind: "HelmRelease" }
                && item.Name == name
                && item.Namespace == space
                && item.NameSpan != release.NameSpan
            )
        )
        {
            bag.Add(
                Rules.ReleaseUninstalled,
                other.NameSpan,
                $"The HelmRelease that is rendered has the name of {other} in {space}, which installs something else: Flux would uninstall that.",
                "Give the rendered one another name with gitops.flux.helmRelease.name."
            );
        }
    }
}
