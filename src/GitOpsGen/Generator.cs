using System.Collections.Frozen;
using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Guards;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Packages;
using GitOpsGen.Planning;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Settings;
using GitOpsGen.Validation;

namespace GitOpsGen;

/// <summary>
/// The order of the stages, once: inputs, settings and lockfile, graphs, plan, files, changes. Each stage takes what the one
/// before it returned; the first error that no setting can soften ends the run behind its stage.
/// </summary>
public sealed class Generator
{
    private readonly InputTree inputs;
    private readonly RunOptions options;
    private readonly IProgress<RunProgress>? progress;
    private readonly CancellationToken cancellation;
    private readonly DiagnosticBag bag = new();
    private ImmutableArray<Rule> raised = [];

    private Generator(InputTree inputs, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        this.inputs = inputs;
        this.options = options;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// <summary>Applies the rules. With templates of the user's it renders in memory, to check them; it compares nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome Lint(InputTree inputs, RunOptions options, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, null, cancellation);
        var planned = run.ReadAndPlan();
        if (planned.Templates is { HasUsers: true } && run.RenderFiles(planned) is { } files)
        {
            run.bag.AddRange(run.Guard(files, files.Tree.Files));
        }

        return run.Finish(planned);
    }

    /// <summary>Renders in memory and compares with the output folder; writes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome Check(InputTree inputs, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, progress, cancellation);
        var planned = run.ReadAndPlan();
        if (run.RenderFiles(planned) is not { } files)
        {
            return run.Finish(planned);
        }

        var changes = files.Writer.Compare(files.Tree, files.Scope, cancellation);
        run.bag.AddRange(changes.Diagnostics);
        run.bag.AddRange(run.Verify(files, changes));
        return run.Finish(planned, files, changes);
    }

    /// <summary>Renders and writes, all or nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was written.</exception>
    public static Outcome Render(InputTree inputs, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, progress, cancellation);
        var planned = run.ReadAndPlan();
        if (run.RenderFiles(planned) is not { } files)
        {
            return run.Finish(planned);
        }

        var compared = files.Writer.Compare(files.Tree, files.Scope, cancellation);
        run.bag.AddRange(compared.Blocking(options.Force));
        run.bag.AddRange(run.Verify(files, compared));
        if (run.HasErrors(planned))
        {
            return run.Finish(planned, files);
        }

        var (written, failed) = files.Writer.Write(compared, options.Force, cancellation);
        run.bag.AddRange(failed);
        return run.Finish(planned, files, failed.IsEmpty ? written : null);
    }

    /// <summary>Renders in memory and checks every object as an API server would; compares and writes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome Validate(
        InputTree inputs,
        RunOptions options,
        ValidateOptions how,
        IProgress<RunProgress>? progress,
        CancellationToken cancellation
    )
    {
        var run = new Generator(inputs, options, progress, cancellation) { raised = how.IsStrict ? OutputValidation.GapRules : [] };
        var planned = run.ReadAndPlan();
        var (catalogue, aboutCrds) = CrdInputs.Read(inputs, planned.Settings, how.Crds, cancellation);
        run.bag.AddRange(aboutCrds);
        if (run.RenderFiles(planned) is not { } files)
        {
            return run.Finish(planned);
        }

        run.bag.AddRange(run.Guard(files, []));
        var (counts, found) = OutputValidation.Check(files.Tree, planned.Settings!.Output, catalogue!, options.Jobs, cancellation);
        var places = new TemplatePlaces(new(files.Templates, files.Plan, cancellation));
        run.bag.AddRange(found.Select(diagnostic => places.Naming(diagnostic, planned.Settings.Output)));
        return run.Finish(planned, files) with { Validation = counts };
    }

    /// <summary>Says of the lines of one rendered file which template line, entry and setting made them; compares and writes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome Explain(InputTree inputs, RunOptions options, ExplainTarget target, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, null, cancellation);
        var planned = run.ReadAndPlan();
        if (planned is not { Settings: { } settings, Plan: { } plan, Templates: { } templates } || run.HasErrors(planned))
        {
            return run.Finish(planned);
        }

        var origins = new OriginFinder(Document(planned.Project.LockfileSource!), Document(planned.Project.SettingsSource));
        var question = new FileQuestion(
            new(templates, plan, cancellation),
            new(templates, plan, origins),
            settings.Output,
            path => inputs.ReadFile(path, cancellation).Content
        );
        var (explanation, found) = question.Answer(target, inputs.Readings(target.Path, settings.Output.Value));
        // What the rules have to say besides was not asked.
        return run.Finish(planned) with { Diagnostics = settings.Severities.Apply(found), Explanation = explanation };
    }

    private static InputDocument Document(SourceFile file) => InputDocument.Read(file.Path, file.Content!.Value.Span);

    /// <summary>Plans what has to be copied into the registries of the environments; asks none of them.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static MirrorOutcome Mirror(InputTree inputs, RunOptions options, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, null, cancellation);
        var planned = run.ReadAndPlan();
        if (planned.Plan is not { } plan)
        {
            return new(planned.Settings, null, run.Final(planned));
        }

        var (mirror, found) = MirrorPlanner.Of(plan.Environments);
        run.bag.AddRange(found);
        return new(planned.Settings, run.HasErrors(planned) ? null : mirror, run.Final(planned));
    }

    /// <summary>Reads what is locked and puts it in order; renders and asks nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static PackageSurvey Survey(InputTree inputs, RunOptions options, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, null, cancellation);
        var project = Project.Open(inputs, options.Environments, cancellation);
        run.bag.AddRange(project.Diagnostics);
        var planned = new Planned(project, null, null);
        if (project.Lockfile is not { } lockfile || run.bag.HasFixedErrors)
        {
            return new(null, [], run.Errors(planned));
        }

        var chosen = run.BuildGraphs(project, lockfile)
            .Select(graph => graph with { Environments = [.. graph.Environments.Where(project.IsSelected)] })
            .Where(graph => !graph.Environments.IsEmpty);
        return new(lockfile, [.. chosen], run.Errors(planned));
    }

    private Planned ReadAndPlan()
    {
        var project = Project.Open(inputs, options.Environments, cancellation);
        bag.AddRange(project.Diagnostics);
        var templates = project.Settings is { } read ? ReadTemplates(read.Templates) : null;
        if (project is not { Settings: { } settings, Lockfile: { } lockfile } || bag.HasFixedErrors)
        {
            return new(project, null, null);
        }

        var graphs = BuildGraphs(project, lockfile);
        if (bag.HasFixedErrors)
        {
            return new(project, null, null);
        }

        var (plan, found) = Planner.Plan(lockfile, settings, graphs, project.IsSelected);
        bag.AddRange(found);
        return new(project, bag.HasFixedErrors ? null : plan, templates);
    }

    private ImmutableArray<PackageGraph> BuildGraphs(Project project, PackageLock lockfile)
    {
        var (graphs, found) = GraphBuilder.Build(lockfile, project.Environments, project.IsSelected);
        bag.AddRange(found);
        return graphs;
    }

    private TemplateSet? ReadTemplates(RelativePath folder)
    {
        var (own, found) = TemplateInputs.Read(inputs, folder, cancellation);
        bag.AddRange(found);
        var (templates, aboutTemplates) = own?.Parse() ?? new(null, []);
        bag.AddRange(aboutTemplates);
        return templates;
    }

    private RenderedFiles? RenderFiles(Planned planned)
    {
        if (planned is not { Settings: { } settings, Plan: { } plan, Templates: { } templates } || HasErrors(planned))
        {
            return null;
        }

        var done = 0;
        var renderer = new TreeRenderer(templates, plan, cancellation);
        var (tree, found) = renderer.Render(options.Jobs, () => progress?.Report(new(Interlocked.Increment(ref done), plan.Environments.Length)));
        var environments = plan.Environments.Select(e => e.Settings.Name.Value.Value).ToFrozenSet(StringComparer.Ordinal);
        var scope = new OutputScope(environments, IsComplete: options.Environments.IsEmpty);
        if (found.IsEmpty && templates.HasUsers)
        {
            found = OutputPaths.Check(tree, scope, file => templates.OfFile(file)?.IsUsers == true);
        }

        bag.AddRange(found);
        return found.IsEmpty ? new(tree, plan, templates, scope, new(new(inputs.Root, settings.Output), options.Jobs)) : null;
    }

    // Bytes on disk were verified when they were written.
    private ImmutableArray<Diagnostic> Verify(RenderedFiles files, ChangeSet changes) =>
        Guard(files, changes.Changes.Select(change => files.Tree.TryGet(change.Path, out var file) ? file : null).OfType<OutputFile>());

    private ImmutableArray<Diagnostic> Guard(RenderedFiles files, IEnumerable<OutputFile> changed) =>
        new TemplateGuard(files.Templates, files.Plan, files.Tree, files.Writer.Path).Check(changed, options.Jobs, cancellation);

    private bool HasErrors(Planned planned) => Final(planned).Any(d => d.Severity == Severity.Error);

    private ImmutableArray<Diagnostic> Errors(Planned planned) => [.. Final(planned).Where(d => d.Severity == Severity.Error)];

    private ImmutableArray<Diagnostic> Final(Planned planned) =>
        (planned.Settings?.Severities ?? SeverityPolicy.Default).WithErrors(raised).Apply(bag.ToImmutable());

    private Outcome Finish(Planned planned, RenderedFiles? files = null, ChangeSet? changes = null) =>
        new()
        {
            Diagnostics = Final(planned),
            Output = planned.Settings?.Output,
            FileCount = files?.Tree.Files.Length ?? 0,
            EnvironmentCount = planned.Plan?.Environments.Length ?? 0,
            Changes = changes?.Changes ?? [],
        };

    private sealed record Planned(Project Project, Plan? Plan, TemplateSet? Templates)
    {
        public ProjectSettings? Settings => Project.Settings;
    }

    private sealed record RenderedFiles(FileTree Tree, Plan Plan, TemplateSet Templates, OutputScope Scope, OutputWriter Writer);
}
