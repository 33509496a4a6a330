using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Rendering.Tracing;
using Scriban.Syntax;

namespace GitOpsGen.Rendering;

/// <summary>Renders templates of one set. It may be used by any number of threads at once; each finds a context that it used before.</summary>
internal sealed class TemplateRenderer(TemplateSet templates)
{
    private readonly ConcurrentBag<RenderContext> idle = [];

    /// <summary>One template with one model object. Whatever the template does, the result is a value.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Rendered Render(TemplateFile template, ModelObject model, CancellationToken cancellation = default)
    {
        var context = idle.TryTake(out var used) ? used : new RenderContext();
        var rendered = Render(context, template, model, cancellation);
        // A context that failed is in the middle of something.
        if (rendered.Failure is null)
            idle.Add(context);
        return rendered;
    }

    /// <summary>The same, with the lines of what was rendered and what wrote them.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public (Rendered Rendered, ImmutableArray<TracedLine> Lines) Trace(TemplateFile template, ModelObject model, CancellationToken cancellation)
    {
        var context = new TracingContext();
        var rendered = Render(context, template, context.Traced(model), cancellation);
        return (rendered, rendered.Failure is null ? context.Lines(rendered.Content.Span) : []);
    }

    private Rendered Render(RenderContext context, TemplateFile template, ModelObject model, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return new Rendered(context.Render(templates, template, model, cancellation), null, context.Work);
        }
        catch (ScriptAbortException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (ScriptRuntimeException error)
        {
            return new Rendered(default, ScribanErrors.ToDiagnostic(error, template.File), context.Work);
        }
        catch (EncoderFallbackException)
        {
            return new Rendered(
                default,
                new Diagnostic(
                    Rules.TemplateFailed,
                    "The template wrote half a surrogate pair, which no file can hold.",
                    "Cut texts only between characters.",
                    SourceSpan.StartOf(template.File)
                ),
                context.Work
            );
        }
    }
}
