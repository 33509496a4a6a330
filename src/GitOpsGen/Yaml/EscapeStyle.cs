namespace GitOpsGen.Yaml;

/// <summary>How a character above U+FFFF is escaped.</summary>
internal enum EscapeStyle
{
    /// <summary>As <c>\UXXXXXXXX</c>: YAML readers refuse surrogates.</summary>
    Yaml,

    /// <summary>As two surrogates, <c>\uXXXX\uXXXX</c>.</summary>
    Json,
}
