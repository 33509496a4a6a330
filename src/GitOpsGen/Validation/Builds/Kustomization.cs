using System.Collections.Frozen;
using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>
/// What a kustomization of the output says: resources, patches and annotations. What else could change an object is not applied, and
/// said so.
/// </summary>
internal sealed class Kustomization
{
    private const string Group = "kustomize.config.k8s.io";

    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
    private static readonly string[] PatchKeys = ["path", "patch", "target", "options"];

    private readonly DiagnosticBag findings = new(DiagnosticBag.ReadableLimit);
    private readonly DiagnosticBag gaps = new(DiagnosticBag.ReadableLimit);

    /// <param name="content">The document.</param>
    /// <param name="folder">Where it stands, below the output; empty for the output itself.</param>
    public Kustomization(YamlMapping content, string folder)
    {
        Folder = folder;
        CheckKeys(content);
        Resources = [.. Items(content, "resources").Select(item => NonEmptyText(item, "An entry of 'resources'")).OfType<YamlScalar>()];
        Patches = [.. Items(content, "patches").Select(PatchFile).OfType<YamlScalar>()];
        Annotations = [.. ReadAnnotations(content)];
        Mentioned =
        [
            .. Scalars(content).Select(scalar => Resolve(scalar.Text[(scalar.Text.IndexOf('=', StringComparison.Ordinal) + 1)..])).OfType<string>(),
        ];
    }

    public string Folder { get; }

    /// <summary>Files and folders with objects.</summary>
    public ImmutableArray<YamlScalar> Resources { get; }

    /// <summary>Files with strategic-merge patches, each for the one object that it names.</summary>
    public ImmutableArray<YamlScalar> Patches { get; }

    /// <summary>Annotations of every object.</summary>
    public ImmutableArray<YamlEntry> Annotations { get; }

    /// <summary>Every path that it names in any way; of some, such as a generator's <c>key=file</c>, the part that is a path.</summary>
    public ImmutableHashSet<string> Mentioned { get; }

    /// <summary>Whether it makes anything else of its resources.</summary>
    public bool ChangesObjects => !Patches.IsEmpty || !Annotations.IsEmpty;

    /// <inheritdoc cref="BuiltFolder.KeepsIdentities"/>
    public bool KeepsIdentities { get; private set; } = true;

    /// <summary>Why Kustomize refuses it.</summary>
    public ImmutableArray<Diagnostic> Findings => findings.ToImmutable();

    /// <summary>What changes objects in a way that is not applied here.</summary>
    public ImmutableArray<Diagnostic> Gaps => gaps.ToImmutable();

    /// <summary>Whether Kustomize takes a file of this name for a kustomization.</summary>
    public static bool IsFileName(string name) => FileNames.Contains(name, StringComparer.Ordinal);

    /// <summary>A path below the output, the output itself being empty; <see langword="null"/> where it leaves the output.</summary>
    public string? Resolve(string entry)
    {
        if (entry.StartsWith('/'))
        {
            return null;
        }

        var segments = new List<string>(Folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var segment in entry.Split('/').Where(segment => segment is not ("" or ".")))
        {
            if (segment != "..")
            {
                segments.Add(segment);
            }
            else if (segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else
            {
                return null;
            }
        }

        return string.Join('/', segments);
    }

    private void CheckKeys(YamlMapping content)
    {
        foreach (var (key, value) in content.Entries)
        {
            if (!KustomizationKeys.IsKnown(key.Text))
            {
                Refuse(key, $"A kustomization has no key '{Excerpt.Of(key.Text)}'", "Remove it, or correct its name.");
            }
            else if (
                KustomizationKeys.IsNotApplied(key.Text)
                && value is not (YamlScalar { Kind: ScalarKind.Null } or YamlSequence { Items.IsEmpty: true })
            )
            {
                Leave(key, $"'{key.Text}'", KustomizationKeys.KeepsIdentities(key.Text));
            }
        }

        var (version, kind) = ((content["apiVersion"] as YamlScalar)?.Text ?? "", (content["kind"] as YamlScalar)?.Text ?? "");
        if (kind == "Component")
        {
            Leave(content["kind"]!, "A component");
        }
        else if (kind is not ("" or "Kustomization") || version is not ("" or $"{Group}/v1beta1"))
        {
            Refuse(
                content[kind is "" or "Kustomization" ? "apiVersion" : "kind"]!,
                $"This is no Kustomization of {Group}/v1beta1",
                "Correct apiVersion and kind, or leave both out."
            );
        }
    }

    private ImmutableArray<YamlNode> Items(YamlMapping content, string key)
    {
        switch (content[key])
        {
            case null or YamlScalar { Kind: ScalarKind.Null } or YamlUnreadable:
                return [];
            case YamlSequence list:
                return list.Items;
            case var other:
                Refuse(other, $"'{key}' is not a list", "Write a list.");
                return [];
        }
    }

    private YamlScalar? PatchFile(YamlNode item)
    {
        if (item is not YamlMapping patch)
        {
            Refuse(item, "A patch is not a mapping", "Give it the path of its file.");
            return null;
        }

        foreach (var (key, _) in patch.Entries.Where(entry => !PatchKeys.Contains(entry.Key.Text, StringComparer.Ordinal)))
        {
            Refuse(key, $"A patch has no key '{Excerpt.Of(key.Text)}'", "Remove it, or correct its name.");
        }

        if (patch["patch"] is null && patch["target"] is null && patch["options"] is null)
        {
            return NonEmptyText(patch["path"] ?? patch, "The path of a patch");
        }

        Leave(patch, "A patch that is inline, or has a target or options,");
        return null;
    }

    private IEnumerable<YamlEntry> ReadAnnotations(YamlMapping content)
    {
        if (content["commonAnnotations"] is not YamlMapping annotations)
        {
            if (content["commonAnnotations"] is YamlSequence or YamlScalar { Kind: not ScalarKind.Null })
            {
                Refuse(content["commonAnnotations"]!, "'commonAnnotations' is not a mapping", "Give annotations with their values.");
            }

            return [];
        }

        foreach (var (key, value) in annotations.Entries.Where(entry => entry.Value is not YamlScalar { Kind: ScalarKind.String }))
        {
            Refuse(value, $"The value of the annotation '{Excerpt.Of(key.Text)}' is not a string", "Quote it.");
        }

        return annotations.Entries.Where(entry => entry.Value is YamlScalar { Kind: ScalarKind.String });
    }

    private YamlScalar? NonEmptyText(YamlNode node, string what)
    {
        if (node is YamlScalar { Kind: ScalarKind.String, Text.Length: > 0 } scalar)
        {
            return scalar;
        }

        Refuse(node, $"{what} is not a path", "Name a file or folder.");
        return null;
    }

    private void Refuse(YamlNode at, string what, string fix) =>
        findings.Add(Rules.KustomizationBroken, at.Span, $"{what}: the kustomization cannot be built.", fix);

    private void Leave(YamlNode at, string what, bool keepsIdentities = false)
    {
        KeepsIdentities &= keepsIdentities;
        gaps.Add(
            Rules.NotEvaluated,
            at.Span,
            $"{what} of this kustomization is not applied before its objects are checked.",
            "Check what kubectl kustomize builds, too."
        );
    }

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => [scalar],
            YamlSequence list => list.Items.SelectMany(Scalars),
            YamlMapping mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Value)),
            _ => [],
        };
}

/// <summary>
/// The keys of a kustomization (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/), by what comes of them here.
/// Kustomize refuses every other.
/// </summary>
internal static class KustomizationKeys
{
    private static readonly FrozenSet<string> Applied = Set("apiVersion", "kind", "resources", "patches", "commonAnnotations");

    /// <summary>What changes no object that is written in a file: what is generated is an object of its own.</summary>
    private static readonly FrozenSet<string> WithoutEffect = Set(
        "metadata",
        "configMapGenerator",
        "secretGenerator",
        "generatorOptions",
        "sortOptions"
    );

    private static readonly FrozenSet<string> NotApplied = Set(
        "bases",
        "buildMetadata",
        "commonLabels",
        "components",
        "configurations",
        "crds",
        "generators",
        "helmChartInflationGenerator",
        "helmCharts",
        "helmGlobals",
        "imageTags",
        "images",
        "labels",
        "namePrefix",
        "nameSuffix",
        "namespace",
        "openapi",
        "patchesJson6902",
        "patchesStrategicMerge",
        "replacements",
        "replicas",
        "transformers",
        "validators",
        "vars"
    );

    private static readonly FrozenSet<string> Labelling = Set("buildMetadata", "commonLabels", "labels");

    /// <summary>Whether Kustomize knows the key.</summary>
    public static bool IsKnown(string key) => Applied.Contains(key) || WithoutEffect.Contains(key) || NotApplied.Contains(key);

    /// <summary>Whether the key can change objects in a way that is not applied here.</summary>
    public static bool IsNotApplied(string key) => NotApplied.Contains(key);

    /// <summary>Whether the key changes neither which objects there are nor what identifies them.</summary>
    public static bool KeepsIdentities(string key) => Labelling.Contains(key);

    private static FrozenSet<string> Set(params string[] keys) => keys.ToFrozenSet(StringComparer.Ordinal);
}
