using System.Reflection;

namespace GitOpsGen.Model;

/// <summary>Which gitopsgen this is.</summary>
internal static class ToolVersion
{
    /// <summary>The semantic version without build metadata.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>The version; <see langword="null"/> for a build that was given none, which is 0.0.0 or says nothing.</summary>
    public static PackageVersion? Parse(string text) =>
        PackageVersion.TryParse(text, out var version) && version is not { Major: 0, Minor: 0, Patch: 0 } ? version : null;

    /// <summary>
    /// The constraint on all versions that write what this one writes, as far as anybody can know: up to the next minor version.
    /// <see langword="null"/> for a build without a version.
    /// </summary>
    public static string? Constraint(string text) =>
        Parse(text) is { } version ? string.Create(CultureInfo.InvariantCulture, $">={version.Text} <{version.Major}.{version.Minor + 1}.0") : null;
}
