using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Settings;

/// <summary>
/// The key <c>gitopsgen</c>: which versions of this program a repository is for. Two versions on two machines would overwrite each other's
/// files.
/// </summary>
internal static class ToolRequirement
{
    public const string Key = "gitopsgen";

    /// <summary>The finding about the running program; <see langword="null"/> where it is one that the settings ask for.</summary>
    /// <param name="settings">The file, which need not have the shape that this version knows.</param>
    /// <param name="tool">The version of the program.</param>
    public static Diagnostic? Check(YamlMapping settings, string tool)
    {
        if (settings[Key] is not YamlScalar { Kind: ScalarKind.String } value || !VersionConstraint.TryParse(value.Text, out var constraint, out _))
            return null;

        var asked = $"this repository asks for '{Excerpt.Of(value.Text)}'";
        return ToolVersion.Parse(tool) is not { } version
                ? new(
                    Rules.ToolUnversioned,
                    $"This is a build of gitopsgen without a version, and {asked}: it is taken as one of those.",
                    "Use a released version where the output is committed.",
                    value.Span
                )
            : constraint.Accepts(version) ? null
            : new(
                Rules.OtherTool,
                $"This is gitopsgen {tool}, but {asked}.",
                "Run 'dotnet tool restore' and call 'dotnet gitopsgen', or install such a version.",
                value.Span
            );
    }

    /// <summary>The finding that the key is not a constraint; <see langword="null"/> where it is one, or is not there.</summary>
    public static Diagnostic? CheckForm(Fields settings) =>
        settings.Scalar(Key) is { } value && !VersionConstraint.TryParse(value.Text, out _, out var error)
            ? new(
                Rules.ToolConstraint,
                $"'{Key}' is '{Excerpt.Of(value.Text)}', which is not a constraint on versions: {error}.",
                "Write one such as \">=0.4.0 <0.5.0\".",
                value.Span
            )
            : null;
}
