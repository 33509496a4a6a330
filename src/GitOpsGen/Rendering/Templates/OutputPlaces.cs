using GitOpsGen.Planning;

namespace GitOpsGen.Rendering.Templates;

/// <summary>
/// Where a template may write. The folders of an environment contain all that belongs to it, and nothing else: each of them has its
/// own ledger, and <c>--env</c> renders some of them without touching the others.
/// </summary>
internal static class OutputPlaces
{
    private const string Overlays = "overlays",
        Iam = "iam",
        Registries = "registries",
        Environment = "{environment}";

    /// <summary>The combinations of placeholders that something is rendered for.</summary>
    private static readonly PathPlaceholder[] Known =
    [
        PathPlaceholder.None,
        PathPlaceholder.Object,
        PathPlaceholder.Registry,
        PathPlaceholder.Registry | PathPlaceholder.Part,
        PathPlaceholder.Environment,
        PathPlaceholder.Environment | PathPlaceholder.Part,
        PathPlaceholder.Environment | PathPlaceholder.ImageConfig,
        PathPlaceholder.Environment | PathPlaceholder.Runtime,
        PathPlaceholder.Environment | PathPlaceholder.Wave,
        PathPlaceholder.Environment | PathPlaceholder.Object,
        PathPlaceholder.Environment | PathPlaceholder.Wave | PathPlaceholder.Object,
    ];

    /// <summary>Why a template that writes files must not have this path; <see langword="null"/> where it may.</summary>
    public static (string Problem, string Fix)? FindProblem(TemplatePath path)
    {
        if (path.IsIncludeOnly)
            return null;

        if (Array.IndexOf(Known, path.Placeholders) < 0)
        {
            return (
                $"Nothing is rendered for this combination of placeholders in '{path}'.",
                "Use {environment}, alone or with {wave}, {object}, {imageconfig}, {runtime} or {part}; {object} alone; or {registry}, alone or with {part}."
            );
        }

        var segments = path.Value.Split('/');
        var isEnvironments = segments is [Overlays or Iam, Environment, _, ..];
        if (path.Placeholders.HasFlag(PathPlaceholder.Environment) != isEnvironments)
        {
            return (
                path.Placeholders.HasFlag(PathPlaceholder.Environment)
                    ? $"'{path}' is rendered for each environment, but not into its folders."
                    : $"'{path}' is in the folders of environments.",
                "Let the path begin with overlays/{environment}/ or iam/{environment}/."
            );
        }

        var isReserved = Is(segments[0], Overlays) || Is(segments[0], Iam);
        return
            (isReserved && !isEnvironments && segments is not [Iam, Registries, _, ..] && path.Value != AccessIndex.Path)
            || (segments.Length > 1 && segments[0].Contains('{', StringComparison.Ordinal))
            ? (
                $"'{path}' could be in the folders of an environment.",
                $"Below {Overlays}/ and {Iam}/, write into overlays/{{environment}}/, iam/{{environment}}/ or iam/registries/; elsewhere, let the first folder have a name without placeholders."
            )
            : null;
    }

    // The disks of Windows and macOS ignore case.
    private static bool Is(string segment, string name) => segment.Equals(name, StringComparison.OrdinalIgnoreCase);
}
