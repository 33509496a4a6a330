using System.Collections.Concurrent;
using GitOpsGen.Planning;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Validation.Builds;

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
            ? [.. diagnostics, .. AccessGuard.Vanished(plan, tree, templates), .. CheckObjects(places, parallel)]
            : [.. diagnostics];
    }

    private IEnumerable<Diagnostic> CheckObjects(TemplatePlaces places, ParallelOptions parallel)
    {
        var builtIn = BuiltInTree.Of(templates, plan, tree, parallel.MaxDegreeOfParallelism, parallel.CancellationToken);
        // Most files of a fleet are equal: only where something is wrong, its place matters.
        var quick = new ObjectGuard(tree, builtIn, output, new SharedContents());
        var exact = new Lazy<ObjectGuard>(() => new(tree, builtIn, output));
        var found = new ConcurrentBag<ImmutableArray<GuardFinding>>();
        var own = new OwnObjects(templates, tree, quick.Build, output);
        Parallel.ForEach(
            plan.Environments,
            parallel,
            environment =>
            {
                var name = environment.Settings.Name.Value.Value;
                if (!quick.Check(name).IsEmpty)
                    found.Add(exact.Value.Check(name));

                found.Add([.. own.Check(environment)]);
            }
        );
        found.Add(quick.CheckShared().IsEmpty ? [] : exact.Value.CheckShared());
        return found.SelectMany(findings => findings).Select(finding => AboutTemplate(finding, places)).Distinct();
    }

    // The line that wrote it, where that is the user's; else the template of the user's that is the likeliest to be wrong.
    private Diagnostic AboutTemplate(GuardFinding finding, TemplatePlaces places)
    {
        var span = finding.Diagnostic.Span!.Value;
        var path = span.File[(output.Value.Length + 1)..];
        var message = $"{path}({span.Start.Line},{span.Start.Column}): {finding.Diagnostic.Message}";
        if (
            span.Start != SourcePosition.Start
            && places.AtTemplate(finding.Diagnostic with { Message = message, Span = span with { File = path } }) is var traced
            && templates.OfFile(traced.Span!.Value.File)?.IsUsers == true
        )
        {
            return traced;
        }

        var writers = finding.Sources.Prepend(path).Select(WriterOf).OfType<TemplateFile>().ToList();
        var blamed = writers.Find(writer => writer.IsUsers) ?? templates.UsersIncludes.FirstOrDefault() ?? writers.FirstOrDefault();
        return finding.Diagnostic with { Message = message, Span = SourceSpan.StartOf(blamed?.File ?? span.File) };
    }

    private TemplateFile? WriterOf(string path)
    {
        var known = RelativePath.Parse(path);
        return tree.TryGet(known, out var file) && file.Template is { } template ? templates.OfFile(template) : templates.WriterOf(known);
    }
}
