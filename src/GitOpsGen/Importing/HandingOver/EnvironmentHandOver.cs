using GitOpsGen.Guards;
using GitOpsGen.Importing.Comparing;
using GitOpsGen.Importing.Installed;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Planning;

namespace GitOpsGen.Importing.HandingOver;

/// <summary>What each step is in one environment.</summary>
internal sealed class EnvironmentHandOver
{
    private static readonly string[] Applied = ["path", "source", "sources"];
    private static readonly string[] Folders = ["packages", "crossplane", "argocd", "flux"];

    private readonly ImportedEnvironment existing;
    private readonly EnvironmentPlan plan;
    private readonly RenderedSide rendered;
    private readonly ImmutableArray<SourceObject> generated;

    public EnvironmentHandOver(ImportedEnvironment existing, EnvironmentPlan plan, RenderedSide rendered)
    {
        (this.existing, this.plan, this.rendered) = (existing, plan, rendered);
        generated =
        [
            .. Folders.SelectMany(folder => rendered.Build.BuildWhole($"{Overlay}/{folder}").Objects).Select(SourceObject.Of).OfType<SourceObject>(),
        ];
    }

    public string Name => existing.Name;

    private string Overlay => $"overlays/{Name}";

    /// <summary>Whether somebody has to copy images for it.</summary>
    public bool HasCopies =>
        plan.Images.Any(image => image.Repository.ToString() != image.Entry.Package.Value.ToString() && !image.Place.Route.IsPullThrough);

    public HandOverPart Copying() =>
        new(Name, [], [$"gitopsgen mirror plan --env {Name} > mirror-{Name}.sh && sh mirror-{Name}.sh", $"gitopsgen mirror verify --env {Name}"]);

    public HandOverPart? Access()
    {
        var folder = $"iam/{Name}/";
        ImmutableArray<string> documents =
        [
            .. rendered
                .Tree.Files.Select(file => file.Path.Value)
                .Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal)),
        ];
        return documents.IsEmpty
            ? null
            : new(
                Name,
                [
                    $"{string.Join(", ", documents.Select(path => $"{rendered.Output}/{path}"))}: {rendered.Output}/{folder}README.md says which role each is for.",
                ],
                []
            );
    }

    /// <summary>Finalizers, prune and suspended releases.</summary>
    public HandOverPart Disarming()
    {
        var (notes, commands) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (set, made) in Sets)
        {
            // What makes Applications would undo what is changed of them.
            commands.Add(
                Patch(
                    set,
                    made.Any(Syncs)
                        ? """{"spec":{"syncPolicy":{"preserveResourcesOnDeletion":true},"template":{"metadata":{"finalizers":null},"spec":{"syncPolicy":{"automated":null}}}}}"""
                        : """{"spec":{"syncPolicy":{"preserveResourcesOnDeletion":true},"template":{"metadata":{"finalizers":null}}}}"""
                )
            );
        }

        foreach (var engine in Old)
        {
            var target = Target(engine);
            if (ApplicationSets.ParameterIn(engine.Name) is not null)
            {
                notes.Add(
                    $"No file says what the Application {engine.Name} is called. After the commands here, take its finalizer and its automated sync away, under the name that 'kubectl get applications.argoproj.io' prints."
                );
                continue;
            }

            if (engine.Group != EngineGroups.Helm && Same(engine) is not null)
            {
                notes.Add(
                    $"Set gitops.{existing.Engine.Kind}.name in the settings, because {engine} would be replaced by one of the same name with another path, and would prune what it applied before."
                );
            }

            if (SetOf(engine) is not null || CascadeFinalizer.In(engine) is not null)
                commands.Add(Patch(engine, """{"metadata":{"finalizers":null}}"""));

            if (Syncs(engine))
            {
                // It would prune, and undo within seconds what its successor does.
                commands.Add(Patch(engine, """{"spec":{"syncPolicy":{"automated":null}}}"""));
            }

            if (engine.Group == EngineGroups.Kustomize)
                commands.Add(Patch(engine, """{"spec":{"suspend":true,"prune":false}}"""));

            if (engine.Group == EngineGroups.Helm && !IsAdopted(engine))
            {
                // Flux uninstalls nothing for a HelmRelease that was deleted while it was suspended.
                commands.Add(Patch(engine, """{"spec":{"suspend":true}}"""));
                commands.Add($"kubectl {In(engine)}delete {target}");
            }
        }

        return new(Name, notes.ToImmutable(), commands.ToImmutable());
    }

    public HandOverPart Merging()
    {
        string[] waiting = Kinds() is { Length: > 0 } kinds ? [$"kubectl wait --for=condition=Healthy --timeout=15m {kinds} --all"] : [];
        return plan.Settings.GitOps switch
        {
            { ArgoCd: { } argo } => new(
                Name,
                [],
                [
                    $"kubectl --namespace {argo.Namespace} patch configmap argocd-cm --patch-file {rendered.Output}/argocd-cm.yaml",
                    $"kubectl apply -k {rendered.Output}/{Overlay}/argocd",
                    .. waiting,
                ]
            ),
            { HasEngine: true } => new(Name, [], [$"kubectl apply -k {rendered.Output}/{Overlay}/flux", .. waiting]),
            _ => new(
                Name,
                [
                    "Without an engine, 'helm upgrade' takes the values, and the waves are applied one after another: docs/installing.md has the commands.",
                ],
                [.. waiting]
            ),
        };
    }

    /// <summary>ImageConfigs, runtime configs and packages that are rendered under other names.</summary>
    public HandOverPart Replaced()
    {
        var made = generated.Select(item => (item.Kind, item.Name)).ToHashSet();
        ImmutableArray<SourceObject> old =
        [
            .. existing
                .Sources.Objects.Where(item => item is { Group: PackageGroup.Name, Kind: "ImageConfig" } && Pulls.Decides(item))
                .Concat(
                    existing
                        .Packages.Select(package => package.RuntimeConfig)
                        .OfType<SourceObject>()
                        .Where(item => item.Name != RuntimeConfigPlan.Default)
                )
                .Where(item => !made.Contains((item.Kind, item.Name)))
                .DistinctBy(item => (item.Kind, item.Name)),
        ];
        return new(
            Name,
            [],
            [.. old.Select(item => $"kubectl delete {item.Kind.ToLowerInvariant()}s.{PackageGroup.Name} {ShellWord.Of(item.Name)}")]
        );
    }

    /// <summary>Objects of the engine that nothing needs any more, and those that apply something else, too.</summary>
    public HandOverPart Engines()
    {
        var (notes, commands) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var (set, made) in Sets)
        {
            notes.Add(
                $"{set} goes before its Applications, or it makes them again. If it makes others, too, it stays, and those of Crossplane leave its generators."
            );
            if (!made.Any(AppliesMore))
                commands.Add($"kubectl {In(set)}delete {Target(set)} --cascade=orphan --ignore-not-found");
        }

        foreach (var parent in Old.Any() ? existing.Engine.Parents : [])
            notes.Add($"{parent} applies the old Applications: it stays, and their files leave its folder.");

        foreach (var engine in Old.Where(item => item.Group != EngineGroups.Helm))
        {
            if (ApplicationSets.ParameterIn(engine.Name) is not null)
            {
                notes.Add($"The Application {engine.Name} goes after that, unless it applies other objects, too.");
            }
            else if (AppliesMore(engine))
            {
                notes.Add(
                    $"{engine} applies other objects, too: it stays, and the files of Crossplane leave its folder. Prune stays off until then."
                );
            }
            else
            {
                // Without the finalizer, and suspended, it leaves what it applied.
                commands.Add($"kubectl {In(engine)}delete {Target(engine)}");
            }
        }

        return new(Name, notes.ToImmutable(), commands.ToImmutable());
    }

    public HandOverPart ChartLists()
    {
        ImmutableArray<string> packages =
        [
            .. existing.Packages.Where(package => package.Object is null).Select(package => package.Reference.Span.Place),
        ];
        return new(Name, packages.IsEmpty ? [] : [$"They are at {string.Join(", ", packages)}."], []);
    }

    // The rendered HelmRelease is the existing object about the same release.
    private bool IsAdopted(SourceObject release) => Same(release) is { } made && !ReleaseTarget.Differences(release.Content, made.Content).Any();

    // What applies the same folder under the same name is what was rendered before.
    private IEnumerable<SourceObject> Old =>
        existing.Engine.Objects.Where(engine =>
            engine.Group == EngineGroups.Helm
            || Same(engine) is not { } made
            || Applied.Any(key => !NodeEquality.Instance.Equals(engine.Spec.At(key), made.Spec.At(key)))
        );

    // What makes the old Applications, with those that it makes.
    private IEnumerable<(SourceObject Set, ImmutableArray<SourceObject> Made)> Sets =>
        Old.Select(application => (Set: SetOf(application), Application: application))
            .Where(pair => pair.Set is not null)
            .GroupBy(pair => (pair.Set!.Namespace, pair.Set.Name))
            .Select(group => (group.First().Set!, group.Select(pair => pair.Application).ToImmutableArray()));

    private SourceObject? SetOf(SourceObject application) => ApplicationSets.MakerOf(application, existing.Sources.Objects);

    private static bool Syncs(SourceObject engine) => engine.Spec.At("syncPolicy", "automated") is YamlMapping;

    private SourceObject? Same(SourceObject engine) =>
        generated.FirstOrDefault(item =>
            item.Group == engine.Group
            && item.Kind == engine.Kind
            && item.Name == engine.Name
            && (engine.Namespace is null || item.Namespace == engine.Namespace)
        );

    private bool AppliesMore(SourceObject engine) => existing.Engine.Shared.Contains(engine);

    private string Kinds() =>
        string.Join(
            ',',
            plan.Waves.SelectMany(wave => wave.Packages)
                .Select(package => $"{package.Entry.Kind.ToString().ToLowerInvariant()}s.{PackageGroup.Name}")
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    private static string Patch(SourceObject engine, string patch) => $"kubectl {In(engine)}patch {Target(engine)} --type merge --patch '{patch}'";

    private static string In(SourceObject engine) => engine.Namespace is { } space ? $"--namespace {ShellWord.Of(space)} " : "";

    private static string Target(SourceObject engine) => $"{engine.Kind.ToLowerInvariant()}s.{engine.Group} {ShellWord.Of(engine.Name)}";
}
