using System.Globalization;

namespace GitOpsGen.Rendering;

/// <summary>What the placeholders of a <see cref="TemplatePath"/> stand for in one rendering.</summary>
internal readonly record struct PathBindings
{
    public string? Environment { get; init; }

    /// <summary><c>account-region</c> of an ECR registry.</summary>
    public string? Registry { get; init; }

    public string? Wave { get; init; }

    /// <summary>The package's Kubernetes object name.</summary>
    public string? Object { get; init; }

    /// <summary>The ImageConfig's Kubernetes object name.</summary>
    public string? ImageConfig { get; init; }

    /// <summary>The number of a part, from 1; bound in every rendering.</summary>
    public int Part { get; init; }

    /// <summary>The value bound to one placeholder.</summary>
    public string? this[PathPlaceholder placeholder] =>
        placeholder switch
        {
            PathPlaceholder.Environment => Environment,
            PathPlaceholder.Registry => Registry,
            PathPlaceholder.Wave => Wave,
            PathPlaceholder.Object => Object,
            PathPlaceholder.ImageConfig => ImageConfig,
            PathPlaceholder.Part => Part <= 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{Part}"),
            _ => null,
        };
}
