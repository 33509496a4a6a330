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
    private readonly ILookup<PathPlaceholder, TemplateFile> byPlaceholders = templates.Outputs.ToLookup(template => template.Path.Placeholders);
    private readonly ContentPool contents = new();
    private readonly ConcurrentBag<Diagnostic> failures = [];

    /// <summary>All files, and every template that failed or wrote where another one does.</summary>
    public (FileTree Tree, ImmutableArray<Diagnostic> Found) Render(int jobs, Action environmentDone)
    {
        var environments = new List<OutputFile>[plan.Environments.Length];
        Parallel.For(0, environments.Length, new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, i =>
        {
            environments[i] = RenderEnvironment(plan.Environments[i]);
            environmentDone();
        });
        return Collect(RenderShared().Concat(environments.SelectMany(files => files)));
    }

    protected List<OutputFile> RenderShared()
    {
        var files = new List<OutputFile>();
        RenderAll(PathPlaceholder.None, new(), PlanModel.Once.Of(new(plan)), files);
        foreach (var package in plan.Packages)
        {
            RenderAll(PathPlaceholder.Object, new() { Object = package.Name.Value }, PlanModel.Base.Of(new(package)), files);
        }

        foreach (var registry in plan.Registries)
        {
            var bindings = new PathBindings { Registry = registry.Ecr.FolderName };
            RenderAll(PathPlaceholder.Registry, bindings, PlanModel.PerRegistry.Of(new(registry, 1)), files);
            for (var part = 1; part <= registry.MirrorPolicy.Length; part++)
            {
                RenderAll(PathPlaceholder.Registry | PathPlaceholder.Part, bindings with { Part = part }, PlanModel.PerRegistry.Of(new(registry, part)), files);
            }
        }

        return files;
    }

    protected List<OutputFile> RenderEnvironment(EnvironmentPlan environment)
    {
        var files = new List<OutputFile>();
        var bindings = new PathBindings { Environment = environment.Settings.Name.Value.Value };
        RenderAll(PathPlaceholder.Environment, bindings, PlanModel.PerEnvironment.Of(new(environment, 1)), files);
        for (var part = 1; part <= Parts(environment); part++)
        {
            RenderAll(PathPlaceholder.Environment | PathPlaceholder.Part, bindings with { Part = part }, PlanModel.PerEnvironment.Of(new(environment, part)), files);
        }

        foreach (var config in environment.ImageConfigs)
        {
            var model = PlanModel.PerImageConfig.Of(new(environment, config));
            RenderAll(PathPlaceholder.Environment | PathPlaceholder.ImageConfig, bindings with { ImageConfig = config.Name }, model, files);
        }

        foreach (var wave in environment.Waves)
        {
            var inWave = bindings with { Wave = wave.Number.ToString(CultureInfo.InvariantCulture) };
            RenderAll(PathPlaceholder.Environment | PathPlaceholder.Wave, inWave, PlanModel.PerWave.Of(new(environment, wave)), files);
            foreach (var package in wave.Packages)
            {
                var model = PlanModel.PerPackage.Of(new(environment, wave, package));
                var inObject = inWave with { Object = package.Entry.ObjectName.Value };
                RenderAll(PathPlaceholder.Environment | PathPlaceholder.Object, inObject, model, files);
                RenderAll(PathPlaceholder.Environment | PathPlaceholder.Wave | PathPlaceholder.Object, inObject, model, files);
            }
        }

        return files;
    }

    private static int Parts(EnvironmentPlan environment) =>
        environment.Access?.Registry is { } access ? Math.Max(access.Nodes?.Policy.Length ?? 0, access.PackageManager?.Policy.Length ?? 0) : 0;

    private void RenderAll(PathPlaceholder placeholders, PathBindings bindings, ModelObject model, List<OutputFile> files)
    {
        foreach (var template in byPlaceholders[placeholders])
        {
            RenderOne(template, bindings, model, files);
        }
    }

    /// <summary>Renders one template for one thing.</summary>
    protected virtual void RenderOne(TemplateFile template, PathBindings bindings, ModelObject model, List<OutputFile> files)
    {
        var (content, failure) = renderer.Render(template, model, cancellation);
        if (failure is not null)
        {
            failures.Add(failure);
        }
        else if (!content.IsEmpty)
        {
            files.Add(new(template.Path.Expand(bindings), contents.Shared(content), template.File));
        }
    }

    private (FileTree Tree, ImmutableArray<Diagnostic> Found) Collect(IEnumerable<OutputFile> rendered)
    {
        // Without regard to case: on Windows and macOS two such paths would be one file.
        var byPath = new Dictionary<string, OutputFile>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in rendered)
        {
            if (!byPath.TryAdd(file.Path.Value, file))
            {
                failures.Add(new(
                    Rules.OutputPath,
                    $"{file.Path} is written by this template and by {byPath[file.Path.Value].Template}.",
                    "Rename one of the templates.",
                    SourceSpan.StartOf(file.Template!)));
            }
        }

        return (new(byPath.Values), [.. failures]);
    }
}
