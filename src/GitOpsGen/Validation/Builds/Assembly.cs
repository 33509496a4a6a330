namespace GitOpsGen.Validation.Builds;

/// <summary>The objects of one kustomization while it is built.</summary>
internal sealed class Assembly
{
    // Each edit copies what it changes: without a bound, many of one object take time in the square of their number.
    private const int MostEdits = 1000;

    // What selectors of labels, or templates of pods, are in; and the objects that have any.
    private static readonly string[] WithSelectors =
    [
        "CronJob",
        "DaemonSet",
        "Deployment",
        "Job",
        "NetworkPolicy",
        "PodDisruptionBudget",
        "ReplicaSet",
        "ReplicationController",
        "Service",
        "StatefulSet",
    ];

    private readonly List<(YamlNode Object, bool IsOwn)?> objects = [];
    private readonly Dictionary<ObjectKey, int> places = [];
    private readonly DiagnosticBag findings = new();
    private readonly DiagnosticBag gaps = new();
    private readonly Dictionary<ObjectKey, int> edits = [];

    public DiagnosticBag Findings => findings;

    public DiagnosticBag Gaps => gaps;

    /// <summary>The gaps of the folders that it builds on, if they may hide an object. These folders report them, too.</summary>
    public HashSet<Diagnostic> GapsOfParts { get; } = [];

    /// <summary>
    /// Why the folders that it builds on cannot be built, each reason once, by however many of them it arrives. These folders report it, too.
    /// </summary>
    public HashSet<Diagnostic> FindingsOfParts { get; } = [];

    /// <summary>Whether everything that it builds on was checked.</summary>
    public bool IsComplete { get; set; } = true;

    /// <summary>How many components were applied, each as often as it is named.</summary>
    public int Applied { get; set; }

    /// <summary>Whether it or a part of it makes ConfigMaps or Secrets, which are not among the objects.</summary>
    public bool Generates { get; set; }

    /// <inheritdoc cref="BuiltFolder.Renaming"/>
    public HashSet<SourceSpan> Renaming { get; } = [];

    /// <summary>Whether label transformers change more of some object than its labels.</summary>
    public bool HasSelectors => places.Keys.Any(key => WithSelectors.Contains(key.Kind, StringComparer.Ordinal));

    /// <summary>Every object, as Kustomize would print it.</summary>
    public IEnumerable<YamlNode> Objects => objects.OfType<(YamlNode Object, bool IsOwn)>().Select(pair => pair.Object);

    /// <summary>Adds a resource.</summary>
    /// <param name="document">The object.</param>
    /// <param name="isOwn">Whether it is checked here, and not in the folder that it comes from.</param>
    /// <param name="at">The place of the finding if there is such an object already.</param>
    public void Add(YamlNode document, bool isOwn, YamlNode at)
    {
        var key = ObjectKey.Of(document);
        if (key is { } known && !places.TryAdd(known, objects.Count))
        {
            findings.Add(
                Rules.KustomizationBroken,
                at.Span,
                $"The kustomization has two objects {Excerpt.Of(known.ToString())}.",
                "Keep one of them."
            );
        }
        else if (key is not null || isOwn)
        {
            objects.Add((document, isOwn));
        }
    }

    /// <summary>The objects that a target selects, or that a patch is for by itself.</summary>
    public ImmutableArray<ObjectKey> Select(PatchTarget target) =>
        [.. places.Where(place => target.IsMatch(place.Key, (YamlMapping)objects[place.Value]!.Value.Object)).Select(place => place.Key)];

    public bool Has(ObjectKey key) => places.ContainsKey(key);

    /// <summary>Merges a patch into an object, which keeps its identity, or deletes it; whether it can be followed.</summary>
    public bool TryMerge(ObjectKey key, YamlMapping patch)
    {
        var at = places[key];
        if (YamlScalar.TextOf(patch["$patch"]) == "delete")
        {
            objects[at] = null;
            places.Remove(key);
            return true;
        }

        if (!MayEdit(key, 1))
            return false;

        objects[at] = (MergePatch.Apply((YamlMapping)objects[at]!.Value.Object, MergePatch.WithoutIdentity(patch), findings), true);
        return true;
    }

    /// <summary>Applies a JSON patch to an object; whether it can be followed.</summary>
    public bool TryPatch(ObjectKey key, YamlSequence patch)
    {
        if (!MayEdit(key, patch.Items.Length))
            return false;

        var at = places[key];
        var result = JsonPatch.Apply((YamlMapping)objects[at]!.Value.Object, patch);
        if (result.Problem is { } problem)
        {
            findings.Add(Rules.KustomizationBroken, patch.Span, $"The patch of {Excerpt.Of(key.ToString())} fails: {problem}.", "Correct it.");
            return true;
        }

        if (result.Object is not { } patched || ObjectKey.Of(patched) is not { } now || (now != key && places.ContainsKey(now)))
            return false;

        places.Remove(key);
        places.Add(now, at);
        objects[at] = (patched, true);
        return true;
    }

    /// <summary>Gives every object these annotations or labels.</summary>
    public void Mark(string kind, ImmutableArray<YamlEntry> entries)
    {
        var span = entries[0].Key.Span;
        var patch = Under("metadata", Under(kind, new(entries, span)));
        foreach (var at in places.Values)
        {
            var target = (YamlMapping)objects[at]!.Value.Object;
            objects[at] = (new YamlMapping(MergePatch.Apply(target, patch, findings).Entries, target.Span), true);
        }

        YamlMapping Under(string key, YamlMapping value) => new([new(YamlScalar.String(key, span), value)], span);
    }

    private bool MayEdit(ObjectKey key, int more) => (edits[key] = edits.GetValueOrDefault(key) + more) <= MostEdits;

    public BuiltFolder ToFolder(IEnumerable<YamlNode> others) =>
        new(
            [.. objects.OfType<(YamlNode Object, bool IsOwn)>().Where(pair => pair.IsOwn).Select(pair => pair.Object), .. others],
            findings.ToImmutable(),
            gaps.ToImmutable(),
            IsComplete
        );
}

/// <summary>What is built from one folder of the output.</summary>
/// <param name="Objects">The patched objects that are complete here: its own, those of base folders, and others that it changes.</param>
/// <param name="Findings">Why it cannot be built.</param>
/// <param name="Gaps">What may change its objects and was not followed.</param>
/// <param name="IsComplete">Whether nothing was left out, here or in a folder that it builds on.</param>
internal sealed record BuiltFolder(
    ImmutableArray<YamlNode> Objects,
    ImmutableArray<Diagnostic> Findings,
    ImmutableArray<Diagnostic> Gaps,
    bool IsComplete
)
{
    /// <summary>Those of the gaps that give objects other names or another namespace.</summary>
    public ImmutableHashSet<SourceSpan> Renaming { get; init; } = [];
}

/// <summary>The identity of an object for Kustomize: a patch is for the object with its key, and the keys of a build are unique.</summary>
internal readonly record struct ObjectKey(string ApiVersion, string Kind, string Namespace, string Name)
{
    // To Kustomize, an object without a namespace is in the namespace default.
    private const string DefaultNamespace = "default";

    /// <summary>The key of a document; <see langword="null"/> if it lacks what every Kubernetes object has.</summary>
    public static ObjectKey? Of(YamlNode document) =>
        document is YamlMapping mapping
        && YamlScalar.TextOf(mapping["apiVersion"]) is { Length: > 0 } version
        && YamlScalar.TextOf(mapping["kind"]) is { Length: > 0 } kind
        && mapping["metadata"] is YamlMapping metadata
        && YamlScalar.TextOf(metadata["name"]) is { Length: > 0 } name
            ? new(version, kind, YamlScalar.TextOf(metadata["namespace"]) is { } space and not DefaultNamespace ? space : "", name)
            : null;

    public override string ToString() => $"{Kind}/{Name} of {ApiVersion}";
}
