namespace GitOpsGen.Validation.Builds;

/// <summary>The objects of a file: its documents that are not empty, and the items of lists instead of the lists.</summary>
internal static class KubernetesDocuments
{
    public static IEnumerable<YamlNode> Flatten(YamlStream? stream)
    {
        foreach (var document in stream?.Documents ?? [])
        {
            if (document is YamlMapping mapping && IsList(mapping) && mapping["items"] is YamlSequence items)
            {
                foreach (var item in items.Items)
                    yield return item;
            }
            else if (document is not YamlScalar { Kind: ScalarKind.Null })
            {
                yield return document;
            }
        }
    }

    // `kubectl get -o yaml` prints a List for several objects. Kustomize treats every kind with this ending as a list.
    private static bool IsList(YamlMapping mapping) => YamlScalar.TextOf(mapping["kind"])?.EndsWith("List", StringComparison.Ordinal) == true;
}
