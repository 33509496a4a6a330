using System.Collections.Immutable;
using GitOpsGen.Yaml;

namespace GitOpsGen.Settings;

/// <summary>
/// Merges <c>defaults</c> under an environment: maps key by key, lists and scalars replace. <c>registry</c> and
/// <c>destination</c> replace as a whole, since half of one and half of another would be a place that nobody meant.
/// </summary>
internal static class DefaultsMerge
{
    public static YamlMapping Under(YamlMapping environment, YamlMapping defaults) => Merge(environment, defaults, "");

    private static YamlMapping Merge(YamlMapping own, YamlMapping under, string path)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var entry in under.Entries)
        {
            var inner = path.Length == 0 ? entry.Key.Text : $"{path}.{entry.Key.Text}";
            entries.Add(
                (own[entry.Key.Text], entry.Value) switch
                {
                    (null, _) => entry,
                    (YamlMapping mine, YamlMapping theirs) when inner is not ("registry" or "gitops.argocd.destination") => new(
                        entry.Key,
                        Merge(mine, theirs, inner)
                    ),
                    ({ } mine, _) => new(entry.Key, mine),
                }
            );
        }

        entries.AddRange(own.Entries.Where(entry => under[entry.Key.Text] is null));
        return new(entries.ToImmutable(), own.Span);
    }
}
