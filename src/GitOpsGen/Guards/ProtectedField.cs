namespace GitOpsGen.Guards;

/// <summary>A field of a built object in which the user's templates have to agree with the built-in ones. All other fields are free.</summary>
/// <param name="Path">The keys that lead to it.</param>
/// <param name="IsKept">Whether what the user's templates give is as good as what the built-in ones give; either may be absent.</param>
internal sealed record ProtectedField(ImmutableArray<string> Path, Func<YamlNode?, YamlNode?, bool> IsKept)
{
    private static readonly string[] Deleting = ["Replace", "Force"];

    // What Kustomize, or an engine, does to every object that its own manifest names: only labels are free there.
    private static readonly string[] HarmlessInArgo =
    [
        "version",
        "commonLabels",
        "forceCommonLabels",
        "labelWithoutSelector",
        "labelIncludeTemplates",
    ];
    private static readonly string[] OfSource = ["repoURL", "targetRevision", "path", "chart", "directory", "plugin"];

    // Kustomize keeps notes for itself in annotations. One of these drops an object, another one renames it.
    private static readonly string[] OfKustomize = ["internal.config.kubernetes.io/", "config.kubernetes.io/local-config"];
    private static readonly string[] OfEngines = ["argocd.argoproj.io/", "kustomize.toolkit.fluxcd.io/", .. OfKustomize];

    private static readonly ImmutableArray<ProtectedField> OfPackages =
    [
        new(["apiVersion"], Same),
        new(["spec", "package"], Same),
        new(["spec", "skipDependencyResolution"], SameFlag),
        new(["spec", "runtimeConfigRef", "name"], Kept),
        Annotation("crossplane.io/paused", Same),
    ];

    // What an engine is told about an object: its place in the order, and what would delete it, or replace it by deleting it first.
    private static readonly ImmutableArray<ProtectedField> OfAll =
    [
        new(["metadata", "namespace"], Same),
        new(["metadata", "annotations"], (_, there) => HasNone(there, OfKustomize)),
        Annotation("argocd.argoproj.io/sync-options", KeepsOptions),
        Annotation("argocd.argoproj.io/compare-options", KeepsOptions),
        Annotation("argocd.argoproj.io/sync-wave", Kept),
        Annotation("argocd.argoproj.io/hook", Same),
        Annotation("argocd.argoproj.io/hook-delete-policy", Same),
        Annotation("helm.sh/hook", Same),
        Annotation("kustomize.toolkit.fluxcd.io/prune", Kept),
        Annotation("kustomize.toolkit.fluxcd.io/force", Same),
        Annotation("kustomize.toolkit.fluxcd.io/reconcile", Same),
        Annotation("kustomize.toolkit.fluxcd.io/ssa", Same),
        Annotation("kustomize.toolkit.fluxcd.io/substitute", Kept),
    ];

    private static readonly Dictionary<string, ImmutableArray<ProtectedField>> ByKind = new(StringComparer.Ordinal)
    {
        ["Provider.pkg.crossplane.io"] = OfPackages,
        ["Function.pkg.crossplane.io"] = OfPackages,
        ["Configuration.pkg.crossplane.io"] = OfPackages,
        ["ImageConfig.pkg.crossplane.io"] =
        [
            new(["spec", "matchImages"], SamePrefixes),
            new(["spec", "rewriteImage"], Same),
            new(["spec", "registry", "authentication", "pullSecretRef", "name"], Kept),
        ],
        ["Application.argoproj.io"] =
        [
            .. OfSource.Select(key => new ProtectedField(["spec", "source", key], Same)),
            new(["spec", "source", "kustomize"], (_, there) => IsHarmless(there)),
            new(["spec", "source", "helm"], Same),
            new(["spec", "sources"], SameSources),
            new(["spec", "sources"], SameHelmValues) { Rule = Rules.ValuesChanged },
        ],
        ["Kustomization.kustomize.toolkit.fluxcd.io"] =
        [
            new(["spec", "path"], Same),
            new(["spec", "dependsOn"], KeepsNames),
            new(["spec", "sourceRef"], Same),
            new(["spec", "kubeConfig"], Same),
            new(["spec", "postBuild", "substituteFrom"], Kept),
            new(["spec", "wait"], SameFlag),
            new(["spec", "suspend"], SameFlag),
            new(["spec", "force"], SameFlag),
            new(["spec", "commonMetadata", "annotations"], (_, there) => HasNone(there, OfEngines)),
            .. ((string[])["patches", "patchesStrategicMerge", "patchesJson6902", "images", "components", "namePrefix", "nameSuffix"]).Select(
                key => new ProtectedField(["spec", key], Same)
            ),
            new(["spec", "targetNamespace"], Same),
        ],
        ["HelmRelease.helm.toolkit.fluxcd.io"] =
        [
            new(["spec", "values"], Same) { Rule = Rules.ValuesChanged },
            new(["spec", "valuesFrom"], Same) { Rule = Rules.ValuesChanged },
            new(["spec", "chartRef"], Same),
            new(["spec", "chart", "spec", "chart"], Same),
            new(["spec", "chart", "spec", "version"], Same),
            new(["spec", "chart", "spec", "sourceRef"], Same),
            new(["spec", "releaseName"], Same),
            new(["spec", "targetNamespace"], Same),
            new(["spec", "storageNamespace"], Same),
            new(["spec", "kubeConfig"], Same),
            new(["spec", "suspend"], SameFlag),
        ],
        ["OCIRepository.source.toolkit.fluxcd.io"] = [new(["spec", "url"], Same), new(["spec", "ref"], Same), new(["spec", "suspend"], SameFlag)],
        ["HelmRepository.source.toolkit.fluxcd.io"] = [new(["spec", "url"], Same), new(["spec", "suspend"], SameFlag)],
    };

    private static readonly string[] HelmValues = ["valueFiles", "values", "valuesObject", "parameters", "fileParameters"];

    /// <summary>The rule that is broken, where it is not the one of the object.</summary>
    public Rule? Rule { get; init; }

    /// <summary>The field as a sentence names it.</summary>
    public string Name => string.Join('.', Path);

    /// <summary>What is protected in objects of a kind.</summary>
    public static IEnumerable<ProtectedField> Of(ObjectIdentity kind) =>
        ByKind.TryGetValue($"{kind.Kind}.{kind.Group}", out var fields) ? fields.Concat(OfAll) : OfAll;

    /// <summary>What is there in an object; <see langword="null"/> where nothing is.</summary>
    public YamlNode? In(YamlNode target) => Path.Aggregate((YamlNode?)target, (node, key) => (node as YamlMapping)?[key]);

    private static ProtectedField Annotation(string name, Func<YamlNode?, YamlNode?, bool> isKept) => new(["metadata", "annotations", name], isKept);

    private static bool Same(YamlNode? builtIn, YamlNode? there) => NodeEquality.Instance.Equals(builtIn, there);

    // What the built-in templates leave open is free.
    private static bool Kept(YamlNode? builtIn, YamlNode? there) => builtIn is null || Same(builtIn, there);

    private static bool SameFlag(YamlNode? builtIn, YamlNode? there) =>
        IsOn(builtIn) == IsOn(there) && there is null or YamlScalar { Kind: ScalarKind.Boolean };

    private static bool IsOn(YamlNode? node) => node is YamlScalar { IsTrue: true };

    // Further options are free, unless they take back what is there, or have an object deleted first.
    private static bool KeepsOptions(YamlNode? builtIn, YamlNode? there)
    {
        var (guards, options) = (OptionsOf(builtIn), OptionsOf(there));
        return guards.All(options.Contains)
            && !options.Except(guards).Select(KeyOf).Intersect(guards.Select(KeyOf).Concat(Deleting), StringComparer.OrdinalIgnoreCase).Any();
    }

    private static string[] OptionsOf(YamlNode? node) => YamlScalar.TextOf(node)?.Split(',', StringSplitOptions.TrimEntries) ?? [];

    private static string KeyOf(string option) => option.Split('=')[0];

    private static bool SamePrefixes(YamlNode? builtIn, YamlNode? there) =>
        there is YamlSequence list && list.Items.Select(PrefixOf).SequenceEqual(((YamlSequence)builtIn!).Items.Select(PrefixOf));

    // A match without a type is one by prefix.
    public static string? PrefixOf(YamlNode match) =>
        match is YamlMapping mapping && (mapping["type"] is null || YamlScalar.TextOf(mapping["type"]) == "Prefix")
            ? YamlScalar.TextOf(mapping["prefix"])
            : null;

    private static bool KeepsNames(YamlNode? builtIn, YamlNode? there) => !NamesOf(builtIn).Except(NamesOf(there)).Any();

    private static IEnumerable<string?> NamesOf(YamlNode? node) =>
        node is YamlSequence list ? list.Items.Select(item => YamlScalar.TextOf((item as YamlMapping)?["name"])) : [];

    private static bool HasNone(YamlNode? there, string[] prefixes) =>
        there is not YamlMapping mapping
        || !mapping.Entries.Any(entry => prefixes.Any(prefix => entry.Key.Text.StartsWith(prefix, StringComparison.Ordinal)));

    private static bool IsHarmless(YamlNode? there) =>
        there is null or YamlScalar { Kind: ScalarKind.Null }
        || there is YamlMapping mapping && mapping.Entries.All(entry => HarmlessInArgo.Contains(entry.Key.Text, StringComparer.Ordinal));

    // Argo CD ignores 'source' where there is a list, too. A further source could bring anything.
    private static bool SameSources(YamlNode? builtIn, YamlNode? there)
    {
        var (wanted, sources) = ((builtIn as YamlSequence)?.Items ?? [], (there as YamlSequence)?.Items ?? []);
        return wanted.Length == sources.Length
            && wanted
                .Zip(sources)
                .All(pair =>
                    pair is (YamlMapping source, YamlMapping other)
                    && OfSource.All(key => Same(source[key], other[key]))
                    && IsHarmless(other["kustomize"])
                );
    }

    private static bool SameHelmValues(YamlNode? builtIn, YamlNode? there) =>
        HelmValues.All(key => ValuesOf(builtIn, key).SequenceEqual(ValuesOf(there, key), NodeEquality.Instance));

    private static IEnumerable<YamlNode> ValuesOf(YamlNode? sources, string key) =>
        (sources as YamlSequence)?.Items.Select(source => source.At("helm", key)).OfType<YamlNode>() ?? [];
}

/// <summary>What a cluster knows an object by, whatever its version or namespace.</summary>
internal readonly record struct ObjectIdentity(string Group, string Kind, string Name)
{
    private const string PackageGroup = "pkg.crossplane.io";

    // Crossplane makes the revisions itself; one that somebody writes runs an image, too.
    private static readonly string[] Installing =
    [
        "Provider",
        "Function",
        "Configuration",
        "ProviderRevision",
        "FunctionRevision",
        "ConfigurationRevision",
    ];

    /// <summary>Whether it is of Crossplane's packages, or what they need.</summary>
    public bool IsOfPackages => Group == PackageGroup;

    /// <summary>Whether it installs a package.</summary>
    public bool IsPackage => IsOfPackages && Installing.Contains(Kind, StringComparer.Ordinal);

    /// <summary>The identity of a document; <see langword="null"/> where it is not an object. One without a name has an empty one.</summary>
    public static ObjectIdentity? Of(YamlNode node) =>
        node is YamlMapping mapping && YamlScalar.TextOf(mapping["apiVersion"]) is { } version && YamlScalar.TextOf(mapping["kind"]) is { } kind
            ? new(version.Split('/')[0], kind, mapping.StringAt("metadata", "name") ?? "")
            : null;

    public override string ToString() => Excerpt.Of($"{Kind} {Name}");
}
