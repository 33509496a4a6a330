using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>The fields of a package's spec that the settings keep.</summary>
internal static class PackageFields
{
    /// <summary>Them; <see langword="null"/> where all that is there is decided elsewhere, or is the default of the CRD.</summary>
    public static YamlMapping? Kept(YamlMapping spec)
    {
        ImmutableArray<YamlEntry> kept = [.. spec.Entries.Where(entry => !IsDecided(entry.Key.Text, entry.Value))];
        return kept.IsEmpty ? null : new(kept, spec.Span);
    }

    private static bool IsDecided(string field, YamlNode value) =>
        field switch
        {
            "package" or "skipDependencyResolution" or "controllerConfigRef" => true,
            "packagePullPolicy" => IsText(value, "IfNotPresent"),
            "revisionActivationPolicy" => IsText(value, "Automatic"),
            "revisionHistoryLimit" => IsText(value, "1"),
            "ignoreCrossplaneConstraints" => IsText(value, "false"),
            "runtimeConfigRef" => value.TextAt("name") is "default",
            _ => NodePaths.Pruned(value) is null,
        };

    private static bool IsText(YamlNode value, string text) => value is YamlScalar scalar && scalar.Text == text;
}
