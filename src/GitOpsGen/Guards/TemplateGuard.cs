using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Planning;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen.Guards;

/// <summary>
/// What templates may not change, checked on what they rendered: its syntax, the access that the plan grants, the packages and what applies
/// them. The commands that render all ask here, so that they say the same.
/// </summary>
/// <param name="templates">The built-in templates and the user's.</param>
/// <param name="plan">What was rendered.</param>
/// <param name="tree">The rendered files.</param>
/// <param name="output">The output folder, below the root.</param>
internal sealed class TemplateGuard(TemplateSet templates, Plan plan, FileTree tree, RelativePath output)
{
    /// <summary>Findings about the templates, because those are what can be changed.</summary>
    /// <param name="changed">The files whose syntax is not known to be right yet.</param>
    /// <param name="jobs">How many of them at once.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ImmutableArray<Diagnostic> Check(IEnumerable<OutputFile> changed, int jobs, CancellationToken cancellation)
    {
        var found = new ConcurrentBag<ImmutableArray<Diagnostic>>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation };
        // Most files of a fleet are equal, and the renderer holds equal contents once.
        var distinct = changed.DistinctBy(file => (file.Template, file.Content)).ToArray();
        Parallel.ForEach(distinct, parallel, file => found.Add(RenderedCheck.Check(file.Path, file.Content.Span)));
        Parallel.ForEach(new AccessGuard(plan, tree).Groups, parallel, group => found.Add(AccessGuard.Check(group)));
        var places = new TemplatePlaces(new(templates, plan, cancellation));
        var diagnostics = found.SelectMany(some => some).Select(places.AtTemplate);
        // The built-in templates are tested.
        return templates.HasUsers
            ?
            [
                .. diagnostics,
                .. AccessGuard.Vanished(plan, tree, templates),
                .. new IdentityGuard(templates, plan, tree, output).Check(jobs, cancellation),
            ]
            : [.. diagnostics];
    }
}
