using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOpsGen.Yaml;

/// <summary>
/// Checks YAML that an engine reads. Several documents are allowed, because templates of the user may have them. Anchors and aliases are
/// not, because they make small files large. Neither is a key twice in one mapping, because readers differ in which one counts.
/// </summary>
internal static class YamlSyntax
{
    public static SyntaxProblem? FindProblem(string text) =>
        // The parser counts a line break that it adds to the end.
        Find(text) is not { } problem
            ? null
        : SourceText.EndOf(text) is var end && problem.At.Line > end.Line ? problem with { At = end }
        : problem;

    private static SyntaxProblem? Find(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return FindProblem(parser);
        }
        catch (YamlException error)
        {
            return new SyntaxProblem(Position(error.Start), error.Message);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // How the parser reports a tag such as "!!'[", and some brackets that are not closed.
            return new SyntaxProblem(
                Position(parser.Current?.End ?? Mark.Empty),
                fault is ArgumentException ? "A tag is malformed" : "A bracket is not closed"
            );
        }
    }

    private static SyntaxProblem? FindProblem(Parser parser)
    {
        var open = new Stack<Level>();
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
                return new SyntaxProblem(Position(current.Start), "Anchors and aliases are not allowed");
            if (current is MappingEnd or SequenceEnd)
            {
                open.Pop();
                continue;
            }

            if (current is not NodeEvent node)
                continue;
            if (FindBadKey(open, node) is { } badKey)
                return badKey;
            if (node is Scalar)
                continue;
            open.Push(new Level(node is MappingStart));
            // The parser takes quadratic time in the depth, so this is also what keeps it fast.
            if (open.Count > YamlReader.MaximumDepth)
                return new SyntaxProblem(Position(node.Start), $"It is nested more than {YamlReader.MaximumDepth} levels deep");
        }

        return null;
    }

    private static SyntaxProblem? FindBadKey(Stack<Level> open, NodeEvent node)
    {
        if (!open.TryPeek(out var level) || !level.TakesKeyNext())
            return null;
        if (node is not Scalar key)
            return new SyntaxProblem(Position(node.Start), "A key is not a scalar");
        return level.Keys!.Add(key.Value) ? null : new SyntaxProblem(Position(node.Start), $"The key '{key.Value}' appears twice in one mapping");
    }

    private static SourcePosition Position(Mark mark) => new(Math.Max((int)mark.Line, 1), Math.Max((int)mark.Column, 1));

    /// <summary>A mapping or sequence that is not closed yet; in a mapping, keys and values take turns.</summary>
    private sealed class Level(bool isMapping)
    {
        private bool isKeyNext;

        public HashSet<string>? Keys { get; } = isMapping ? new HashSet<string>(StringComparer.Ordinal) : null;

        public bool TakesKeyNext() => Keys is not null && (isKeyNext = !isKeyNext);
    }
}

/// <summary>What is wrong with a text, and where.</summary>
internal readonly record struct SyntaxProblem(SourcePosition At, string What);
