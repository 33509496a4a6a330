using System.Collections.Concurrent;
using GitOpsGen.Rendering.Functions;
using GitOpsGen.Rendering.Sandbox;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Variables;

namespace GitOpsGen.Rendering;

/// <summary>Renders templates of one set, on any number of threads at once. Contexts are reused: they are large.</summary>
internal sealed class TemplateRenderer(TemplateSet templates)
{
    private readonly ConcurrentBag<RenderContext> idle = [];

    /// <inheritdoc cref="RenderContext.Render"/>
    public Rendered Render(TemplateFile template, ModelObject model, CancellationToken cancellation = default)
    {
        var context = idle.TryTake(out var used) ? used : new RenderContext(BuiltIns.Object);
        var rendered = context.Render(templates, template, model, cancellation);
        if (rendered.Failure is null)
            idle.Add(context);

        return rendered;
    }
}
