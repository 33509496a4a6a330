namespace GitOpsGen.Validation.Builds;

/// <summary>
/// What a kustomization of the output says: resources, components, patches, labels and annotations. What else could change an object is
/// not followed, and reported.
/// </summary>
internal sealed class Kustomization
{
    private const string Group = "kustomize.config.k8s.io";

    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
    private static readonly string[] PatchKeys = ["path", "patch", "target", "options"];
    private static readonly string[] LabelKeys = ["pairs", "includeSelectors", "includeTemplates", "fields"];
    private static readonly string[] GeneratorKeys = ["name", "namespace", "behavior", "files", "literals", "envs", "env", "options", "type"];
    private static readonly string[] OptionKeys = ["labels", "annotations", "disableNameSuffixHash", "immutable"];
    private static readonly string[] SortKeys = ["order", "legacySortOptions"];
    private static readonly string[] LegacySortKeys = ["orderFirst", "orderLast"];
    private static readonly string[] RenamingKeys = ["namePrefix", "nameSuffix", "namespace"];

    private readonly DiagnosticBag findings = new(DiagnosticBag.ReadableLimit);
    private readonly DiagnosticBag gaps = new(DiagnosticBag.ReadableLimit);

    /// <param name="content">The document.</param>
    /// <param name="folder">Its folder below the output; empty for the output itself.</param>
    public Kustomization(YamlMapping content, string folder)
    {
        Folder = folder;
        IsComponent = YamlScalar.TextOf(content["kind"]) == "Component";
        ConfigMaps = content["configMapGenerator"];
        Generates = Items(content, "configMapGenerator").Concat(Items(content, "secretGenerator")).Any();
        CheckKeys(content);
        KeepsOrder = ReadOrder(content["sortOptions"]);
        Resources = [.. Items(content, "resources").Select(item => NonEmptyText(item, "An entry of 'resources'")).OfType<YamlScalar>()];
        Components = [.. Items(content, "components").Select(item => NonEmptyText(item, "An entry of 'components'")).OfType<YamlScalar>()];
        Patches = [.. Items(content, "patches").Select(ReadPatch).OfType<KustomizationPatch>()];
        Labels = [.. ReadLabels(content)];
        Annotations = [.. ReadTexts(content, "commonAnnotations")];
        Mentioned =
        [
            .. content.Scalars().Select(scalar => Resolve(scalar.Text[(scalar.Text.IndexOf('=', StringComparison.Ordinal) + 1)..])).OfType<string>(),
        ];
    }

    public string Folder { get; }

    /// <summary>Files and folders with objects.</summary>
    public ImmutableArray<YamlScalar> Resources { get; }

    /// <summary>Whether it is a component: what it does, it does to the objects of the kustomization that names it.</summary>
    public bool IsComponent { get; }

    /// <summary>Folders with components.</summary>
    public ImmutableArray<YamlScalar> Components { get; }

    /// <summary>What is changed in single objects, in this order.</summary>
    public ImmutableArray<KustomizationPatch> Patches { get; }

    /// <summary>
    /// Whether its objects are printed, and so applied, in the order in which they are listed, if it is what is built. Without it, Kustomize sorts
    /// them by kind.
    /// </summary>
    public bool KeepsOrder { get; }

    /// <summary>Labels of every object.</summary>
    public ImmutableArray<LabelSet> Labels { get; }

    /// <summary>Annotations of every object.</summary>
    public ImmutableArray<YamlEntry> Annotations { get; }

    /// <summary>The paths of the files and folders with objects.</summary>
    public IEnumerable<string> ResourcePaths => Resources.Select(entry => Resolve(entry.Text)).OfType<string>();

    /// <summary>The paths of all that its objects are made of, in order.</summary>
    public IEnumerable<string> BuiltFrom =>
        Resources
            .Concat(Components)
            .Concat(Patches.Where(patch => !patch.IsInline).Select(patch => patch.Source))
            .Select(entry => Resolve(entry.Text))
            .OfType<string>();

    /// <summary>Every path that it mentions in any way; from a generator's <c>key=file</c>, the part that is a path.</summary>
    public ImmutableHashSet<string> Mentioned { get; }

    /// <summary>Whether it changes its resources.</summary>
    public bool ChangesObjects => !Components.IsEmpty || !Patches.IsEmpty || !Labels.IsEmpty || !Annotations.IsEmpty;

    /// <summary>Whether it makes ConfigMaps or Secrets, which are in no file.</summary>
    public bool Generates { get; }

    /// <summary>What it says about the ConfigMaps that it makes.</summary>
    public YamlNode? ConfigMaps { get; }

    /// <inheritdoc cref="BuiltFolder.Renaming"/>
    public ImmutableArray<SourceSpan> Renaming { get; private set; } = [];

    /// <summary>Why Kustomize refuses it.</summary>
    public ImmutableArray<Diagnostic> Findings => findings.ToImmutable();

    /// <summary>What could change objects but is not applied here.</summary>
    public ImmutableArray<Diagnostic> Gaps => gaps.ToImmutable();

    /// <summary>Whether a file of this name is a kustomization.</summary>
    public static bool IsFileName(string name) => FileNames.Contains(name, StringComparer.Ordinal);

    /// <inheritdoc cref="RelativePath.Resolve"/>
    public string? Resolve(string entry) => RelativePath.Resolve(Folder, entry);

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
                Renaming = RenamingKeys.Contains(key.Text, StringComparer.Ordinal) ? Renaming.Add(key.Span) : Renaming;
                Leave(key, $"'{key.Text}'");
            }
        }

        var (version, kind) = ((content["apiVersion"] as YamlScalar)?.Text ?? "", (content["kind"] as YamlScalar)?.Text ?? "");
        if (
            kind is not ("" or "Kustomization" or "Component")
            || version.Length > 0 && version != $"{Group}/{(IsComponent ? "v1alpha1" : "v1beta1")}"
        )
        {
            Refuse(
                content[kind is "" or "Kustomization" or "Component" ? "apiVersion" : "kind"]!,
                $"This is not a Kustomization of {Group}/v1beta1",
                "Correct apiVersion and kind, or leave both out."
            );
        }

        foreach (var map in Items(content, "configMapGenerator").Concat(Items(content, "secretGenerator")).OfType<YamlMapping>())
        {
            // Kustomize reads 'Behavior', too; here every key has one spelling.
            RefuseOthers(map, GeneratorKeys, "A generator");
            if (map["options"] is YamlMapping options)
                RefuseOthers(options, OptionKeys, "The options of a generator");

            if (map["behavior"] is { } behavior && YamlScalar.TextOf(behavior) != "create")
                Leave(behavior, "'behavior'");
        }
    }

    private bool ReadOrder(YamlNode? node)
    {
        if (node is null or YamlScalar { Kind: ScalarKind.Null })
            return false;

        if (node is not YamlMapping options)
        {
            Refuse(node, "'sortOptions' is not a mapping", "Give it 'order'.");
            return false;
        }

        RefuseOthers(options, SortKeys, "'sortOptions'");
        var order = YamlScalar.TextOf(options["order"]);
        if (order is not ("fifo" or "legacy"))
            Refuse(options["order"] ?? options, "The 'order' of 'sortOptions' is neither fifo nor legacy", "Write one of them.");

        if (options["legacySortOptions"] is { } legacy and not YamlScalar { Kind: ScalarKind.Null })
            CheckLegacyOrder(legacy, order);

        return order == "fifo";
    }

    private void CheckLegacyOrder(YamlNode node, string? order)
    {
        if (order == "fifo" || node is not YamlMapping kinds)
        {
            Refuse(node, "'legacySortOptions' is not a mapping beside 'order: legacy'", "Remove it, or correct it.");
            return;
        }

        RefuseOthers(kinds, LegacySortKeys, "'legacySortOptions'");
        foreach (var kind in LegacySortKeys.SelectMany(key => Items(kinds, key)).Where(kind => kind is not YamlScalar { Kind: ScalarKind.String }))
            Refuse(kind, "A kind of 'legacySortOptions' is not a string", "Write the name of a kind.");
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

    private KustomizationPatch? ReadPatch(YamlNode item)
    {
        if (item is not YamlMapping patch)
        {
            Refuse(item, "A patch is not a mapping", "Give it the path of its file.");
            return null;
        }

        RefuseOthers(patch, PatchKeys, "A patch");
        var (file, inline) = (patch["path"], patch["patch"]);
        if (file is not null && inline is not null)
        {
            Refuse(inline, "A patch has both 'path' and 'patch'", "Keep one of them.");
            return null;
        }

        if (patch["options"] is not null)
        {
            Leave(patch, "A patch with options");
            return null;
        }

        var target = patch["target"] is YamlMapping selector ? PatchTarget.Read(selector) : null;
        if (patch["target"] is not null && target is null)
        {
            Leave(patch["target"]!, "This target");
            return null;
        }

        return NonEmptyText(file ?? inline ?? patch, file is null && inline is not null ? "The text of a patch" : "The path of a patch") is { } source
            ? new(source, source == inline, target)
            : null;
    }

    private IEnumerable<LabelSet> ReadLabels(YamlMapping content)
    {
        foreach (var item in Items(content, "labels"))
        {
            if (item is not YamlMapping set)
            {
                Refuse(item, "An entry of 'labels' is not a mapping", "Give it 'pairs'.");
                continue;
            }

            RefuseOthers(set, LabelKeys, "An entry of 'labels'");
            if (set["fields"] is not (null or YamlSequence { Items.IsEmpty: true }))
                Leave(set["fields"]!, "'fields'");

            var pairs = ReadTexts(set, "pairs").ToImmutableArray();
            if (!pairs.IsEmpty)
                yield return new(pairs, IsTrue(set["includeSelectors"]) || IsTrue(set["includeTemplates"]));
        }

        var common = ReadTexts(content, "commonLabels").ToImmutableArray();
        if (!common.IsEmpty)
            yield return new(common, ReachesInside: true);
    }

    private static bool IsTrue(YamlNode? node) =>
        node is YamlScalar { Kind: ScalarKind.Boolean } flag && flag.Text.Equals("true", StringComparison.OrdinalIgnoreCase);

    private IEnumerable<YamlEntry> ReadTexts(YamlMapping content, string key)
    {
        if (content[key] is not YamlMapping texts)
        {
            if (content[key] is YamlSequence or YamlScalar { Kind: not ScalarKind.Null })
                Refuse(content[key]!, $"'{key}' is not a mapping", "Give names with their values.");

            return [];
        }

        foreach (var (name, value) in texts.Entries.Where(entry => entry.Value is not YamlScalar { Kind: ScalarKind.String }))
            Refuse(value, $"The value of '{Excerpt.Of(name.Text)}' is not a string", "Quote it.");

        foreach (var problem in texts.KeysAndScalars().Select(KustomizeText.FindProblem).OfType<Diagnostic>())
            findings.Add(problem);

        return texts.Entries.Where(entry => entry.Value is YamlScalar { Kind: ScalarKind.String });
    }

    private void RefuseOthers(YamlMapping mapping, string[] known, string what)
    {
        foreach (var (key, _) in mapping.Entries.Where(entry => !known.Contains(entry.Key.Text, StringComparer.Ordinal)))
            Refuse(key, $"{what} has no key '{Excerpt.Of(key.Text)}'", "Remove it, or correct its name.");
    }

    private YamlScalar? NonEmptyText(YamlNode node, string what)
    {
        if (node is YamlScalar { Kind: ScalarKind.String, Text.Length: > 0 } scalar)
            return scalar;

        Refuse(node, $"{what} is not a path", "Name a file or folder.");
        return null;
    }

    private void Refuse(YamlNode at, string what, string fix) =>
        findings.Add(Rules.KustomizationBroken, at.Span, $"{what}: the kustomization cannot be built.", fix);

    private void Leave(YamlNode at, string what) =>
        gaps.Add(
            Rules.NotEvaluated,
            at.Span,
            $"{what} of this kustomization is not followed: the objects may be others than those that were checked.",
            "Check what kubectl kustomize builds, too."
        );
}

/// <summary>Labels that every object gets.</summary>
/// <param name="Pairs">The labels.</param>
/// <param name="ReachesInside">Whether selectors and templates of pods get them, too.</param>
internal sealed record LabelSet(ImmutableArray<YamlEntry> Pairs, bool ReachesInside);

/// <summary>
/// The keys of a kustomization (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/), by their effect here. Kustomize
/// refuses every other key.
/// </summary>
internal static class KustomizationKeys
{
    private static readonly HashSet<string> Applied = Set(
        "apiVersion",
        "kind",
        "resources",
        "components",
        "patches",
        "labels",
        "commonLabels",
        "commonAnnotations",
        "sortOptions"
    );

    /// <summary>What changes no object of a file: what is generated is an object of its own, and build metadata are annotations of Kustomize's.</summary>
    private static readonly HashSet<string> WithoutEffect = Set(
        "buildMetadata",
        "metadata",
        "configMapGenerator",
        "secretGenerator",
        "generatorOptions"
    );

    private static readonly HashSet<string> NotApplied = Set(
        "bases",
        "configurations",
        "crds",
        "generators",
        "helmChartInflationGenerator",
        "helmCharts",
        "helmGlobals",
        "imageTags",
        "images",
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

    /// <summary>Whether Kustomize knows the key.</summary>
    public static bool IsKnown(string key) => Applied.Contains(key) || WithoutEffect.Contains(key) || NotApplied.Contains(key);

    /// <summary>Whether the key can change objects in a way that is not applied here.</summary>
    public static bool IsNotApplied(string key) => NotApplied.Contains(key);

    private static HashSet<string> Set(params string[] keys) => keys.ToHashSet(StringComparer.Ordinal);
}
