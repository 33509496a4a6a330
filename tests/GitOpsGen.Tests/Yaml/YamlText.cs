using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

/// <summary>Reads YAML from text, and says where things stand.</summary>
internal static class YamlText
{
    public const string File = "file.yaml";

    public static Result<YamlNode> Read(string text) => YamlReader.Read(File, Encoding.UTF8.GetBytes(text));

    /// <summary>The node of a text without findings.</summary>
    public static YamlNode Sound(string text)
    {
        var (node, found) = Read(text);
        Assert.Empty(found);
        return node!;
    }

    /// <summary>Each finding as <c>GOG1003 2:5</c>.</summary>
    public static IEnumerable<string> Places(this ImmutableArray<Diagnostic> found) =>
        found.Select(d => $"{d.Rule.Code} {d.Span?.Start.Line}:{d.Span?.Start.Column}");

    /// <summary>The span as <c>1:2-3:4</c>.</summary>
    public static string Place(this SourceSpan span) => $"{span.Start.Line}:{span.Start.Column}-{span.End.Line}:{span.End.Column}";

    /// <summary>The node as JSON; the test fails where it has no such form.</summary>
    public static string Json(YamlNode node, int indent = 0)
    {
        var text = new StringBuilder();
        Assert.True(JsonWriter.TryWrite(text, node, indent, out _));
        return text.ToString();
    }
}
