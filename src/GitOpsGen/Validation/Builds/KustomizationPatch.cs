using GitOpsGen.Validation.Schemas;

namespace GitOpsGen.Validation.Builds;

/// <summary>An entry of <c>patches</c>.</summary>
/// <param name="Source">The path of its file, or its text.</param>
/// <param name="IsInline">Whether it is the text.</param>
/// <param name="Target">Which objects it is for; <see langword="null"/> where the patch names its object itself.</param>
internal sealed record KustomizationPatch(YamlScalar Source, bool IsInline, PatchTarget? Target);

/// <summary>
/// The <c>target</c> of a patch: regular expressions about what identifies objects, and the labels and annotations that they have
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/).
/// </summary>
internal sealed class PatchTarget
{
    private static readonly string[] Patterns = ["group", "version", "kind", "name", "namespace"];
    private static readonly string[] Selectors = ["labelSelector", "annotationSelector"];

    private readonly Dictionary<string, GoPattern> patterns = [];
    private readonly Dictionary<string, ImmutableArray<(string Name, string Value)>> selectors = [];

    /// <summary>A target; <see langword="null"/> for one that cannot be followed.</summary>
    public static PatchTarget? Read(YamlMapping target)
    {
        var read = new PatchTarget();
        foreach (var (key, value) in target.Entries.Where(entry => entry.Value is not YamlScalar { Text: "" }))
        {
            if (YamlScalar.TextOf(value) is not { } text)
                return null;

            if (Patterns.Contains(key.Text, StringComparer.Ordinal))
            {
                // Kustomize puts its anchors around the text, and not around a group of it.
                read.patterns.Add(key.Text, GoPattern.Translate($"{(text[0] == '^' ? "" : "^")}{text}{(text[^1] == '$' ? "" : "$")}"));
            }
            else if (Selectors.Contains(key.Text, StringComparer.Ordinal) && Pairs(text) is { } pairs)
            {
                read.selectors.Add(key.Text, pairs);
            }
            else
            {
                return null;
            }
        }

        return read.patterns.Values.All(pattern => pattern.Problem is null) ? read : null;
    }

    /// <summary>Whether it selects an object.</summary>
    public bool IsMatch(ObjectKey key, YamlMapping content) =>
        IsMatch(key) && Has("labelSelector", content.At("metadata", "labels")) && Has("annotationSelector", content.At("metadata", "annotations"));

    /// <summary>Whether it may select an object that a kustomization makes.</summary>
    public bool MayBeGenerated => IsKind("ConfigMap") || IsKind("Secret");

    private bool IsKind(string kind) => IsMatch("group", "") && IsMatch("version", "v1") && IsMatch("kind", kind);

    private bool IsMatch(ObjectKey key)
    {
        var slash = key.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        return IsMatch("group", slash < 0 ? "" : key.ApiVersion[..slash])
            && IsMatch("version", key.ApiVersion[(slash + 1)..])
            && IsMatch("kind", key.Kind)
            && IsMatch("name", key.Name)
            && IsMatch("namespace", key.Namespace.Length == 0 ? "default" : key.Namespace);
    }

    private bool IsMatch(string field, string text) => !patterns.TryGetValue(field, out var pattern) || pattern.IsMatch(text) == true;

    private bool Has(string selector, YamlNode? there) =>
        !selectors.TryGetValue(selector, out var pairs) || pairs.All(pair => YamlScalar.TextOf((there as YamlMapping)?[pair.Name]) == pair.Value);

    // key=value, with commas between them; what else a selector can say is rare.
    private static ImmutableArray<(string Name, string Value)>? Pairs(string selector)
    {
        var pairs = selector
            .Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Replace("==", "=", StringComparison.Ordinal).Split('='))
            .ToList();
        return pairs.TrueForAll(pair => pair.Length == 2 && pair.All(IsPlain)) ? [.. pairs.Select(pair => (pair[0], pair[1]))] : null;
    }

    private static bool IsPlain(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-' or '_');
}
