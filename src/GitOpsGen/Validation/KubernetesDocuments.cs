using GitOpsGen.Yaml;

namespace GitOpsGen.Validation;

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

    // What `kubectl get -o yaml` prints for several objects; or a typed list, CustomResourceDefinitionList.
    private static bool IsList(YamlMapping mapping) =>
        mapping["kind"] is YamlScalar { Text: "List" or "CustomResourceDefinitionList" } && mapping["apiVersion"] is YamlScalar;
}
