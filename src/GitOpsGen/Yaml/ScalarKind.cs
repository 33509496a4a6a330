namespace GitOpsGen.Yaml;

/// <summary>What a scalar means under the YAML 1.2 core schema.</summary>
internal enum ScalarKind
{
    String,
    Integer,
    Float,
    Boolean,
    Null,
}
