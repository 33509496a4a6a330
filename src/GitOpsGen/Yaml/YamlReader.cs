using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOpsGen.Yaml;

/// <summary>
/// Reads YAML into nodes with places, by YamlDotNet's low-level parser. Bounded in depth and size. Anchors, aliases and tags are refused,
/// because they hide what a reviewer should see, except in files of others. A lockfile or settings are one document; Kubernetes objects may
/// be several.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Deeper than any real document; YamlDotNet's parser is quadratic in nesting.</summary>
    public const int MaximumDepth = 64;

    private const int MaximumEvents = 1_000_000;

    // No real number is as long, and turning one from base 16 to base 10 takes quadratic time.
    private const int LongestNumber = 1000;

    private readonly string file;
    private readonly string text;
    private readonly Parser parser;
    private readonly DiagnosticBag bag;
    private readonly KubernetesDialect? dialect;
    private readonly SourcePosition end;
    private int depth;
    private int events;

    private YamlReader(string file, string text, DiagnosticBag bag, KubernetesDialect? dialect)
    {
        this.file = file;
        this.text = text;
        parser = new(new StringReader(text));
        this.bag = bag;
        this.dialect = dialect;
        end = SourceText.EndOf(text);
    }

    /// <summary>
    /// Reads one document. There is a value if the text can be read to its end; findings beside a value, such as a duplicate key, are still
    /// errors. An empty file is a null scalar.
    /// </summary>
    public static Result<YamlNode> Read(string file, ReadOnlySpan<byte> bytes) => Read(file, bytes, reader => reader.ReadOnly());

    /// <summary>
    /// Reads every document of a file, as <see cref="Read(string, ReadOnlySpan{byte})"/> reads one, with the limits of one file. An empty
    /// document is a null scalar; an empty file has no documents.
    /// </summary>
    public static Result<YamlStream> ReadAll(string file, ReadOnlySpan<byte> bytes) => Read(file, bytes, reader => reader.ReadStream());

    /// <summary>
    /// Reads every document as Kubernetes reads it, for files that somebody else published. The limits are the same; what an alias stands for
    /// counts each time.
    /// </summary>
    /// <param name="file">The file, for places.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="tellsDuplicates">Whether a key that is written twice is a finding, beside the value with the last one.</param>
    public static Result<YamlStream> ReadPublished(string file, ReadOnlySpan<byte> bytes, bool tellsDuplicates = false) =>
        Read(file, bytes, reader => reader.ReadStream(), new(tellsDuplicates));

    private static Result<T> Read<T>(string file, ReadOnlySpan<byte> bytes, Func<YamlReader, T> read, KubernetesDialect? dialect = null)
        where T : class
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var text = SourceText.Decode(file, bytes, bag);
        if (text is not null && SourceText.FindConflict(file, text) is { } conflict)
        {
            bag.Add(
                Rules.YamlSyntax,
                conflict,
                "A merge conflict that was not resolved begins here.",
                "Resolve it, or take one side with 'git checkout --ours' or '--theirs'."
            );
            text = null;
        }

        return new(text is null ? null : Read(new(file, text, bag, dialect), read), bag.ToImmutable());
    }

    private static T? Read<T>(YamlReader reader, Func<YamlReader, T> read)
        where T : class
    {
        try
        {
            return read(reader);
        }
        catch (LimitException e)
        {
            reader.bag.Add(Rules.YamlLimit, e.Span, e.Message, "Flatten it, or split the file.");
        }
        catch (YamlException e) when (reader.IsBehindAnchor(e))
        {
            reader.bag.Add(
                Rules.YamlFeature,
                reader.SpanOf(e.Start, e.End),
                "In braces, what follows a value with an anchor cannot be read here, although it may be YAML.",
                "Write each entry on a line of its own, without braces."
            );
        }
        catch (YamlException e)
        {
            reader.bag.Add(
                Rules.YamlSyntax,
                reader.SpanOf(e.Start, e.End),
                $"This is not YAML: {Sentence(Excerpt.Of(e.Message, 300))}",
                "Correct the syntax."
            );
        }

        return null;
    }

    // A fault of YamlDotNet 18.1: behind a scalar with an anchor it misses the comma.
    private bool IsBehindAnchor(YamlException e) =>
        e.Message.Contains("flow mapping", StringComparison.Ordinal)
        && text.AsSpan(0, Math.Min((int)e.Start.Index, text.Length)).TrimEnd() is [.. var before, ',']
        && before[(before.LastIndexOf('{') + 1)..].Contains('&');

    private static string Sentence(string message) => message.TrimEnd('.', ' ') + ".";

    private YamlNode ReadOnly()
    {
        Next(); // the start of the stream
        if (Next() is not DocumentStart start)
            return YamlScalar.Null(SourceSpan.StartOf(file));

        var root = ReadDocument(start);
        if (Next() is DocumentStart second)
            Refuse(second, "A second document", "Keep one document in the file.");

        return root;
    }

    private YamlStream ReadStream()
    {
        var documents = ImmutableArray.CreateBuilder<YamlNode>();
        Next(); // the start of the stream
        while (Next() is DocumentStart start)
            documents.Add(ReadDocument(start));

        return new(documents.ToImmutable());
    }

    private YamlNode ReadDocument(DocumentStart start)
    {
        // %TAG needs no check: tags themselves are refused.
        if (start.Version is not null)
            Refuse(start, "A %YAML directive", "Remove the line.");

        dialect?.BeginDocument();
        var root = ReadNode(Next());
        Next(); // the end of the document
        return root;
    }

    private YamlNode ReadNode(ParsingEvent first)
    {
        if (first is AnchorAlias alias)
            return ReadAlias(alias);

        // The parser lets "? : " end a mapping behind a key.
        if (first is not NodeEvent node)
            throw new SyntaxErrorException(first.Start, first.End, "A value is missing here");

        if (dialect is null)
        {
            RefuseProperties(node);
            return ReadValue(node);
        }

        var before = events - 1;
        var anchored = dialect.Begin(node);
        var value = ReadValue(node);
        anchored?.End(value, events - before);
        return value;
    }

    private YamlNode ReadValue(NodeEvent node) =>
        node switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart => Nested(node, ReadSequence),
            _ => Nested(node, ReadMapping),
        };

    private YamlNode ReadAlias(AnchorAlias alias)
    {
        if (dialect is null)
        {
            Refuse(alias, $"The alias *{Excerpt.Of(alias.Value.Value)}", "Write the value out.");
            return new YamlUnreadable(SpanOf(alias.Start, alias.End));
        }

        var anchored = dialect.Find(alias);
        Count(alias, anchored.Events);
        return anchored.Value!;
    }

    private YamlNode Nested(ParsingEvent first, Func<ParsingEvent, YamlNode> read)
    {
        if (++depth > MaximumDepth)
            throw new LimitException(SpanOf(first.Start, first.End), $"The nesting is deeper than {MaximumDepth} levels.");

        var node = read(first);
        depth--;
        return node;
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        var plain = scalar.Style == ScalarStyle.Plain;
        var kind =
            dialect is not null ? KubernetesDialect.KindOf(scalar)
            : plain ? CoreSchema.KindOf(scalar.Value)
            : ScalarKind.String;
        var span = SpanOf(scalar.Start, scalar.End);
        if (kind is ScalarKind.Integer or ScalarKind.Float && scalar.Value.Length > LongestNumber)
            throw new LimitException(span, $"A number has more than {LongestNumber} digits.");

        return new(kind, scalar.Value, span) { IsPlain = plain };
    }

    private YamlSequence ReadSequence(ParsingEvent first)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        var next = Next();
        for (; next is not SequenceEnd; next = Next())
            items.Add(ReadNode(next));

        return new(items.ToImmutable(), SpanOf(first, next, items.Count > 0 ? items[^1] : null));
    }

    private YamlMapping ReadMapping(ParsingEvent first)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        HashSet<string>? merged = null;
        YamlNode? last = null;
        var next = Next();
        for (; next is not MappingEnd; next = Next())
        {
            var key = ReadNode(next);
            var value = last = ReadNode(Next());
            if (key is not YamlScalar scalar)
            {
                if (key is not YamlUnreadable)
                    bag.Add(Rules.YamlFeature, key.Span, "A key is a list or a mapping.", "Use a plain string as the key.");
            }
            else if (dialect is not null && KubernetesDialect.IsMerge(scalar))
            {
                foreach (
                    var entry in KubernetesDialect.Merged(value)
                        ?? throw new SyntaxErrorException(next.Start, next.End, "A merge key needs a mapping, or a list of mappings")
                )
                {
                    (merged ??= new(StringComparer.Ordinal)).Add(entry.Key.Text);
                    Set(entry);
                }
            }
            else
            {
                var isMerged = merged?.Remove(scalar.Text) == true;
                Set(new(scalar, value), isMerged || dialect is { TellsDuplicates: false });
            }
        }

        return new(entries.ToImmutable(), SpanOf(first, next, last));

        void Set(YamlEntry entry, bool mayRepeat = true)
        {
            if (indexes.TryAdd(entry.Key.Text, entries.Count))
            {
                entries.Add(entry);
                return;
            }

            if (!mayRepeat)
            {
                bag.Add(
                    Rules.DuplicateKey,
                    entry.Key.Span,
                    $"The key '{Excerpt.Of(entry.Key.Text)}' appears twice; the first is in line {entries[indexes[entry.Key.Text]].Key.Span.Start.Line}.",
                    "Keep one of them."
                );
            }

            if (dialect is not null)
                entries[indexes[entry.Key.Text]] = entry;
        }
    }

    private void RefuseProperties(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
            Refuse(node, $"The anchor &{Excerpt.Of(node.Anchor.Value)}", "Write the value out where it is needed.");

        if (!node.Tag.IsEmpty)
            Refuse(node, $"The tag {Excerpt.Of(node.Tag.Value)}", "Remove it; quote the value if it is meant as a string.");
    }

    private void Refuse(ParsingEvent at, string what, string fix) =>
        bag.Add(Rules.YamlFeature, SpanOf(at.Start, at.End), $"{what} is not allowed.", fix);

    private ParsingEvent Next()
    {
        var last = parser.Current?.End ?? Mark.Empty;
        try
        {
            parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Faults of YamlDotNet itself: an unclosed flow collection, a tag that is not a URI.
            throw new SyntaxErrorException(
                last,
                last,
                "The text behind this place cannot be read, perhaps because of a tag or a bracket that is not closed"
            );
        }

        var current = parser.Current ?? throw new SyntaxErrorException(last, last, "The document does not end");
        Count(current, 1);
        return current;
    }

    private void Count(ParsingEvent at, int more)
    {
        events += more;
        if (events > MaximumEvents)
            throw new LimitException(SpanOf(at.Start, at.End), $"The file has more than {MaximumEvents} values and keys.");
    }

    // In block style the end event is at the next token, behind comments and blank lines, but the last child ends earlier. In flow style
    // it is before the closing bracket.
    private SourceSpan SpanOf(ParsingEvent first, ParsingEvent end, YamlNode? last)
    {
        var isFlow = first is SequenceStart { Style: SequenceStyle.Flow } or MappingStart { Style: MappingStyle.Flow };
        var bracket = Position(end.Start);
        return new(file, Position(first.Start), isFlow || last is null ? bracket with { Column = bracket.Column + 1 } : last.Span.End);
    }

    private SourceSpan SpanOf(Mark start, Mark end) => new(file, Position(start), Position(end));

    // The parser counts a line break that it adds to the end.
    private SourcePosition Position(Mark mark) => mark.Line > end.Line ? end : new((int)mark.Line, (int)mark.Column);

    private sealed class LimitException(SourceSpan span, string message) : Exception(message)
    {
        public SourceSpan Span { get; } = span;
    }
}
