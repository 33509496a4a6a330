using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Planning;

namespace GitOpsGen.Rendering;

/// <summary>
/// Renders every template of a set for everything that its path names. The path is the only table: a template below
/// <c>overlays/{environment}/</c> is rendered once for each environment, and so on. A template that renders nothing but white
/// space says that there is no such file here.
/// </summary>
internal class TreeRenderer(TemplateSet templates, Plan plan, CancellationToken cancellation)
{
    private readonly TemplateRenderer renderer = new(templates);
    private readonly ILookup<PathPlaceholder, TemplateFile> extras = Lookup(templates, isExtra: true);
    private readonly ILookup<PathPlaceholder, TemplateFile> others = Lookup(templates, isExtra: false);
    private readonly RunBudget budget = new();
    private readonly ContentPool contents = new();
    private readonly ConcurrentBag<Diagnostic> failures = [];

    /// <summary>All files, and every template that failed or wrote where another one does.</summary>
    public (FileTree Tree, ImmutableArray<Diagnostic> Found) Render(int jobs, Action environmentDone)
    {
        var environments = new List<OutputFile>[plan.Environments.Length];
        Parallel.For(
            0,
            environments.Length,
            new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
            i =>
            {
                environments[i] = RenderEnvironment(plan.Environments[i]);
                environmentDone();
            }
        );
        var shared = RenderShared();
        return budget.Problem() is { } exceeded ? (new([]), [exceeded]) : Collect(shared.Concat(environments.SelectMany(files => files)));
    }

    protected List<OutputFile> RenderShared()
    {
        var files = new List<OutputFile>();
        RenderAll(others[PathPlaceholder.None], new(), PlanModel.Once.Of(new(plan)), files);
        foreach (var package in plan.Packages)
        {
            RenderAll(others[PathPlaceholder.Object], new() { Object = package.Name.Value }, PlanModel.Base.Of(new(package)), files);
        }

        foreach (var registry in plan.Registries)
        {
            var bindings = new PathBindings { Registry = registry.Ecr.FolderName };
            RenderAll(others[PathPlaceholder.Registry], bindings, PlanModel.PerRegistry.Of(new(registry, 1)), files);
            for (var part = 1; part <= registry.MirrorPolicy.Length; part++)
            {
                RenderAll(
                    others[PathPlaceholder.Registry | PathPlaceholder.Part],
                    bindings with
                    {
                        Part = part,
                    },
                    PlanModel.PerRegistry.Of(new(registry, part)),
                    files
                );
            }
        }

        return files;
    }

    // What lists the extras has to know them.
    protected List<OutputFile> RenderEnvironment(EnvironmentPlan environment)
    {
        if (extras.Count == 0)
        {
            return RenderEnvironment(environment, others);
        }

        var files = RenderEnvironment(environment, extras);
        files.AddRange(RenderEnvironment(environment with { Extras = ExtraFiles.Resources(files) }, others));
        return files;
    }

    private List<OutputFile> RenderEnvironment(EnvironmentPlan environment, ILookup<PathPlaceholder, TemplateFile> byPlaceholders)
    {
        var files = new List<OutputFile>();
        var bindings = new PathBindings { Environment = environment.Settings.Name.Value.Value };
        RenderAll(byPlaceholders[PathPlaceholder.Environment], bindings, PlanModel.PerEnvironment.Of(new(environment, 1)), files);
        for (var part = 1; part <= Parts(environment); part++)
        {
            RenderAll(
                byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.Part],
                bindings with
                {
                    Part = part,
                },
                PlanModel.PerEnvironment.Of(new(environment, part)),
                files
            );
        }

        foreach (var config in environment.ImageConfigs)
        {
            var model = PlanModel.PerImageConfig.Of(new(environment, config));
            RenderAll(
                byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.ImageConfig],
                bindings with
                {
                    ImageConfig = config.Name,
                },
                model,
                files
            );
        }

        foreach (var wave in environment.Waves)
        {
            var inWave = bindings with { Wave = wave.Number.ToString(CultureInfo.InvariantCulture) };
            RenderAll(
                byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.Wave],
                inWave,
                PlanModel.PerWave.Of(new(environment, wave)),
                files
            );
            foreach (var package in wave.Packages)
            {
                var model = PlanModel.PerPackage.Of(new(environment, wave, package));
                var inObject = inWave with { Object = package.Entry.ObjectName.Value };
                RenderAll(byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.Object], inObject, model, files);
                RenderAll(byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.Wave | PathPlaceholder.Object], inObject, model, files);
            }
        }

        return files;
    }

    private static int Parts(EnvironmentPlan environment) =>
        environment.Access?.Registry is { } access ? Math.Max(access.Nodes?.Policy.Length ?? 0, access.PackageManager?.Policy.Length ?? 0) : 0;

    private void RenderAll(IEnumerable<TemplateFile> all, PathBindings bindings, ModelObject model, List<OutputFile> files)
    {
        foreach (var template in all)
        {
            RenderOne(template, bindings, model, files);
        }
    }

    /// <summary>Renders one template for one thing.</summary>
    protected virtual void RenderOne(TemplateFile template, PathBindings bindings, ModelObject model, List<OutputFile> files)
    {
        if (budget.IsExceeded)
        {
            return;
        }

        var rendered = renderer.Render(template, model, cancellation);
        budget.Charge(template, rendered);
        if (rendered.Failure is { } failure)
        {
            failures.Add(failure);
        }
        else if (rendered.Content.IsEmpty)
        {
            return;
        }
        else if (template.Path.TryExpand(bindings, out var path))
        {
            files.Add(new(path, contents.Shared(rendered.Content), template.File));
        }
        else
        {
            failures.Add(
                Refused(
                    template.File,
                    $"'{template.Path}' becomes a path here that is too long, or that some platform refuses.",
                    "Use names that are shorter, and not those of devices such as con or nul."
                )
            );
        }
    }

    private static ILookup<PathPlaceholder, TemplateFile> Lookup(TemplateSet templates, bool isExtra) =>
        templates.Outputs.Where(template => ExtraFiles.IsExtra(template.Path) == isExtra).ToLookup(template => template.Path.Placeholders);

    private static Diagnostic Refused(string template, string problem, string fix) =>
        new(Rules.OutputPath, problem, fix, SourceSpan.StartOf(template));

    private (FileTree Tree, ImmutableArray<Diagnostic> Found) Collect(IEnumerable<OutputFile> rendered)
    {
        // Without regard to case: on Windows and macOS two such paths would be one file.
        var byPath = new Dictionary<string, OutputFile>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in rendered)
        {
            if (!byPath.TryAdd(file.Path.Value, file))
            {
                var (first, second) = (byPath[file.Path.Value].Template!, file.Template!);
                var (blamed, other) = templates.OfFile(second)?.IsUsers == true ? (second, first) : (first, second);
                failures.Add(Refused(blamed, $"{file.Path} is written by this template and by {other}.", "Rename one of the templates."));
            }
        }

        // A template that fails for one environment mostly fails for every one in the same way.
        return (new(byPath.Values), [.. failures.Distinct()]);
    }
}
