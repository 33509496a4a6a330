using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// The fields of a package's spec that a user may set (crossplane apis/pkg/v1). Some values pass the CRD, but with them a package never
/// runs. Findings name no package, so that one field under a glob is one finding.
/// </summary>
internal sealed class PackageSpec(LockEntry entry, PackageVersion? core, InstallStrategy install, EnvironmentFindings findings)
{
    private const string ActivationPolicy = "revisionActivationPolicy";

    private static readonly string[] Known =
    [
        "commonAnnotations",
        "commonLabels",
        "ignoreCrossplaneConstraints",
        "packagePullPolicy",
        "packagePullSecrets",
        ActivationPolicy,
        "revisionHistoryLimit",
        "runtimeConfigRef",
    ];

    public void Check(YamlMapping spec, bool hasRuntime)
    {
        foreach (var (key, value) in spec.Entries)
        {
            switch (key.Text)
            {
                case "skipDependencyResolution" when install == InstallStrategy.Direct && value is not YamlScalar { IsTrue: true }:
                    findings.Add(
                        Rules.PackageSpecGenerated,
                        key.Span,
                        "With 'install: direct' every package skips dependency resolution, because one that does not finds none of the others, and installs what it needs from upstream at the newest version",
                        "Remove it, or set 'install: rewrite'."
                    );
                    break;
                case "package" or "skipDependencyResolution":
                    findings.Add(Rules.PackageSpecGenerated, key.Span, $"'{key.Text}' is decided by the lock and by 'install'", "Remove it.");
                    break;
                case "runtimeConfigRef" when hasRuntime:
                    findings.Add(
                        Rules.PackageSpecGenerated,
                        key.Span,
                        "'runtimeConfigRef' is decided by 'runtime', which this package has",
                        "Keep 'runtime' or 'runtimeConfigRef'."
                    );
                    break;
                case "runtimeConfigRef" when entry.Kind == PackageKind.Configuration:
                    findings.Add(
                        Rules.PackageSpecField,
                        key.Span,
                        "The spec of a Configuration has no field 'runtimeConfigRef', because no pod runs it",
                        "Name only Providers and Functions."
                    );
                    break;
                case var unknown when !Known.Contains(unknown, StringComparer.Ordinal):
                    findings.Add(
                        Rules.PackageSpecField,
                        key.Span,
                        $"A package's spec has no field '{Excerpt.Of(key.Text)}'",
                        $"Correct the field; there are {string.Join(", ", Known)}."
                    );
                    break;
                default:
                    CheckValue(key, value);
                    break;
            }
        }
    }

    private void CheckValue(YamlScalar key, YamlNode value)
    {
        if (Wanted(key.Text, value) is { } wanted)
        {
            findings.Add(Rules.PackageSpecValue, value.Span, Refusal(key.Text), $"Give {wanted}.");
        }
        else if (key.Text == ActivationPolicy && YamlScalar.TextOf(value) == "Manual")
        {
            ReportManual(value);
        }
        else if (key.Text == "commonAnnotations" && core?.IsBefore(2, 3) == true)
        {
            findings.Add(
                Rules.PackageSpecValue,
                key.Span,
                $"'commonAnnotations' needs Crossplane v2.3 or later, but it is {core}",
                "Remove it, or upgrade the core."
            );
        }
    }

    // The old revision is deactivated and its Deployment deleted as soon as there is a new one, and revisions that nobody has decided about
    // enter the Lock, in which one source must not be twice.
    private void ReportManual(YamlNode value) =>
        findings.Add(
            new Diagnostic(
                Rules.ManualActivation,
                install == InstallStrategy.Rewrite
                    ? "With 'revisionActivationPolicy: Manual' a package stops at every update until a person activates the new revision, and a second update before that makes every package of the cluster unhealthy"
                    : "With 'revisionActivationPolicy: Manual' a package stops at every update until a person activates the new revision",
                "Remove it, or set 'spec.desiredState: Active' on each new revision as soon as it is there.",
                value.Span
            )
            {
                Severity = install == InstallStrategy.Rewrite ? Severity.Warning : Severity.Info,
            }
        );

    private static string Refusal(string field) =>
        field switch
        {
            ActivationPolicy => $"The API server takes this '{field}', but no revision is ever activated with it",
            "commonLabels" => $"No object takes this '{field}'",
            _ => $"The API server refuses this '{field}'",
        };

    /// <summary>What the field accepts; <see langword="null"/> where the value is accepted.</summary>
    private static string? Wanted(string field, YamlNode value) =>
        field switch
        {
            ActivationPolicy => OneOf(value, "Automatic", "Manual"),
            "packagePullPolicy" => OneOf(value, "Always", "IfNotPresent", "Never"),
            "revisionHistoryLimit" => value is YamlScalar { Kind: ScalarKind.Integer } number && number.ToInteger() >= 0
                ? null
                : "a whole number from 0",
            "ignoreCrossplaneConstraints" => value is YamlScalar { Kind: ScalarKind.Boolean } ? null : "true or false",
            "packagePullSecrets" => value is YamlSequence list && list.Items.All(item => IsReference(item, "name"))
                ? null
                : "a list such as [{ name: registry }]",
            "runtimeConfigRef" => IsReference(value, "apiVersion", "kind", "name")
                ? null
                : "the name of a DeploymentRuntimeConfig, such as { name: default }",
            "commonLabels" => AreTexts(value, KubernetesNames.IsLabelValue) ? null : "a mapping of labels; quote numbers and booleans",
            _ => AreTexts(value, _ => true) ? null : "a mapping of annotations; quote numbers and booleans",
        };

    private static string? OneOf(YamlNode value, params ReadOnlySpan<string> choices) =>
        value is YamlScalar { Kind: ScalarKind.String } text && choices.Contains(text.Text) ? null : string.Join(" or ", choices);

    private static bool IsReference(YamlNode node, params string[] keys) =>
        node is YamlMapping mapping
        && mapping.Entries.All(entry => keys.Contains(entry.Key.Text) && entry.Value is YamlScalar { Kind: ScalarKind.String })
        && mapping["name"] is YamlScalar name
        && KubernetesNames.IsSubdomain(name.Text);

    // A key such as $patch would even be a directive to Kustomize.
    private static bool AreTexts(YamlNode node, Func<ReadOnlySpan<char>, bool> isForm) =>
        node is YamlMapping mapping
        && mapping.Entries.All(entry =>
            KubernetesNames.IsQualified(entry.Key.Text, allowsCapitals: false)
            && entry.Value is YamlScalar { Kind: ScalarKind.String } text
            && isForm(text.Text)
        );
}
