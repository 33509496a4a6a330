using GitOpsGen.Packages;

namespace GitOpsGen.Planning;

/// <summary>
/// What Flux would treat as a variable: <c>${…}</c> in an applied object is substituted as soon as its Kustomization has a
/// variable, and since Flux 2.9 an unknown one fails. Such an object has to opt out, unless the settings say where variables come from.
/// </summary>
internal static partial class FluxVariables
{
    public static bool Contains(YamlNode? node) => node?.KeysAndScalars().Any(scalar => scalar.Text.Contains("${", StringComparison.Ordinal)) == true;

    /// <summary>Finds variables that nothing gives a value. Policy variables of AWS, ${aws:username}, are none.</summary>
    public static void Check(EnvironmentPlan environment, EnvironmentFindings findings)
    {
        if (environment.Settings.GitOps.Flux is not { SubstituteFrom: null })
            return;

        IEnumerable<YamlNode?> written =
        [
            environment.Core?.Values,
            .. environment.RuntimeConfigs.Select(runtime => runtime.Spec),
            .. environment.Waves.SelectMany(wave => wave.Packages).Select(package => package.Spec),
        ];
        foreach (var scalar in written.OfType<YamlNode>().SelectMany(node => node.KeysAndScalars()).Where(scalar => Variable().IsMatch(scalar.Text)))
        {
            findings.Add(
                Rules.VariableIsText,
                scalar.Span,
                $"'{Excerpt.Of(scalar.Text)}' stays as it is, because nothing says where Flux takes variables from,",
                "List the ConfigMaps and Secrets under 'gitops.flux.substituteFrom', or write the value itself."
            );
        }
    }

    // ${name}, and ${name:=with a default}; $${name} is text to Flux.
    [GeneratedRegex(@"(?<!\$)\$\{[A-Za-z_][A-Za-z0-9_]*(?:\}|:?[-=?+])")]
    private static partial Regex Variable();
}
