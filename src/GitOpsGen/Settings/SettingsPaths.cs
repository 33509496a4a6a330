namespace GitOpsGen.Settings;

/// <summary>The files and folders below the root that the settings name, also of a file that has errors: then the default is what counts.</summary>
/// <param name="Inputs">The lockfile, the templates, and the certificates.</param>
/// <param name="Output">What is rendered.</param>
internal sealed record SettingsPaths(ImmutableArray<RelativePath> Inputs, RelativePath Output)
{
    public static SettingsPaths In(string file, ReadOnlySpan<byte> bytes)
    {
        var root = YamlReader.ReadAll(file, bytes).Value?.Documents.FirstOrDefault() as YamlMapping;
        var registries = (root?["registries"] as YamlMapping)?.Entries.Select(entry => entry.Value.At("caFile")) ?? [];
        return new(
            [
                PathOf(root?["lockfile"]) ?? RelativePath.Parse(SettingsReader.DefaultLockfile),
                PathOf(root?["templates"]) ?? RelativePath.Parse(SettingsReader.DefaultTemplates),
                .. registries.Select(PathOf).OfType<RelativePath>(),
            ],
            PathOf(root?["output"]) ?? RelativePath.Parse(SettingsReader.DefaultOutput)
        );
    }

    private static RelativePath? PathOf(YamlNode? node) =>
        YamlScalar.TextOf(node) is { } text && SettingsReader.TryParsePath(text, out var path) ? path : null;
}
