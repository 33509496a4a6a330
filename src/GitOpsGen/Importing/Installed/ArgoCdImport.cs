using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Installed;

/// <summary>Argo CD in one environment: its settings, and what would delete Crossplane, or install it elsewhere.</summary>
internal sealed class ArgoCdImport
{
    private const string Standard = "argocd";

    private readonly EnvironmentSources sources;
    private readonly ImmutableArray<SourceObject> applications;
    private readonly ChartUse? use;
    private readonly DiagnosticBag bag;

    /// <param name="sources">What belongs to the environment.</param>
    /// <param name="applications">The Applications that are about Crossplane.</param>
    /// <param name="installing">Those of them that install the core or packages themselves, and not by other Applications.</param>
    /// <param name="use">What installs the core.</param>
    /// <param name="bag">Gets the findings.</param>
    public ArgoCdImport(
        EnvironmentSources sources,
        ImmutableArray<SourceObject> applications,
        ImmutableArray<SourceObject> installing,
        ChartUse? use,
        DiagnosticBag bag
    )
    {
        (this.sources, this.applications, this.use, this.bag) = (sources, applications, use, bag);
        Installing = installing;
        Sets = [.. applications.Select(SetOf).OfType<SourceObject>().Distinct()];
    }

    /// <summary>The Applications that install the core or packages, each in the cluster that it names.</summary>
    public ImmutableArray<SourceObject> Installing { get; }

    /// <summary>What makes Applications.</summary>
    public ImmutableArray<SourceObject> Sets { get; }

    /// <summary>The Application whose repository, project and cluster are taken.</summary>
    public SourceObject? OfPackages => Installing.FirstOrDefault(item => SourceOf(item) is not null);

    /// <summary>What makes an Application, and would undo what is changed of it.</summary>
    public SourceObject? SetOf(SourceObject application) => ApplicationSets.MakerOf(application, sources.Objects);

    /// <summary><c>gitops.argocd</c>.</summary>
    /// <param name="application">See <see cref="OfPackages"/>.</param>
    public YamlMapping Read(SourceObject application)
    {
        var source = SourceOf(application)!.Value;
        var settings = NodePaths.Empty(application.Span).With("repoURL", source.Content["repoURL"]!);
        settings = source.Revision is { Text: not ("HEAD" or "") } revision
            ? settings.With("revision", YamlScalar.String(revision.Text, revision.Span))
            : settings;
        settings = application.Spec?["project"] is YamlScalar { Text: not "default" } project ? settings.With("project", project) : settings;
        settings = application.Namespace is { } space and not Standard
            ? settings.With("namespace", YamlScalar.String(space, application.Span))
            : settings;
        var name = EngineNames.OfArgoCd(sources.Name, sources.ObjectsIn(application.Namespace ?? Standard, EngineGroups.ArgoCd, "Application"));
        settings = name == sources.Name ? settings : settings.With("name", YamlScalar.String(name, application.Span));
        settings = EngineSpec.Cluster(application.Spec) is { } cluster
            ? settings.WithAt(cluster, "destination", cluster == application.Spec.At("destination", "name") ? "name" : "server")
            : settings;
        foreach (var open in settings.Scalars().Where(scalar => ApplicationSets.ParameterIn(scalar.Text) is not null))
            AddOpen(open, "gitops.argocd");

        return settings;
    }

    /// <param name="space">The namespace of the core.</param>
    public void Check(string space)
    {
        foreach (var application in Installing)
            CheckDestination(application, OfPackages ?? Installing[0], space);

        foreach (var application in applications)
        {
            if (SetOf(application) is { } set)
                CheckCascade(application, set);
            else if (CascadeFinalizer.In(application) is { } finalizers)
                AddCascade(finalizers, $"{application} has", "Remove the finalizer");
        }

        // Of the chart of a set, what no element says is open too.
        foreach (var open in use?.Object is { } chart && Sets.Any(set => ApplicationSets.Makes(set, chart)) ? Texts(use) : [])
            AddOpen(open, "crossplane");
    }

    // https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Application-Deletion/
    private void CheckCascade(SourceObject application, SourceObject set)
    {
        const string Preserve = "Set 'syncPolicy.preserveResourcesOnDeletion: true'";
        var what = $"{set} gives its Applications";
        var preserves = set.Spec.At("syncPolicy", "preserveResourcesOnDeletion");
        if (CascadeFinalizer.In(application) is { } finalizers)
            AddCascade(finalizers, what, $"{Preserve} and remove the finalizer");
        else if (set.Spec is not null && preserves is not YamlScalar { IsTrue: true })
            AddCascade(preserves ?? set.Metadata!["name"]!, what, Preserve);
    }

    // All that is rendered is for one cluster, in one project.
    private void CheckDestination(SourceObject application, SourceObject taken, string space)
    {
        if (
            EngineSpec.Cluster(application.Spec) is { } cluster
            && EngineSpec.Cluster(taken.Spec) is { } chosen
            && ArgoCluster.Known(cluster.Text) != ArgoCluster.Known(chosen.Text)
        )
        {
            bag.Add(
                Rules.ImportEngine,
                cluster.Span,
                $"{application} is for '{Excerpt.Of(cluster.Text)}', and the cluster that is taken for all is '{Excerpt.Of(chosen.Text)}' at {chosen.Span.Place}.",
                "If these are two clusters, say which environment each is: --env NAME=PATH,…"
            );
        }

        if (application.Spec.At("project") is YamlScalar project && taken.Spec.TextAt("project") is { } other && project.Text != other)
        {
            bag.Add(
                Rules.ImportEngine,
                project.Span,
                $"{application} is in the project '{Excerpt.Of(project.Text)}', and what is rendered is in '{Excerpt.Of(other)}'.",
                $"'gitops.argocd.project' of the settings has to allow the repositories, the namespace and the kinds of both."
            );
        }

        if (
            application != use?.Object
            && application.Spec.At("destination", "namespace") is YamlScalar { Text.Length: > 0 } target
            && target.Text != space
        )
        {
            bag.Add(
                new Diagnostic(
                    Rules.ImportEngine,
                    $"{application} is for the namespace '{Excerpt.Of(target.Text)}', and what is rendered is for '{Excerpt.Of(space)}', where Crossplane is.",
                    "Packages have no namespace. An object that has one, and that no file puts into it, stays with the old Application.",
                    target.Span
                )
                {
                    Severity = Severity.Info,
                }
            );
        }
    }

    private static IEnumerable<YamlScalar> Texts(ChartUse use) =>
        (use.Values?.Scalars() ?? [])
            .Concat(use.Object!.Spec.At("destination", "namespace") is YamlScalar space ? [space] : [])
            .Where(scalar => ApplicationSets.ParameterIn(scalar.Text) is not null);

    private void AddCascade(YamlNode at, string what, string fix) =>
        bag.Add(
            Rules.CascadeFinalizer,
            at.Span,
            $"{what} the finalizer that cascades: deleting it deletes Crossplane or its packages.",
            $"{fix} before the hand-over."
        );

    private void AddOpen(YamlScalar open, string setting) =>
        bag.Add(
            Rules.ImportPlaceholder,
            open.Span,
            $"'{Excerpt.Of(ApplicationSets.ParameterIn(open.Text)!)}' is a parameter of an ApplicationSet, and no element of a list fills it.",
            $"Write what it is into '{setting}' of the settings."
        );

    private static ArgoSource? SourceOf(SourceObject application) =>
        ArgoSource.All(application.Spec!).Where(source => source.Path is not null && source.RepoUrl is not null).Cast<ArgoSource?>().FirstOrDefault();
}
