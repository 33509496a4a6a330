using GitOpsGen.Rendering.Functions;
using GitOpsGen.Rendering.Sandbox;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Variables;
using Scriban.Runtime;
using Scriban.Syntax;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>
/// Renders one template once, and records for each piece of the output which place wrote it, which values are printed there, and
/// which conditions and loops are around it. It renders the same text as <see cref="RenderContext"/>.
/// </summary>
internal sealed class TracingContext : RenderContext
{
    private readonly ReadLog log = new();
    private readonly LineRecorder recorder = new();
    private readonly TemplateLines lines = new();
    private readonly List<Frame> frames = [];
    private readonly Dictionary<string, PrintedLines> printed = new(ReferenceEqualityComparer.Instance);
    private Frame? lastExpression;

    public TracingContext()
        : base(BuiltIns.Object)
    {
        PushOutput(new TracingOutput(Buffer, Written));
    }

    /// <summary>Renders a template with the lines of what was rendered; no lines where it failed.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public (Rendered Rendered, ImmutableArray<TracedLine> Lines) Trace(
        TemplateSet templates,
        TemplateFile template,
        ModelObject model,
        CancellationToken cancellation
    )
    {
        var rendered = Render(templates, template, new TracedObject(model, TracePoint.Top(log)), cancellation);
        return (rendered, rendered.Failure is null ? recorder.Lines(rendered.Content.Span.Count((byte)'\n')) : []);
    }

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        if (scriptNode is null)
            return null;

        if (scriptNode.Parent is ScriptForStatement { Variable: ScriptVariable item } loop && scriptNode == loop.Body)
            frames[^1].Item = log.Behind(GetValue(item));

        var frame = new Frame(scriptNode, log.Count);
        frames.Add(frame);
        try
        {
            return Note(frame, base.Evaluate(scriptNode, aliasReturnedFunction));
        }
        finally
        {
            frames.RemoveAt(frames.Count - 1);
        }
    }

    protected internal override void OnPrinted(object? value, string text, int indent)
    {
        if (PrintedLines.Of(log, value, text, indent) is { } found)
            printed[text] = found;
    }

    private object? Note(Frame frame, object? result)
    {
        switch (frame.Node)
        {
            case IScriptVariablePath path:
                Recall(path, result);
                break;
            case ScriptCaptureStatement { Target: ScriptVariable target }:
                log.Remember(GetValue(target)!, log.Since(frame.Mark));
                break;
            case ScriptExpression when result is not null && log.Since(frame.Mark) is { IsEmpty: false } by:
                result = Remembered(result, by);
                break;
        }

        frame.Reads = log.Since(frame.Mark);
        if (frame.Node is ScriptExpressionStatement)
        {
            lastExpression = frame;
            // Scriban writes nothing then, but something could have been written.
            if (result is "" && Output is TracingOutput)
                Written("", 0, 0);
        }

        Decide(frame);
        return result;
    }

    // A text that was printed on several lines is recognized by its content.
    private object Remembered(object result, ImmutableArray<Influence> by)
    {
        if (result is string text && printed.ContainsKey(text))
        {
            log.Remember(text, by);
            return text;
        }

        return log.Remembered(result, by);
    }

    private void Recall(IScriptVariablePath path, object? result)
    {
        var root = (ScriptNode)path;
        while (root is ScriptMemberExpression or ScriptIndexerExpression)
            root = root is ScriptMemberExpression member ? member.Target : ((ScriptIndexerExpression)root).Target;

        if (root is ScriptVariable variable && GetValue(variable) is { } carried)
            log.Recall(carried);

        log.Recall(result);
    }

    // A condition decides about what is inside it; a choice between values, and an index, about the value.
    private void Decide(Frame frame)
    {
        var parent = frames.Count > 1 ? frames[^2] : null;
        switch (parent?.Node)
        {
            case ScriptConditionalExpression choice when choice.Condition == frame.Node:
            case ScriptIndexerExpression indexer when indexer.Index == frame.Node:
                log.DecidedSince(frame.Mark);
                break;
            case ScriptIfStatement
            or ScriptForStatement
            or ScriptWhileStatement
            or ScriptCaseStatement
            or ScriptWhenStatement
            or ScriptWithStatement when frame.Node is ScriptExpression:
                parent.Causes.AddRange(frame.Reads);
                break;
        }
    }

    private void Written(string text, int offset, int count)
    {
        var span = text.AsSpan(offset, count);
        var chain = Includes();
        var causes = frames.SelectMany(frame => frame.Causes.Concat(frame.Item)).Select(cause => cause.Read).ToImmutableArray();
        if (frames[^1].Node is ScriptRawStatement raw)
        {
            recorder.Write(span, (at, _) => new([.. chain, lines.Place(raw, at)], [], causes));
            return;
        }

        var reads = lastExpression?.Reads ?? [];
        ImmutableArray<TemplatePlace> place = [.. chain, TemplateLines.Place((lastExpression ?? frames[^1]).Node.Span)];
        var decided = causes.AddRange(Reads(reads, isCause: true));
        var whole = new TracedPiece(place, Reads(reads, isCause: false), decided);
        recorder.Write(
            span,
            printed.GetValueOrDefault(text) is { } byLine
                ? (_, line) => new(place, Reads(byLine[line], isCause: false), decided.AddRange(Reads(byLine[line], isCause: true)))
                : (_, _) => whole
        );
    }

    private static ImmutableArray<ModelRead> Reads(ImmutableArray<Influence> reads, bool isCause) =>
        [.. reads.Where(read => read.IsCause == isCause).Select(read => read.Read)];

    // The page of an included template is on top of the call that includes it.
    private ImmutableArray<TemplatePlace> Includes() =>
        [.. frames.Skip(1).Index().Where(frame => frame.Item.Node is ScriptPage).Select(frame => TemplateLines.Place(frames[frame.Index].Node.Span))];

    private sealed class Frame(ScriptNode node, int mark)
    {
        public ScriptNode Node { get; } = node;

        public int Mark { get; } = mark;

        public List<Influence> Causes { get; } = [];

        /// <summary>The current item of a loop.</summary>
        public ImmutableArray<Influence> Item { get; set; } = [];

        /// <summary>All that it has read, once it has ended.</summary>
        public ImmutableArray<Influence> Reads { get; set; } = [];
    }
}

/// <summary>Passes on what is written, and reports it.</summary>
internal sealed class TracingOutput(RenderBuffer buffer, Action<string, int, int> written) : IScriptOutput
{
    public void Write(string text, int offset, int count)
    {
        buffer.Write(text, offset, count);
        written(text, offset, count);
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }

    public override string ToString() => "";
}
