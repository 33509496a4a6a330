using GitOpsGen.Planning;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Guards;

/// <summary>
/// Whether the engine applies what the user's templates add to an environment, and early enough. Folders of the user's own are free: something
/// else may apply them.
/// </summary>
/// <param name="templates">The built-in templates and the user's.</param>
/// <param name="tree">The rendered files.</param>
/// <param name="build">What Kustomize builds of them.</param>
/// <param name="output">The output folder, with which the paths of findings begin.</param>
internal sealed class OwnObjects(TemplateSet templates, FileTree tree, OutputBuild build, RelativePath output)
{
    private static readonly string[] OfEngines = ["packages", OwnFiles.Core, OwnFiles.ArgoCd, OwnFiles.Flux];

    private readonly ILookup<string, OutputFile> byEnvironment = tree
        .Files.Where(file =>
            file.Path.Value.StartsWith("overlays/", StringComparison.Ordinal)
            && file.Template is not null
            && templates.OfFile(file.Template)?.IsUsers == true
        )
        .ToLookup(file => file.Path.Value.Split('/')[1], StringComparer.Ordinal);

    /// <summary>What is wrong in one environment.</summary>
    public IEnumerable<GuardFinding> Check(EnvironmentPlan environment)
    {
        var overlay = $"overlays/{environment.Settings.Name.Value}";
        if (!environment.Settings.GitOps.HasEngine || !byEnvironment[environment.Settings.Name.Value.Value].Any())
            return [];

        var applied = build.ReadFor(AppliedFolders(environment).Select(folder => $"{overlay}/{folder}"));
        var objects = byEnvironment[environment.Settings.Name.Value.Value].SelectMany(file => ObjectsIn(file, overlay)).ToList();
        return
        [
            .. objects
                .Where(node => node.IsInFolderOfEngines && !applied.Contains(node.File.Path.Value))
                .Select(node => Unapplied(node, environment)),
            .. new ArrivalOrder(environment, [.. objects.Where(node => applied.Contains(node.File.Path.Value))]).Findings(),
        ];
    }

    // Flux applies the folders below packages/ one by one.
    private static IEnumerable<string> AppliedFolders(EnvironmentPlan environment) =>
        environment.Settings.GitOps.ArgoCd is not null
            ? ["packages", OwnFiles.ArgoCd]
            :
            [
                OwnFiles.Core,
                OwnFiles.Prerequisites,
                OwnFiles.Extras,
                OwnFiles.Flux,
                .. environment.Waves.Select(wave => OwnFiles.Wave(wave.Number)),
            ];

    private IEnumerable<OwnObject> ObjectsIn(OutputFile file, string overlay)
    {
        if (!OutputFolders.IsYaml(file.Path) || Kustomization.IsFileName(file.Path.Name))
            return [];

        var folder = file.Path.Parent!.Value;
        var first = file.Path.Value.Split('/') is [_, _, var segment, _, ..] ? segment : "";
        return KubernetesDocuments
            .Flatten(YamlReader.ReadAll(file.Path.Below(output).Value, file.Content.Span).Value)
            .OfType<YamlMapping>()
            .Where(document => ObjectIdentity.Of(document) is not null)
            .Select(document => new OwnObject(document, file, OwnFiles.FolderOf(file.Path.Value) ?? "", folder)
            {
                IsInFolderOfEngines = folder == overlay || OfEngines.Contains(first, StringComparer.Ordinal),
            });
    }

    private static GuardFinding Unapplied(OwnObject own, EnvironmentPlan environment)
    {
        var hasArgoCd = environment.Settings.GitOps.ArgoCd is not null;
        var isListedThere =
            AppliedFolders(environment).Contains(own.Folder) || (hasArgoCd && own.Folder.StartsWith("packages/", StringComparison.Ordinal));
        var reason =
            isListedThere ? "the kustomization there does not list it"
            : own.Folder == OwnFiles.Core ? "Argo CD reads only the values there"
            : $"{(hasArgoCd ? "Argo CD" : "Flux")} does not look there";
        return new(
            new(
                Rules.NothingApplies,
                $"{own.Identity} is in {own.Place}, where nothing applies it: {reason}.",
                isListedThere ? "List it in the kustomization; its template can print what your templates add (docs/templates.md)."
                    : hasArgoCd ? "Write it below packages/prerequisites/ (before the packages) or packages/extras/ (after them)."
                    : "Write it below packages/prerequisites/ (before the packages), packages/extras/ (after them) or crossplane/ (with the core).",
                own.Node.Span
            ),
            [own.File.Path.Value]
        );
    }
}

/// <summary>An object that a template of the user's writes.</summary>
/// <param name="Node">The object.</param>
/// <param name="File">Its file.</param>
/// <param name="Folder">The folder that lists it, below the overlay; empty for none.</param>
/// <param name="Place">The folder that it is in.</param>
internal sealed record OwnObject(YamlMapping Node, OutputFile File, string Folder, string Place)
{
    /// <summary>Whether it is where only an engine of the settings would look.</summary>
    public bool IsInFolderOfEngines { get; init; }

    public ObjectIdentity Identity { get; } = ObjectIdentity.Of(Node)!.Value;

    public string? Namespace { get; } = Node.StringAt("metadata", "namespace");

    /// <summary>The name of the Secret that it is, or that a controller makes of it; <see langword="null"/> for everything else.</summary>
    public string? Secret =>
        Identity.Kind switch
        {
            "ExternalSecret" => Node.StringAt("spec", "target", "name") ?? Identity.Name,
            "SealedSecret" => Node.StringAt("spec", "template", "metadata", "name") ?? Identity.Name,
            var kind when kind.EndsWith("Secret", StringComparison.Ordinal) => Identity.Name,
            _ => null,
        };
}
