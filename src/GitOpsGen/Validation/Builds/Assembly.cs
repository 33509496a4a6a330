using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>The objects of one kustomization while it is built.</summary>
internal sealed class Assembly
{
    private readonly List<(YamlNode Object, bool IsOwn)> objects = [];
    private readonly Dictionary<ObjectKey, int> places = [];
    private readonly DiagnosticBag findings = new();
    private readonly DiagnosticBag gaps = new();
    private readonly DiagnosticBag gapsOfParts = new();

    public DiagnosticBag Findings => findings;

    public DiagnosticBag Gaps => gaps;

    /// <summary>What may hide an object in the folders that it is made of. It is said there, too.</summary>
    public DiagnosticBag GapsOfParts => gapsOfParts;

    /// <summary>Whether everything that it is made of was looked at.</summary>
    public bool IsComplete { get; set; } = true;

    /// <inheritdoc cref="BuiltFolder.KeepsIdentities"/>
    public bool KeepsIdentities { get; set; } = true;

    /// <summary>Every object, as Kustomize would print it.</summary>
    public IEnumerable<YamlNode> Objects => objects.Select(pair => pair.Object);

    /// <summary>Adds a resource.</summary>
    /// <param name="document">The object.</param>
    /// <param name="isOwn">Whether it is looked at here, and not in the folder that it comes from.</param>
    /// <param name="at">What a finding that it is there already points at.</param>
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

    /// <summary>Applies a patch to the object that it names; <see langword="false"/> where there is none.</summary>
    public bool TryPatch(YamlMapping patch)
    {
        if (ObjectKey.Of(patch) is not { } key || !places.TryGetValue(key, out var at))
        {
            return false;
        }

        objects[at] = (MergePatch.Apply((YamlMapping)objects[at].Object, WithoutNamespace(patch), findings), true);
        return true;
    }

    /// <summary>Gives every object these annotations.</summary>
    public void Annotate(ImmutableArray<YamlEntry> annotations)
    {
        var span = annotations[0].Key.Span;
        var patch = Under("metadata", Under("annotations", new(annotations, span)));
        foreach (var at in places.Values)
        {
            var target = (YamlMapping)objects[at].Object;
            objects[at] = (new YamlMapping(MergePatch.Apply(target, patch, findings).Entries, target.Span), true);
        }

        YamlMapping Under(string key, YamlMapping value) => new([new(YamlScalar.String(key, span), value)], span);
    }

    public BuiltFolder ToFolder(IEnumerable<YamlNode> others) =>
        new([.. objects.Where(pair => pair.IsOwn).Select(pair => pair.Object), .. others], findings.ToImmutable(), gaps.ToImmutable(), IsComplete);

    // No patch moves an object, not even to the namespace default from none.
    private static YamlMapping WithoutNamespace(YamlMapping patch)
    {
        var metadata = (YamlMapping)patch["metadata"]!;
        return metadata["namespace"] is null ? patch : With(patch, "metadata", With(metadata, "namespace", null));
    }

    private static YamlMapping With(YamlMapping mapping, string key, YamlNode? value) =>
        new(
            [
                .. mapping
                    .Entries.Where(entry => entry.Key.Text != key || value is not null)
                    .Select(entry => entry.Key.Text == key ? new(entry.Key, value!) : entry),
            ],
            mapping.Span
        );
}

/// <summary>What one folder of the output comes to.</summary>
/// <param name="Objects">The objects, patched, that are whole here: its own, those of base folders, and others that it changes.</param>
/// <param name="Findings">Why it cannot be built.</param>
/// <param name="Gaps">What may change its objects and was not applied.</param>
/// <param name="IsComplete">Whether nothing was left out here, nor in a folder that it builds on.</param>
internal sealed record BuiltFolder(
    ImmutableArray<YamlNode> Objects,
    ImmutableArray<Diagnostic> Findings,
    ImmutableArray<Diagnostic> Gaps,
    bool IsComplete
)
{
    /// <summary>Whether nothing that was not applied can change which objects there are, or what they are named.</summary>
    public bool KeepsIdentities { get; init; } = true;

    /// <summary>What was not applied, where that can.</summary>
    public ImmutableArray<Diagnostic> Doubts => KeepsIdentities ? [] : Gaps;
}

/// <summary>What Kustomize knows an object by: a patch is for the object with the same key, and two objects of one build have two keys.</summary>
internal readonly record struct ObjectKey(string ApiVersion, string Kind, string Namespace, string Name)
{
    // Kustomize takes an object without a namespace for one in the namespace default.
    private const string DefaultNamespace = "default";

    /// <summary>The key of a document; <see langword="null"/> where it lacks what every Kubernetes object has.</summary>
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
