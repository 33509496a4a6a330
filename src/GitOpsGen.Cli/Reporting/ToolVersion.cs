using System.Reflection;

namespace GitOpsGen.Cli.Reporting;

/// <summary>Which gitopsgen this is.</summary>
internal static class ToolVersion
{
    /// <summary>The semantic version without build metadata.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
