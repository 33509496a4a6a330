namespace GitOpsGen.Importing.Objects;

/// <summary>The API group of packages, and which of its objects install one.</summary>
internal static class PackageGroup
{
    public const string Name = "pkg.crossplane.io";

    private static readonly string[] Kinds = ["Provider", "Function", "Configuration"];

    public static bool IsPackageKind(string? kind) => Kinds.Contains(kind, StringComparer.Ordinal);

    /// <summary>Whether an object is a package that is installed.</summary>
    public static bool IsPackage(SourceObject item) => IsMeant(item.Content) && item.Spec.TextAt("package") is not null;

    /// <summary>Whether a document is meant to be one, even if it has no name or no reference.</summary>
    public static bool IsMeant(YamlNode document) =>
        document.TextAt("apiVersion")?.StartsWith($"{Name}/", StringComparison.Ordinal) == true
        && IsPackageKind(document.TextAt("kind"))
        && document.TextAt("metadata", "annotations", "render.crossplane.io/runtime") != "Development";
}
