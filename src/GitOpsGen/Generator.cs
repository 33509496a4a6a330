using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Packages;
using GitOpsGen.Planning;
using GitOpsGen.Rendering;
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

    /// <summary>Applies the rules; renders and compares nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome Lint(InputTree inputs, RunOptions options, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, null, cancellation);
        var planned = run.ReadAndPlan();
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

        var (changes, found) = files.Writer.Write(files.Tree, files.Scope, options.Force, cancellation, seen => run.Verify(files, seen));
        run.bag.AddRange(found);
        return run.Finish(planned, files, found.IsEmpty ? changes : null);
    }

    /// <summary>Renders in memory and checks every object as an API server would; compares and writes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome Validate(
        InputTree inputs, RunOptions options, ValidateOptions how, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, progress, cancellation) { raised = how.IsStrict ? OutputValidation.GapRules : [] };
        var planned = run.ReadAndPlan();
        var (catalogue, aboutCrds) = CrdInputs.Read(inputs, planned.Settings, how, cancellation);
        run.bag.AddRange(aboutCrds);
        if (run.RenderFiles(planned) is not { } files)
        {
            return run.Finish(planned);
        }

        run.bag.AddRange(GuardOf(files).Check(options.Jobs, cancellation));
        var (counts, found) = OutputValidation.Check(files.Tree, planned.Settings!.Output, catalogue!, options.Jobs, cancellation);
        run.bag.AddRange(found);
        return run.Finish(planned, files) with { Validation = counts };
    }

    private Planned ReadAndPlan()
    {
        var file = inputs.ReadSettings(cancellation);
        if (ReadFile(file, "Make it a readable file, run 'gitopsgen init' for a new one, or name another with --settings.") is not { } content)
        {
            return new(null, null, null);
        }

        var (settings, found) = SettingsReader.Read(file.Path, content.Span);
        bag.AddRange(found);
        var lockfile = ReadLockfile(settings?.Lockfile);
        var templates = settings is null ? null : ReadTemplates(settings.Templates);
        if (settings is null || lockfile is null || !TrySelect(settings, out var isSelected))
        {
            return new(settings, null, null);
        }

        var (graphs, aboutPackages) = GraphBuilder.Build(lockfile, [.. settings.Environments.Select(e => e.Name.Value)], isSelected);
        bag.AddRange(aboutPackages);
        if (bag.HasFixedErrors)
        {
            return new(settings, null, null);
        }

        var (plan, aboutPlan) = Planner.Plan(lockfile, settings, graphs, isSelected);
        bag.AddRange(aboutPlan);
        return new(settings, bag.HasFixedErrors ? null : plan, templates);
    }

    private TemplateSet? ReadTemplates(RelativePath folder)
    {
        var (own, found) = TemplateInputs.Read(inputs, folder, cancellation);
        bag.AddRange(found);
        var (templates, aboutTemplates) = own?.Parse() ?? new(null, []);
        bag.AddRange(aboutTemplates);
        return templates;
    }

    // Where the settings cannot be read, the lockfile's own errors are worth knowing at once, but it may well stand elsewhere.
    private PackageLock? ReadLockfile(RelativePath? path)
    {
        var file = inputs.ReadLockfile(path ?? RelativePath.Parse(SettingsReader.DefaultLockfile), cancellation);
        if (path is null && file.Content is null)
        {
            return null;
        }

        if (ReadFile(file, "Make it a readable file, run 'gitopsgen init' for a new one, or name another with --lockfile.") is not { } content)
        {
            return null;
        }

        var (lockfile, found) = LockfileReader.Read(file.Path, content.Span);
        bag.AddRange(found);
        return lockfile;
    }

    private ReadOnlyMemory<byte>? ReadFile(SourceFile file, string fix)
    {
        if (file.Content is null)
        {
            bag.Add(Rules.FileNotReadable, SourceSpan.StartOf(file.Path), $"{file.Path} cannot be read: {file.Problem}.", fix);
        }

        return file.Content;
    }

    private bool TrySelect(ProjectSettings settings, out Func<EnvironmentName, bool> isSelected)
    {
        var patterns = options.Environments.Select(text => new NamePattern(text)).ToArray();
        isSelected = name => patterns.Length == 0 || Array.Exists(patterns, pattern => pattern.Matches(name.Value));
        foreach (var pattern in patterns.Where(pattern => !settings.Environments.Any(e => pattern.Matches(e.Name.Value.Value))))
        {
            bag.Add(
                Rules.NoSuchEnvironment,
                null,
                $"--env '{pattern}' matches no environment.",
                $"Environments are {string.Join(", ", settings.Environments.Take(20).Select(e => e.Name))}.");
        }

        return !bag.HasFixedErrors;
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
            found = OutputPaths.Check(tree, scope);
        }

        bag.AddRange(found);
        return found.IsEmpty ? new(tree, plan, templates, scope, new(new(inputs.Root, settings.Output), options.Jobs)) : null;
    }

    private static IdentityGuard GuardOf(RenderedFiles files) => new(files.Templates, files.Plan, files.Tree, files.Writer.Path);

    // Only what differs, for bytes on disk were verified when they were written; and equal bytes once, for most of a fleet is equal.
    // But for access: what a document may grant can change without it.
    private ImmutableArray<Diagnostic> Verify(RenderedFiles files, ChangeSet changes)
    {
        var distinct = changes.Changes
            .Select(change => files.Tree.TryGet(change.Path, out var file) ? file : null)
            .OfType<OutputFile>()
            .DistinctBy(file => (file.Template, ContentHash.Of(file.Content.Span)))
            .ToArray();
        var guard = new AccessGuard(files.Plan, files.Tree);
        var found = new ConcurrentBag<ImmutableArray<Diagnostic>>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Jobs, CancellationToken = cancellation };
        Parallel.ForEach(distinct, parallel, file => found.Add(RenderedCheck.Check(file.Template!, file.Path, file.Content.Span)));
        Parallel.ForEach(guard.Groups, parallel, group => found.Add(guard.Check(group)));
        if (files.Templates.HasUsers)
        {
            found.Add(GuardOf(files).Check(options.Jobs, cancellation));
            found.Add([.. new OwnAccess(files.Plan, files.Tree, files.Templates).Check()]);
        }

        return [.. found.SelectMany(diagnostics => diagnostics)];
    }

    private bool HasErrors(Planned planned) => Final(planned).Any(d => d.Severity == Severity.Error);

    private ImmutableArray<Diagnostic> Final(Planned planned) => (planned.Settings?.Severities ?? SeverityPolicy.Default).WithErrors(raised).Apply(bag.ToImmutable());

    private Outcome Finish(Planned planned, RenderedFiles? files = null, ChangeSet? changes = null) => new()
    {
        Diagnostics = Final(planned),
        Output = planned.Settings?.Output,
        FileCount = files?.Tree.Files.Length ?? 0,
        EnvironmentCount = planned.Plan?.Environments.Length ?? 0,
        Changes = changes?.Changes ?? [],
    };

    private sealed record Planned(ProjectSettings? Settings, Plan? Plan, TemplateSet? Templates);

    private sealed record RenderedFiles(FileTree Tree, Plan Plan, TemplateSet Templates, OutputScope Scope, OutputWriter Writer);
}
