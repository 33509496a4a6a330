using System.Collections.Concurrent;
using System.Text;
using GitOpsGen.Diagnostics;
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
        cancellation.ThrowIfCancellationRequested();
        var context = idle.TryTake(out var used) ? used : new RenderContext();
        try
        {
            var content = context.Render(templates, template, model, cancellation);
            // Only here: a context that failed is in the middle of something.
            idle.Add(context);
            return new Rendered(content, null, context.Work);
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
            return new Rendered(default, new Diagnostic(
                Rules.TemplateFailed,
                "The template wrote half a surrogate pair, which no file can hold.",
                "Cut texts only between characters.",
                SourceSpan.StartOf(template.File)), context.Work);
        }
    }
}
