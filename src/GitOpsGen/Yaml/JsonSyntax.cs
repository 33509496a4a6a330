using System.Text.Json;
using System.Text.Unicode;

namespace GitOpsGen.Yaml;

/// <summary>Strict JSON: no comments, no trailing commas, no key twice. IAM refuses the first two and reads the third as it likes.</summary>
internal static class JsonSyntax
{
    private static readonly JsonReaderOptions Strict = new()
    {
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
        MaxDepth = YamlReader.MaximumDepth,
    };

    public static SyntaxProblem? FindProblem(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, Strict);
        try
        {
            return FindDuplicateKey(ref reader, content);
        }
        catch (JsonException error)
        {
            // The reader counts lines and bytes from 0.
            var line = (int)(error.LineNumber ?? 0);
            var start = StartOfLine(content, line);
            var column = Encoding.UTF8.GetCharCount(content.Slice(start, (int)Math.Min(error.BytePositionInLine ?? 0, content.Length - start)));
            return new SyntaxProblem(new SourcePosition(line + 1, column + 1), What(content, error));
        }
    }

    private static SyntaxProblem? FindDuplicateKey(ref Utf8JsonReader reader, ReadOnlySpan<byte> content)
    {
        var open = new Stack<HashSet<string>?>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.StartArray:
                    open.Push(null);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String when !IsText(ref reader):
                    return new SyntaxProblem(
                        PositionOf(content, (int)reader.TokenStartIndex),
                        @"This text is not Unicode: an escape such as \ud800 without its other half, or bytes that are not UTF-8"
                    );
                case JsonTokenType.PropertyName when reader.GetString() is { } key && !open.Peek()!.Add(key):
                    return new SyntaxProblem(PositionOf(content, (int)reader.TokenStartIndex), $"The key '{key}' appears twice in one object");
            }
        }

        return null;
    }

    // What JSON's grammar allows and no UTF-8 can hold: the reader sees it only when the text is asked for.
    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.ValueIsEscaped ? reader.GetString() is not null : Utf8.IsValid(reader.ValueSpan);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The reader's own messages are resource keys in the published tool.
    private static string What(ReadOnlySpan<byte> content, JsonException error) =>
        content.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "The file is empty"
        : error.BytePositionInLine is null ? "It cannot be read"
        : $"It cannot be read further than this, or is nested more than {YamlReader.MaximumDepth} levels deep";

    private static SourcePosition PositionOf(ReadOnlySpan<byte> content, int offset)
    {
        var before = content[..offset];
        var start = before.LastIndexOf((byte)'\n') + 1;
        return new SourcePosition(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }

    private static int StartOfLine(ReadOnlySpan<byte> content, int line)
    {
        var start = 0;
        for (; line > 0 && content[start..].IndexOf((byte)'\n') is var next and >= 0; line--)
            start += next + 1;
        return start;
    }
}
