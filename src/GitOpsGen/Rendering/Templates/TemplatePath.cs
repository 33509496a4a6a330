namespace GitOpsGen.Rendering.Templates;

/// <summary>
/// The path of a template below <c>templates/</c>, without its <c>.scriban</c>: the path of what it renders, with
/// <c>{environment}</c>, <c>{registry}</c>, <c>{wave}</c>, <c>{object}</c>, <c>{imageconfig}</c>, <c>{runtime}</c> and <c>{part}</c> as segments or parts of segments.
/// </summary>
internal sealed class TemplatePath
{
    private static readonly PathBindings Sample = new()
    {
        Environment = "e",
        Registry = "r",
        Wave = "0",
        Object = "o",
        ImageConfig = "i",
        Runtime = "d",
    };

    private readonly ImmutableArray<Part> parts;
    private readonly Lazy<Regex> pattern;

    private TemplatePath(string value, ImmutableArray<Part> parts)
    {
        Value = value;
        this.parts = parts;
        pattern = new(() => new($@"\A{string.Concat(parts.Select(Pattern))}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
        Placeholders = parts.Aggregate(PathPlaceholder.None, (all, part) => all | part.Placeholder);
    }

    /// <summary>The path as written, with its braces.</summary>
    public string Value { get; }

    /// <summary>Everything that <see cref="TryExpand"/> needs a value for.</summary>
    public PathPlaceholder Placeholders { get; }

    /// <summary>Whether a segment begins with <c>_</c>: such a template writes no file of its own, others include it.</summary>
    public bool IsIncludeOnly => Value.StartsWith('_') || Value.Contains("/_", StringComparison.Ordinal);

    /// <summary>Reads a path; <see langword="false"/> for an unknown placeholder, a stray brace, or a path that is not portable.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TemplatePath? path)
    {
        path = TryParseParts(text) is { } parts ? new TemplatePath(text, parts) : null;
        if (path is not null && !RelativePath.TryParse(path.Join(Sample), out _))
            path = null;
        return path is not null;
    }

    /// <summary>
    /// The path of the file, with every placeholder replaced; <see langword="false"/> where it is too long or contains a device name.
    /// </summary>
    /// <exception cref="ArgumentException">A placeholder has no value, which is a bug.</exception>
    public bool TryExpand(PathBindings bindings, [NotNullWhen(true)] out RelativePath? path) => RelativePath.TryParse(Join(bindings), out path);

    /// <summary>Whether the template would write a file of this path, for some values of its placeholders.</summary>
    public bool Matches(RelativePath path) => pattern.Value.IsMatch(path.Value);

    public override string ToString() => Value;

    private string Join(PathBindings bindings) =>
        string.Concat(
            parts.Select(part =>
                part.Placeholder is PathPlaceholder.None
                    ? part.Text
                    : bindings[part.Placeholder] ?? throw new ArgumentException($"'{Value}' needs a value for {part.Placeholder}.", nameof(bindings))
            )
        );

    private static string Pattern(Part part) =>
        part.Placeholder switch
        {
            PathPlaceholder.None => Regex.Escape(part.Text),
            PathPlaceholder.Part => "(-[0-9]+)?",
            _ => "[^/]+",
        };

    private static ImmutableArray<Part>? TryParseParts(string text)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        while (text.Length > 0)
        {
            var open = text.IndexOf('{', StringComparison.Ordinal);
            var literal = open < 0 ? text : text[..open];
            if (literal.Contains('}', StringComparison.Ordinal))
                return null;
            parts.Add(new Part(literal, PathPlaceholder.None));
            if (open < 0)
                break;
            var close = text.IndexOf('}', StringComparison.Ordinal);
            if (close < 0 || PlaceholderNamed(text[(open + 1)..close]) is not { } placeholder)
                return null;
            parts.Add(new Part("", placeholder));
            text = text[(close + 1)..];
        }

        return parts.ToImmutable();
    }

    private static PathPlaceholder? PlaceholderNamed(string name) =>
        name switch
        {
            "environment" => PathPlaceholder.Environment,
            "registry" => PathPlaceholder.Registry,
            "wave" => PathPlaceholder.Wave,
            "object" => PathPlaceholder.Object,
            "imageconfig" => PathPlaceholder.ImageConfig,
            "runtime" => PathPlaceholder.Runtime,
            "part" => PathPlaceholder.Part,
            _ => null,
        };

    private readonly record struct Part(string Text, PathPlaceholder Placeholder);
}

/// <summary>What may be in braces in a template's path: the template is rendered once for each.</summary>
[Flags]
internal enum PathPlaceholder
{
    None = 0,
    Environment = 1,
    Registry = 2,
    Wave = 4,
    Object = 8,

    /// <summary>A policy that is over quota continues in a second file: empty for the first part, then <c>-2</c>, <c>-3</c>.</summary>
    Part = 16,
    ImageConfig = 32,
    Runtime = 64,
}

/// <summary>The values of a <see cref="TemplatePath"/>'s placeholders in one rendering.</summary>
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

    /// <summary>The DeploymentRuntimeConfig's Kubernetes object name.</summary>
    public string? Runtime { get; init; }

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
            PathPlaceholder.Runtime => Runtime,
            PathPlaceholder.Part => Part <= 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{Part}"),
            _ => null,
        };
}
