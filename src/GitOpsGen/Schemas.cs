using GitOpsGen.Lockfile;
using GitOpsGen.Settings;
using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen;

/// <summary>The JSON Schemas of the two files that people write, for editors.</summary>
public static class Schemas
{
    /// <summary>The schema of <c>packages.lock.yaml</c>.</summary>
    public static string Lockfile => JsonSchemaWriter.Write("packages.lock.yaml, version 1", LockfileShape.Document);

    /// <summary>The schema of <c>.config/gitopsgen.yaml</c>.</summary>
    public static string Settings => JsonSchemaWriter.Write(".config/gitopsgen.yaml, version 1", SettingsShape.Document);
}
