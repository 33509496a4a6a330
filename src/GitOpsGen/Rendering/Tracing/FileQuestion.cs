namespace GitOpsGen.Rendering.Tracing;

/// <summary>A question about one rendered file: finds the file, however its path is spelled, and has it explained.</summary>
/// <param name="tracer">Renders the file, and knows all paths.</param>
/// <param name="explainer">Explains it.</param>
/// <param name="output">The output folder, below the root.</param>
/// <param name="onDisk">The content of a file below the root; <see langword="null"/> where it cannot be read.</param>
internal sealed class FileQuestion(FileTracer tracer, Explainer explainer, RelativePath output, Func<RelativePath, ReadOnlyMemory<byte>?> onDisk)
{
    private const int NamesShown = 20;
    private const int SuggestionsShown = 3;

    /// <summary>The explanation, or why there is none.</summary>
    /// <param name="target">What was asked for.</param>
    /// <param name="readings">The paths, relative to the output, that the target's path may mean.</param>
    public (Explanation? Explanation, ImmutableArray<Diagnostic> Found) Answer(ExplainTarget target, ImmutableArray<string> readings)
    {
        var file = readings
            .Select(reading => RelativePath.TryParse(reading, out var path) ? tracer.Trace(path) : null)
            .FirstOrDefault(traced => traced is not null);
        return file switch
        {
            null => (null, [NothingAt(target, readings)]),
            { Failure: { } failure } => (null, [failure]),
            _ when target.Line is { } line && (line < 1 || line > file.Lines.Length) => (null, [NoSuchLine(file, line), .. Differing(file)]),
            _ => (explainer.Explain(file, target.Line), Differing(file)),
        };
    }

    private ImmutableArray<Diagnostic> Differing(TracedFile file) => Differs(file) ? [DiffersOnDisk(file)] : [];

    private bool Differs(TracedFile file) => onDisk(file.Path.Below(output)) is { } there && !there.Span.SequenceEqual(file.Content.Span);

    private Diagnostic DiffersOnDisk(TracedFile file) =>
        new(
            Rules.ExplainedDiffers,
            $"{file.Path.Below(output)} differs from what is rendered: the explanation is about what would be rendered, where line numbers may differ.",
            "Run 'gitopsgen check' to see how it differs, or 'gitopsgen render' to write it.",
            SourceSpan.StartOf(file.Path.Below(output).Value)
        );

    private static Diagnostic NoSuchLine(TracedFile file, int line) =>
        new(
            Rules.NoSuchLine,
            $"{file.Path} has {file.Lines.Length} lines; there is no line {line}.",
            $"Name one from 1 to {file.Lines.Length}.",
            null
        );

    private Diagnostic NothingAt(ExplainTarget target, ImmutableArray<string> readings)
    {
        var asked = Excerpt.Of(target.Path);
        if (readings.Any(IsOwn))
        {
            return new(
                Rules.NothingRendered,
                $"'{asked}' is GitOpsGen's record of what it wrote; no template renders it.",
                "Name a file that it lists.",
                null
            );
        }

        if (readings.Select(FilesIn).FirstOrDefault(files => files.Length > 0) is { Length: > 0 } inside)
        {
            return new(
                Rules.NothingRendered,
                $"'{asked}' is a folder, not a file.",
                $"Name a file in it: {Excerpt.Names(inside, NamesShown)}.",
                null
            );
        }

        var exists = readings.Any(reading => RelativePath.TryParse(reading, out var path) && onDisk(path.Below(output)) is not null);
        var near = NearNames.To(readings[^1], tracer.Paths).Where(Renders).Take(SuggestionsShown).ToArray();
        return new(
            Rules.NothingRendered,
            exists
                ? $"'{asked}' is not a file that GitOpsGen renders; the file there is somebody else's, or left over."
                : $"Nothing is rendered at '{asked}'.",
            near.Length > 0 ? $"Perhaps you mean {string.Join(" or ", near)}." : $"Name a file below {output}/.",
            null
        );
    }

    private static bool IsOwn(string reading) => reading.Split('/')[^1].StartsWith(".gitopsgen", StringComparison.Ordinal);

    private string[] FilesIn(string folder)
    {
        var start = folder is "." ? "" : $"{folder.TrimEnd('/')}/";
        return [.. tracer.Paths.Where(path => path.StartsWith(start, StringComparison.Ordinal)).Where(Renders)];
    }

    private bool Renders(string path) => tracer.Trace(RelativePath.Parse(path)) is not null;
}

/// <summary>A rendered file, or one line of it.</summary>
/// <param name="Path">As typed: relative to the current folder, the root or the output folder.</param>
/// <param name="Line">The line, from 1; <see langword="null"/> for all.</param>
public sealed partial record ExplainTarget(string Path, int? Line)
{
    /// <summary>Reads <c>PATH</c>, <c>PATH:LINE</c>, <c>PATH:LINE:COLUMN</c> as grep and compilers print it, and <c>PATH(LINE,COLUMN)</c> as we do.</summary>
    public static ExplainTarget Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Groups["line"].Success)
            return new(text, null);

        // A number that is too large matches no line.
        return new(
            match.Groups["path"].Value,
            int.TryParse(match.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : int.MaxValue
        );
    }

    // People often copy the colon before a message too.
    [GeneratedRegex(
        @"\A(?<path>.+?)(?:\((?<line>[0-9]+)(?:,[0-9]+)?\)|:(?<line>[0-9]+)(?::[0-9]+)?):?\z",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline
    )]
    private static partial Regex Form();
}
