using System.Collections.Immutable;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>
/// A strategic-merge patch as Kustomize applies it to custom resources, whose lists have no merge keys: a JSON merge patch
/// (RFC 7386). Mappings merge key by key, everything else replaces, null removes.
/// </summary>
internal static class MergePatch
{
    /// <summary>The patched mapping; each value stands where it was written.</summary>
    public static YamlMapping Apply(YamlMapping target, YamlMapping patch)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>(target.Entries.Length + patch.Entries.Length);
        foreach (var entry in target.Entries)
        {
            switch (patch[entry.Key.Text])
            {
                case null:
                    entries.Add(entry);
                    break;
                case YamlScalar { Kind: ScalarKind.Null }:
                    break;
                case YamlMapping inner:
                    entries.Add(new(entry.Key, Apply(entry.Value as YamlMapping ?? Empty(inner), inner)));
                    break;
                case var value:
                    entries.Add(new(entry.Key, value));
                    break;
            }
        }

        foreach (var entry in patch.Entries.Where(e => target[e.Key.Text] is null && e.Value is not YamlScalar { Kind: ScalarKind.Null }))
        {
            entries.Add(entry.Value is YamlMapping inner ? new(entry.Key, Apply(Empty(inner), inner)) : entry);
        }

        return new(entries.ToImmutable(), patch.Span);
    }

    private static YamlMapping Empty(YamlMapping at) => new([], at.Span);
}
