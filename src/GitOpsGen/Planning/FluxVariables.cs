using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>
/// What Flux would take for a variable: <c>${…}</c> in an applied object is substituted as soon as its Kustomization has a
/// variable, and since Flux 2.9 an unknown one fails. Such an object has to opt out.
/// </summary>
internal static class FluxVariables
{
    public static bool Contains(YamlNode? node) =>
        node switch
        {
            YamlScalar scalar => scalar.Text.Contains("${", StringComparison.Ordinal),
            YamlSequence list => list.Items.Any(Contains),
            YamlMapping mapping => mapping.Entries.Any(entry => Contains(entry.Key) || Contains(entry.Value)),
            _ => false,
        };
}
