using GitOpsGen.Planning;
using GitOpsGen.Rendering.Templates;

namespace GitOpsGen.Guards;

/// <summary>
/// Objects of the user's that an engine applies only when something is healthy that waits for them: a new cluster never comes up, though one that
/// runs already shows nothing.
/// </summary>
/// <param name="environment">The environment.</param>
/// <param name="objects">What the engine applies of the user's.</param>
internal sealed class ArrivalOrder(EnvironmentPlan environment, ImmutableArray<OwnObject> objects)
{
    private readonly bool hasFlux = environment.Settings.GitOps.Flux is not null;
    private readonly string @namespace = environment.Settings.Crossplane.Namespace;

    public IEnumerable<GuardFinding> Findings() => [.. LateSecrets(), .. (hasFlux ? WithoutNamespace() : [])];

    private IEnumerable<GuardFinding> LateSecrets()
    {
        var makers = objects.Where(own => own.Namespace == @namespace && own.Secret is not null).ToLookup(own => own.Secret!, StringComparer.Ordinal);
        return
        [
            .. NeededByCore().SelectMany(secret => Late(makers[secret], "the core", hasFlux ? "packages/" : "packages/wave-", "packages/extras")),
            .. NeededByPackages().SelectMany(secret => Late(makers[secret], "packages", "packages/extras")),
        ];
    }

    // One that comes in time is enough.
    private IEnumerable<GuardFinding> Late(IEnumerable<OwnObject> makers, string waiting, params string[] folders)
    {
        var late = makers.Where(own => folders.Any(folder => own.Folder.StartsWith(folder, StringComparison.Ordinal))).ToList();
        return late.Count < makers.Count()
            ? []
            : late.Select(own =>
                Wrong(
                    own,
                    $"{own.Identity} makes the Secret that {waiting} cannot be pulled without, but is applied only when {(waiting == "packages" ? "they are" : "it is")} healthy.",
                    waiting == "packages" || !hasFlux
                        ? "Write it below packages/prerequisites/."
                        : $"Write it below crossplane/, with the Namespace {@namespace} beside it, or have something else make it."
                )
            );
    }

    // kustomize-controller applies nothing of a folder in which an object has no namespace to go to; the HelmRelease that makes it is in there, too.
    private IEnumerable<GuardFinding> WithoutNamespace() =>
        objects.Any(own => own is { Folder: OwnFiles.Core, Identity: { Group: "v1", Kind: "Namespace" } } && own.Identity.Name == @namespace)
        || @namespace == environment.Settings.GitOps.Flux!.Namespace
            ? []
            : objects
                .Where(own => own.Folder == OwnFiles.Core && own.Namespace == @namespace)
                .Select(own =>
                    Wrong(
                        own,
                        $"{own.Identity} needs the namespace {@namespace}, which comes only with the HelmRelease beside it: Flux applies neither.",
                        "Add a template with the Namespace to crossplane/, or write the object below packages/prerequisites/."
                    )
                );

    private IEnumerable<string> NeededByCore() => Names(environment.Core?.Values["imagePullSecrets"]);

    private IEnumerable<string> NeededByPackages() =>
        environment
            .ImageConfigs.Select(config => config.PullSecret)
            .OfType<string>()
            .Concat(environment.Waves.SelectMany(wave => wave.Packages).SelectMany(package => Names(package.Spec?["packagePullSecrets"])))
            .Distinct();

    private static IEnumerable<string> Names(YamlNode? list) =>
        (list as YamlSequence)?.Items.Select(item => YamlScalar.TextOf(item) ?? YamlScalar.TextOf((item as YamlMapping)?["name"])).OfType<string>()
        ?? [];

    private static GuardFinding Wrong(OwnObject own, string problem, string fix) =>
        new(new(Rules.ArrivesTooLate, problem, fix, own.Node.Span), [own.File.Path.Value]);
}
