using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using GitOpsGen.Model;

namespace GitOpsGen.Rendering;

/// <summary>
/// The path of a template below <c>templates/</c>, without its <c>.scriban</c>: the path of what it renders, with
/// <c>{environment}</c>, <c>{registry}</c>, <c>{wave}</c>, <c>{object}</c>, <c>{imageconfig}</c> and <c>{part}</c> as segments or parts of segments.
/// </summary>
internal sealed class TemplatePath
{
    private static readonly PathBindings Sample = new() { Environment = "e", Registry = "r", Wave = "0", Object = "o", ImageConfig = "i" };

    private readonly ImmutableArray<Part> parts;

    private TemplatePath(string value, ImmutableArray<Part> parts)
    {
        Value = value;
        this.parts = parts;
        Placeholders = parts.Aggregate(PathPlaceholder.None, (all, part) => all | part.Placeholder);
    }

    /// <summary>The path as it is written, with its braces.</summary>
    public string Value { get; }

    /// <summary>Everything that <see cref="Expand"/> needs a value for.</summary>
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

    /// <summary>The path of the file, with every placeholder replaced.</summary>
    /// <exception cref="ArgumentException">A placeholder has no value: a bug.</exception>
    /// <exception cref="FormatException">A value is not fit for a path: a bug, for names are checked where they are read.</exception>
    public RelativePath Expand(PathBindings bindings) => RelativePath.Parse(Join(bindings));

    /// <inheritdoc/>
    public override string ToString() => Value;

    private string Join(PathBindings bindings) => string.Concat(parts.Select(part => part.Placeholder is PathPlaceholder.None
        ? part.Text
        : bindings[part.Placeholder] ?? throw new ArgumentException($"'{Value}' needs a value for {part.Placeholder}.", nameof(bindings))));

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

    private static PathPlaceholder? PlaceholderNamed(string name) => name switch
    {
        "environment" => PathPlaceholder.Environment,
        "registry" => PathPlaceholder.Registry,
        "wave" => PathPlaceholder.Wave,
        "object" => PathPlaceholder.Object,
        "imageconfig" => PathPlaceholder.ImageConfig,
        "part" => PathPlaceholder.Part,
        _ => null,
    };

    private readonly record struct Part(string Text, PathPlaceholder Placeholder);
}
