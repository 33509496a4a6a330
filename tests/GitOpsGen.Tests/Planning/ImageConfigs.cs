using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Planning;

/// <summary>
/// Crossplane's own matching (facts/crossplane.md, section 3; crossplane-runtime pkg/xpkg/config.go): plain prefixes of the whole
/// reference; for each purpose the longest one among the ImageConfigs that serve it; one rewrite, never a second; the Secret by
/// the rewritten reference.
/// </summary>
internal sealed class ImageConfigs(IEnumerable<JsonNode> objects)
{
    private readonly List<JsonNode> specs = [.. objects.Select(o => o["spec"]!)];

    /// <summary>The reference that is pulled. Two equally long prefixes are decided by chance: then it is both.</summary>
    public string Rewrite(string reference)
    {
        var results = Best(reference, spec => spec["rewriteImage"] is not null)
            .Select(best => best.Spec["rewriteImage"]!["prefix"]!.GetValue<string>() + reference[best.Prefix.Length..])
            .ToList();
        return results.Count == 0 ? reference : string.Join(" or ", results);
    }

    /// <summary>The Secret that a pull uses.</summary>
    /// <param name="rewritten">The reference after <see cref="Rewrite"/>.</param>
    public string? PullSecret(string rewritten)
    {
        var secrets = Best(rewritten, spec => SecretOf(spec) is not null).Select(best => SecretOf(best.Spec)!.GetValue<string>()).ToList();
        return secrets.Count == 0 ? null : string.Join(" or ", secrets);
    }

    private static JsonNode? SecretOf(JsonNode spec) => spec["registry"]?["authentication"]?["pullSecretRef"]?["name"];

    private List<(JsonNode Spec, string Prefix)> Best(string reference, Func<JsonNode, bool> serves)
    {
        var matches = specs
            .Where(serves)
            .Select(spec =>
                (
                    spec,
                    Prefix: spec["matchImages"]!
                        .AsArray()
                        .Select(match => match!["prefix"]!.GetValue<string>())
                        .Where(prefix => reference.StartsWith(prefix, StringComparison.Ordinal))
                        .MaxBy(prefix => prefix.Length)
                )
            )
            .Where(match => match.Prefix is not null)
            .ToList();
        return
        [
            .. matches
                .Where(match => match.Prefix!.Length == matches.Max(other => other.Prefix!.Length))
                .Select(match => (match.spec, match.Prefix!)),
        ];
    }
}
