using GitOpsGen.Rendering.Templates;

namespace GitOpsGen.Rendering;

/// <summary>
/// Whether a rendered file has the format of its name. A template can write anything; a file that no engine can read must not reach Git.
/// </summary>
internal static class RenderedCheck
{
    /// <summary>Findings about a rendered <c>.yaml</c>, <c>.yml</c> or <c>.json</c>, with their places in it; other files are not read.</summary>
    /// <param name="path">The rendered file.</param>
    /// <param name="content">Its bytes, UTF-8.</param>
    public static ImmutableArray<Diagnostic> Check(RelativePath path, ReadOnlySpan<byte> content)
    {
        var isYaml = HasSuffix(path, ".yaml") || HasSuffix(path, ".yml");
        var isJson = HasSuffix(path, ".json");
        if (!isYaml && !isJson)
            return [];
        var problem = isYaml ? YamlSyntax.FindProblem(Encoding.UTF8.GetString(content)) : JsonSyntax.FindProblem(content);
        if (problem is not { } found)
            return [];
        var message = ScribanErrors.Sentence($"{path.Value}({found.At.Line},{found.At.Column}) is not {(isYaml ? "YAML" : "JSON")}: {found.What}");
        return
        [
            new Diagnostic(
                isYaml ? Rules.RenderedYaml : Rules.RenderedJson,
                message,
                $"Correct the template, and print values with '{(isYaml ? "yaml" : "json")}'.",
                new SourceSpan(path.Value, found.At, found.At)
            ),
        ];
    }

    private static bool HasSuffix(RelativePath path, string suffix) => path.Value.EndsWith(suffix, StringComparison.Ordinal);
}
