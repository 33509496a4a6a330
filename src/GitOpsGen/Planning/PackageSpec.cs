using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>
/// The fields of a package's spec that a user may set (crossplane apis/pkg/v1). Some values pass the CRD and are refused, or
/// silently ignored, by Crossplane.
/// </summary>
internal sealed class PackageSpec(EnvironmentName environment, LockEntry entry, PackageVersion? core, GraphFindings findings)
{
    private static readonly string[] Known =
    [
        "commonAnnotations", "commonLabels", "ignoreCrossplaneConstraints", "packagePullPolicy", "packagePullSecrets",
        "revisionActivationPolicy", "revisionHistoryLimit", "runtimeConfigRef",
    ];

    public void Check(YamlMapping spec, RuntimeConfigPlan? runtime)
    {
        foreach (var (key, value) in spec.Entries)
        {
            switch (key.Text)
            {
                case "package" or "skipDependencyResolution":
                    Add(Rules.PackageSpecGenerated, key.Span, $"'{key.Text}' of {entry.ObjectName} follows from the lock and from 'install'", "Remove it.");
                    break;
                case "runtimeConfigRef" when runtime is not null:
                    Add(Rules.PackageSpecGenerated, key.Span, $"{entry.ObjectName} has a runtime of its own, which 'runtimeConfigRef' would replace", "Keep 'runtime' or 'runtimeConfigRef'.");
                    break;
                case "runtimeConfigRef" when entry.Kind == PackageKind.Configuration:
                case var unknown when !Known.Contains(unknown, StringComparer.Ordinal):
                    Add(Rules.PackageSpecField, key.Span, $"The spec of a {entry.Kind} such as {entry.ObjectName} has no field '{Excerpt.Of(key.Text)}'", $"Correct the field; there are {string.Join(", ", Known)}.");
                    break;
                default:
                    CheckValue(key, value);
                    break;
            }
        }
    }

    private void CheckValue(YamlScalar key, YamlNode value)
    {
        var wanted = key.Text switch
        {
            "revisionActivationPolicy" => OneOf(value, "Automatic", "Manual"),
            "packagePullPolicy" => OneOf(value, "Always", "IfNotPresent", "Never"),
            "revisionHistoryLimit" => value is YamlScalar number && number.ToInteger() >= 0 ? null : "a whole number from 0",
            "ignoreCrossplaneConstraints" => value is YamlScalar { Kind: ScalarKind.Boolean } ? null : "true or false",
            "packagePullSecrets" => value is YamlSequence list && list.Items.All(HasName) ? null : "a list such as [{ name: registry }]",
            "runtimeConfigRef" => HasName(value) ? null : "the name of a DeploymentRuntimeConfig, such as { name: default }",
            _ => value is YamlMapping texts && texts.Entries.All(e => e.Value is YamlScalar { Kind: ScalarKind.String }) ? null : "a mapping of texts; quote numbers and booleans",
        };
        if (wanted is not null)
        {
            Add(Rules.PackageSpecValue, value.Span, $"Crossplane refuses this '{key.Text}' of {entry.ObjectName}", $"Give {wanted}.");
        }
        else if (key.Text == "commonAnnotations" && core is not null && (core.Major, core.Minor).CompareTo((2, 3)) < 0)
        {
            Add(Rules.PackageSpecValue, key.Span, $"'commonAnnotations' needs Crossplane v2.3 or later, but it is {core}", "Remove it, or move the core.");
        }
    }

    private static string? OneOf(YamlNode value, params ReadOnlySpan<string> choices) =>
        value is YamlScalar { Kind: ScalarKind.String } text && choices.Contains(text.Text) ? null : string.Join(" or ", choices);

    private static bool HasName(YamlNode node) => (node as YamlMapping)?["name"] is YamlScalar { Kind: ScalarKind.String, Text.Length: > 0 };

    private void Add(Rule rule, SourceSpan span, string message, string fix) => findings.Add([environment], new(rule, message, fix, span));
}
