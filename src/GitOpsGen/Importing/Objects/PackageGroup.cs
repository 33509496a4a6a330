namespace GitOpsGen.Importing.Objects;

/// <summary>The API group of packages, and which of its objects install one.</summary>
internal static class PackageGroup
{
    public const string Name = "pkg.crossplane.io";

    private static readonly string[] Kinds = ["Provider", "Function", "Configuration"];

    /// <summary>Whether an object is a package that is installed.</summary>
    public static bool IsPackage(SourceObject item) =>
        item.Group == Name
        && Kinds.Contains(item.Kind, StringComparer.Ordinal)
        && item.Spec.TextAt("package") is not null
        && item.Annotation("render.crossplane.io/runtime") != "Development";
}
