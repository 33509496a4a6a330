using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>The objects of a file: its documents without the empty ones, and the items of lists in place of the lists.</summary>
internal static class KubernetesDocuments
{
    public static IEnumerable<YamlNode> Flatten(YamlStream? stream)
    {
        foreach (var document in stream?.Documents ?? [])
        {
            if (document is YamlMapping mapping && IsList(mapping) && mapping["items"] is YamlSequence items)
            {
                foreach (var item in items.Items)
                {
                    yield return item;
                }
            }
            else if (document is not YamlScalar { Kind: ScalarKind.Null })
            {
                yield return document;
            }
        }
    }

    // What `kubectl get -o yaml` prints for several objects; or a typed list. Kustomize takes whatever is called so for one.
    private static bool IsList(YamlMapping mapping) => YamlScalar.TextOf(mapping["kind"])?.EndsWith("List", StringComparison.Ordinal) == true;
}
