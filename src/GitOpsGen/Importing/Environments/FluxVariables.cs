using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;

namespace GitOpsGen.Importing.Environments;

/// <summary>
/// The variables that a Kustomization of Flux fills in
/// (https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution).
/// </summary>
internal static class FluxVariables
{
    /// <summary>The values by name; what is inline counts more.</summary>
    public static ImmutableDictionary<string, string> Of(SourceObject flux, SourceTree tree, DiagnosticBag bag)
    {
        var variables = ImmutableDictionary<string, string>.Empty;
        if (flux.Spec?["postBuild"] is not YamlMapping postBuild)
            return variables;

        foreach (
            var from in ((postBuild["substituteFrom"] as YamlSequence)?.Items ?? [])
                .OfType<YamlMapping>()
                .Where(from => (from["kind"] as YamlScalar)?.Text == "ConfigMap")
        )
        {
            if (tree.ConfigMap((from["name"] as YamlScalar)?.Text)?.Content["data"] is YamlMapping data)
            {
                variables = variables.SetItems(Texts(data));
            }
            else if ((from["optional"] as YamlScalar)?.IsTrue != true)
            {
                bag.Add(
                    Rules.ImportReference,
                    from.Span,
                    $"The ConfigMap of these variables is not among the sources.",
                    "Import it too, or give the variables with --set."
                );
            }
        }

        return postBuild["substitute"] is YamlMapping inline ? variables.SetItems(Texts(inline)) : variables;
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(YamlMapping mapping) =>
        mapping.Entries.Where(e => e.Value is YamlScalar).Select(e => KeyValuePair.Create(e.Key.Text, ((YamlScalar)e.Value).Text));
}
