using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Planning;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen.Guards;

/// <summary>
/// Whether the user's templates have left the packages of every environment what the plan makes them. Without such templates there
/// is nothing to ask: the built-in ones are tested.
/// </summary>
internal sealed class IdentityGuard(TemplateSet templates, Plan plan, FileTree tree, RelativePath output)
{
    /// <summary>What is wrong; findings are about templates, for those are what can be changed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ImmutableArray<Diagnostic> Check(int jobs, CancellationToken cancellation)
    {
        if (!templates.HasUsers)
        {
            return [];
        }

        // Most files of a fleet are equal: only where something is wrong, its place matters.
        var quick = new IdentityCheck(tree, output, sharesContents: true);
        var exact = new Lazy<IdentityCheck>(() => new(tree, output, sharesContents: false));
        var found = new ConcurrentBag<ImmutableArray<IdentityFinding>>();
        var extras = tree
            .Files.Select(file => file.Path.Value.Split('/'))
            .Where(path => path is ["overlays", _, "packages", "extras", ..])
            .Select(path => path[1])
            .ToHashSet(StringComparer.Ordinal);
        Parallel.ForEach(
            plan.Environments,
            new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
            environment =>
            {
                var expected = PlannedIdentities.Of(environment, extras.Contains(environment.Settings.Name.Value.Value));
                if (!quick.Check(expected).IsEmpty)
                {
                    found.Add(exact.Value.Check(expected));
                }
            }
        );
        found.Add(quick.CheckShared() is { IsEmpty: true } none ? none : exact.Value.CheckShared());
        var places = new TemplatePlaces(new(templates, plan, cancellation));
        return [.. found.SelectMany(findings => findings).Select(finding => AboutTemplate(finding, places)).Distinct()];
    }

    // The line that wrote it, where that is the user's; else the template of the user's that is the likeliest to be wrong.
    private Diagnostic AboutTemplate(IdentityFinding finding, TemplatePlaces places)
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
