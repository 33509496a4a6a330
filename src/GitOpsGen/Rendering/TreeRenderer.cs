using System.Collections.Concurrent;
using GitOpsGen.Planning;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Variables;

namespace GitOpsGen.Rendering;

/// <summary>
/// Renders every template of a set for everything that its path names. The path alone decides: a template below
/// <c>overlays/{environment}/</c> is rendered once for each environment, and so on. A template that renders nothing but white
/// space writes no file.
/// </summary>
/// <param name="templates">The templates.</param>
/// <param name="plan">What they print.</param>
/// <param name="cancellation">Stops it.</param>
/// <param name="others">What other templates have written that those of this set list, by environment; none by default.</param>
internal class TreeRenderer(TemplateSet templates, Plan plan, CancellationToken cancellation, ILookup<string, OutputFile>? others = null)
{
    private readonly TemplateRenderer renderer = new(templates);
    private readonly ILookup<PathPlaceholder, TemplateFile> own = Lookup(templates, isOwn: true);
    private readonly ILookup<PathPlaceholder, TemplateFile> rest = Lookup(templates, isOwn: false);
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
        RenderAll(rest[PathPlaceholder.None], new(), TemplateVariables.Once.Of(new(plan)), files);
        foreach (var package in plan.Packages)
            RenderAll(rest[PathPlaceholder.Object], new() { Object = package.Name.Value }, TemplateVariables.Base.Of(new(package)), files);

        foreach (var registry in plan.Registries)
        {
            var bindings = new PathBindings { Registry = registry.Ecr.FolderName };
            RenderAll(rest[PathPlaceholder.Registry], bindings, TemplateVariables.PerRegistry.Of(new(registry, 1)), files);
            for (var part = 1; part <= registry.MirrorPolicy.Length; part++)
            {
                var model = TemplateVariables.PerRegistry.Of(new(registry, part));
                RenderAll(rest[PathPlaceholder.Registry | PathPlaceholder.Part], bindings with { Part = part }, model, files);
            }
        }

        return files;
    }

    // What the user's templates add comes first: the other templates list it.
    protected List<OutputFile> RenderEnvironment(EnvironmentPlan environment)
    {
        if (own.Count == 0)
            return RenderEnvironment(environment, rest, OwnFiles.ByFolder(others?[environment.Settings.Name.Value.Value] ?? []));

        var files = RenderEnvironment(environment, own, ImmutableDictionary<string, ImmutableArray<string>>.Empty);
        files.AddRange(RenderEnvironment(environment, rest, OwnFiles.ByFolder(files)));
        return files;
    }

    private List<OutputFile> RenderEnvironment(
        EnvironmentPlan environment,
        ILookup<PathPlaceholder, TemplateFile> byPlaceholders,
        ImmutableDictionary<string, ImmutableArray<string>> listed
    )
    {
        var model = new EnvironmentModel(environment, listed);
        var files = new List<OutputFile>();
        var bindings = new PathBindings { Environment = environment.Settings.Name.Value.Value };
        RenderAll(byPlaceholders[PathPlaceholder.Environment], bindings, TemplateVariables.PerEnvironment.Of(new(model, 1)), files);
        for (var part = 1; part <= Parts(environment); part++)
        {
            var variables = TemplateVariables.PerEnvironment.Of(new(model, part));
            RenderAll(byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.Part], bindings with { Part = part }, variables, files);
        }

        foreach (var config in environment.ImageConfigs)
        {
            var inConfig = bindings with { ImageConfig = config.Name };
            var variables = TemplateVariables.PerImageConfig.Of(new(model, config));
            RenderAll(byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.ImageConfig], inConfig, variables, files);
        }

        foreach (var runtime in environment.RuntimeConfigs)
        {
            var inRuntime = bindings with { Runtime = runtime.Name };
            var variables = TemplateVariables.PerRuntime.Of(new(model, runtime));
            RenderAll(byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.Runtime], inRuntime, variables, files);
        }

        foreach (var wave in environment.Waves)
        {
            var inWave = bindings with { Wave = wave.Number.ToString(CultureInfo.InvariantCulture) };
            RenderAll(
                byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.Wave],
                inWave,
                TemplateVariables.PerWave.Of(new(model, wave)),
                files
            );
            foreach (var package in wave.Packages)
            {
                var variables = TemplateVariables.PerPackage.Of(new(model, wave, package));
                var inObject = inWave with { Object = package.Entry.ObjectName.Value };
                RenderAll(byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.Object], inObject, variables, files);
                RenderAll(byPlaceholders[PathPlaceholder.Environment | PathPlaceholder.Wave | PathPlaceholder.Object], inObject, variables, files);
            }
        }

        return files;
    }

    private static int Parts(EnvironmentPlan environment) =>
        environment.Access?.Registry is { } access ? Math.Max(access.Nodes?.Policy.Length ?? 0, access.PackageManager?.Policy.Length ?? 0) : 0;

    private void RenderAll(IEnumerable<TemplateFile> all, PathBindings bindings, ModelObject model, List<OutputFile> files)
    {
        foreach (var template in all)
            RenderOne(template, bindings, model, files);
    }

    /// <summary>Renders one template for one thing.</summary>
    protected virtual void RenderOne(TemplateFile template, PathBindings bindings, ModelObject model, List<OutputFile> files)
    {
        if (budget.IsExceeded)
            return;

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
                    $"'{template.Path}' becomes a path that is too long, or that some platform refuses.",
                    "Use shorter names, and no device names such as con or nul."
                )
            );
        }
    }

    private static ILookup<PathPlaceholder, TemplateFile> Lookup(TemplateSet templates, bool isOwn) =>
        templates.Outputs.Where(template => OwnFiles.IsOwn(template) == isOwn).ToLookup(template => template.Path.Placeholders);

    private static Diagnostic Refused(string template, string problem, string fix) =>
        new(Rules.OutputPath, problem, fix, SourceSpan.StartOf(template));

    private (FileTree Tree, ImmutableArray<Diagnostic> Found) Collect(IEnumerable<OutputFile> rendered)
    {
        // Case-insensitive: on Windows and macOS two such paths would be one file.
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

        // A template that fails for one environment usually fails for every environment in the same way.
        return (new(byPath.Values), [.. failures.Distinct()]);
    }
}

/// <summary>Keeps equal contents once. Most files of a fleet are equal, and the whole output is in memory at the same time.</summary>
internal sealed class ContentPool
{
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> contents = new(new ByBytes());

    /// <summary>The first content with these bytes.</summary>
    public ReadOnlyMemory<byte> Shared(ReadOnlyMemory<byte> content) => contents.GetOrAdd(content, content);

    private sealed class ByBytes : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode([DisallowNull] ReadOnlyMemory<byte> content)
        {
            var hash = default(HashCode);
            hash.AddBytes(content.Span);
            return hash.ToHashCode();
        }
    }
}
