using GitOpsGen.Planning;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Variables;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>
/// Renders single files of a tree again, with tracing on: for <c>explain</c>, and for findings about a rendered file, which name the
/// template's line. Which template renders which file is computed on the first request.
/// </summary>
internal sealed class FileTracer(TemplateSet templates, Plan plan, CancellationToken cancellation)
{
    private readonly Lazy<Dictionary<string, Rendering>> renderings = new(() => new Index(templates, plan, cancellation).All());

    /// <summary>Every path that a template could write, whether or not it renders something there, in ordinal order.</summary>
    public IEnumerable<string> Paths => renderings.Value.Keys.Order(StringComparer.Ordinal);

    /// <summary>The file at a path, traced; <see langword="null"/> where no template writes it, or it renders nothing but white space.</summary>
    public TracedFile? Trace(RelativePath path)
    {
        if (!renderings.Value.TryGetValue(path.Value, out var rendering))
            return null;

        var ((content, failure, _), lines) = new TracingContext().Trace(templates, rendering.Template, rendering.Model, cancellation);
        return failure is null && content.IsEmpty ? null : new(path, content, rendering.Bindings, lines, failure);
    }

    private sealed record Rendering(TemplateFile Template, PathBindings Bindings, ModelObject Model);

    // Visits everything as the renderer does, but renders only what other templates list.
    private sealed class Index(TemplateSet templates, Plan plan, CancellationToken cancellation) : TreeRenderer(templates, plan, cancellation)
    {
        private readonly Plan plan = plan;
        private readonly Dictionary<string, Rendering> found = new(StringComparer.Ordinal);

        public Dictionary<string, Rendering> All()
        {
            RenderShared();
            foreach (var environment in plan.Environments)
                RenderEnvironment(environment);

            return found;
        }

        protected override void RenderOne(TemplateFile template, PathBindings bindings, ModelObject model, List<OutputFile> files)
        {
            if (template.Path.TryExpand(bindings, out var path))
                found.TryAdd(path.Value, new(template, bindings, model));

            if (OwnFiles.IsOwn(template))
                base.RenderOne(template, bindings, model, files);
        }
    }
}

/// <summary>A rendered file and what wrote it.</summary>
/// <param name="Path">Where, below the output folder.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Bindings">The values of the placeholders in its template's path.</param>
/// <param name="Lines">Its lines, in their order.</param>
/// <param name="Failure">Why there is no content.</param>
internal sealed record TracedFile(
    RelativePath Path,
    ReadOnlyMemory<byte> Content,
    PathBindings Bindings,
    ImmutableArray<TracedLine> Lines,
    Diagnostic? Failure
);
