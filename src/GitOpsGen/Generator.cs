using GitOpsGen.Guards;
using GitOpsGen.Importing;
using GitOpsGen.Importing.Comparing;
using GitOpsGen.Importing.HandingOver;
using GitOpsGen.Inputs;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Output;
using GitOpsGen.Packages;
using GitOpsGen.Planning;
using GitOpsGen.Publishing;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Review;
using GitOpsGen.Settings;
using GitOpsGen.Validation;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen;

/// <summary>
/// The order of the stages, once: project, templates, graphs, plan, files, changes. Each stage takes what the one before it returned. An
/// error that no setting can soften ends the run after its stage.
/// </summary>
public sealed class Generator
{
    private readonly InputTree inputs;
    private readonly RunOptions options;
    private readonly CancellationToken cancellation;
    private readonly DiagnosticBag bag = new();
    private readonly Project project;
    private readonly TemplateSet? templates;
    private readonly Plan? plan;

    private Generator(InputTree inputs, RunOptions options, CancellationToken cancellation)
    {
        this.inputs = inputs;
        this.options = options;
        this.cancellation = cancellation;
        project = Project.Open(inputs, options.Environments, cancellation);
        bag.AddRange(project.Diagnostics);
        templates = project.Settings is { } settings ? ReadTemplates(settings) : null;
        plan = PlanPackages();
    }

    /// <summary>Rules that are errors whatever the settings say.</summary>
    private ImmutableArray<Rule> Raised { get; init; } = [];

    /// <summary>Applies the rules. If the user has templates, it renders in memory to check them; it compares nothing.</summary>
    /// <param name="inputs">What to read.</param>
    /// <param name="options">How to run.</param>
    /// <param name="today">The day by which the age of versions is counted; <see langword="null"/>: it is not.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome Lint(InputTree inputs, RunOptions options, DateOnly? today, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, cancellation);
        if (today is { } day && run.project is { HasFixedErrors: false, Settings: { } settings, Lockfile: { } lockfile })
            run.bag.AddRange(Departure.Check(lockfile, settings, day));
        if (run.templates is { HasUsers: true } && run.RenderFiles(null) is { } files)
            run.Guard(files, files.Tree.Files);

        return run.Finish();
    }

    /// <summary>Renders in memory and compares with the output folder; writes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome Check(InputTree inputs, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, cancellation);
        if (run.RenderFiles(progress) is not { } files || run.Compare(files) is not { } changes)
            return run.Finish();

        run.bag.AddRange(changes.Diagnostics);
        run.bag.AddRange(files.ReleaseMoves(changes));
        run.bag.AddRange(files.EnvironmentsLeft(changes));
        run.Guard(files, files.In(changes));
        return run.Finish(files, changes) with { OutOfDate = [.. files.Writer.OutOfDate(changes)] };
    }

    /// <summary>Renders and writes, all or nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before anything was written.</exception>
    public static Outcome Render(InputTree inputs, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation) =>
        Render(inputs, options, progress, new(options.Wait), cancellation);

    private static Outcome Render(
        InputTree inputs,
        RunOptions options,
        IProgress<RunProgress>? progress,
        Patience patience,
        CancellationToken cancellation
    )
    {
        var run = new Generator(inputs, options, cancellation);
        if (run.RenderFiles(progress) is not { } files || run.Compare(files) is not { } compared)
            return run.Finish();

        run.bag.AddRange(compared.Blocking(options.Force));
        run.bag.AddRange(files.ReleaseMoves(compared));
        run.bag.AddRange(files.EnvironmentsLeft(compared));
        run.Guard(files, files.In(compared));
        if (run.HasErrors)
            return run.Finish(files);

        var (written, failed) = files.Writer.Write(compared, options.Force, patience, cancellation);
        // What another writer left may have to be compared and verified anew.
        if (OutputWriter.IsBusy(failed) && patience.Wait(cancellation))
            return Render(inputs, options, progress, patience, cancellation);

        run.bag.AddRange(failed);
        return run.Finish(files, failed.IsEmpty ? written : null);
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
        var run = new Generator(inputs, options, cancellation) { Raised = how.IsStrict ? OutputValidation.GapRules : [] };
        if (run.project.Settings is { } settings && settings.Crds.Where(crds => run.IsLeftOut(crds.Value, crds.Span, _ => true)).ToList() is not [])
            return run.Finish();

        var catalogue = run.Noted(CrdInputs.Read(inputs, run.project.Settings, how.Crds, cancellation))!;
        if (run.RenderFiles(progress) is not { } files)
            return run.Finish();

        run.Guard(files, []);
        var (counts, found) = OutputValidation.Check(files.Tree, files.Writer.Path, catalogue, files.Engines, options.Jobs, cancellation);
        var places = new TemplatePlaces(new(files.Templates, files.Plan, cancellation));
        run.bag.AddRange(found.Select(diagnostic => places.Naming(diagnostic, files.Writer.Path)));
        return run.Finish(files) with { Validation = counts };
    }

    /// <summary>Shows which template line, entry and setting made the lines of a rendered file; compares and writes nothing.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome Explain(InputTree inputs, RunOptions options, ExplainTarget target, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, cancellation);
        if (run is not { plan: { } plan, templates: { } templates, project.Settings: { } settings, HasErrors: false })
            return run.Finish();

        var origins = new OriginFinder(Document(run.project.LockfileSource!), Document(run.project.SettingsSource));
        var question = new FileQuestion(new(templates, plan, cancellation), new(templates, plan, origins), settings.Output, OnDisk);
        var (explanation, found) = question.Answer(target, inputs.Readings(target.Path, settings.Output.Value));
        // Nobody asked for the findings of the rules.
        return run.Finish() with { Diagnostics = settings.Severities.Apply(found), Explanation = explanation };

        ReadOnlyMemory<byte>? OnDisk(RelativePath path) => inputs.ReadFile(path, cancellation).Content;
        static InputDocument Document(SourceFile file) => InputDocument.Read(file.Path, file.Content!.Value.Span);
    }

    /// <summary>Plans what has to be copied into the registries of the environments; asks none of them.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="options">The environments.</param>
    /// <param name="from">The environment whose registry is copied from; <see langword="null"/>: where images were published.</param>
    /// <param name="cancellation">The user's.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static MirrorOutcome Mirror(InputTree inputs, RunOptions options, string? from, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, cancellation);
        if (run.plan is not { } plan)
            return new(run.project.Settings, null, run.Found);

        // The environment that is copied from need not be among those that are copied for.
        var name = from is null ? null : run.project.Environments.FirstOrDefault(environment => environment.Value == from);
        var source =
            name is null ? null
            : run.project.IsSelected(name) ? plan
            : new Generator(inputs, options with { Environments = [from!] }, cancellation).plan;
        var held = source?.Environments.FirstOrDefault(environment => environment.Settings.Name.Value == name);
        if (from is not null && held is null)
        {
            run.bag.Add(
                Rules.NoSuchEnvironment,
                null,
                $"--from '{from}' is not an environment.",
                EnvironmentName.KnownNames(run.project.Environments)
            );
            return new(run.project.Settings, null, run.Found);
        }

        var targets = plan.Environments.Where(environment => name is null || environment.Settings.Name.Value != name);
        var (mirror, found) = MirrorPlanner.Of([.. targets], plan.Registries, held);
        run.bag.AddRange(found);
        return new(run.project.Settings, run.HasErrors ? null : mirror, run.Found);
    }

    /// <summary>What a change does: base and head rendered in memory, and compared with the output that is committed at base. Writes nothing.</summary>
    /// <param name="inputs">The work tree.</param>
    /// <param name="options">The environments that the report is about.</param>
    /// <param name="sides">What is compared.</param>
    /// <param name="progress">Told how far head is.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="GitException">Git cannot be run.</exception>
    internal static ReviewOutcome Review(
        InputTree inputs,
        RunOptions options,
        ReviewSides sides,
        IProgress<RunProgress>? progress,
        CancellationToken cancellation
    )
    {
        // What belongs to a registry depends on all environments.
        var whole = options with
        {
            Environments = [],
        };
        var there = inputs.Before(sides.Base);
        var reading = Task.Run(
            () =>
            {
                sides.Base.Foresee(InputTree.UsualPlaces);
                return new Generator(there, whole, cancellation);
            },
            cancellation
        );
        var head = new Generator(sides.Head is null ? inputs : inputs.In(sides.Head), whole, cancellation);
        var @base = reading.GetAwaiter().GetResult();
        var chosen = ImmutableArray.CreateRange(options.Environments, text => new NamePattern(text));
        if (head.project is { Settings: not null, Lockfile: not null })
            head.bag.AddRange(Project.Unmatched(chosen, [.. head.project.Environments.Concat(@base.project.Environments).Distinct()]));

        // Nothing at all: everything is new.
        var isNew = @base.project.SettingsSource is { Content: null, Cause: null };
        var before = isNew ? null : @base.RenderFiles(null);
        if (head.RenderFiles(progress) is not { } files)
            return new(null, Found());

        var committed = head.GuardedAgainst(files, before, there, @base);
        if (head.HasErrors)
            return new(null, Found());

        var reviewer = head.ReviewerOf(files, isNew ? null : @base, before, committed);
        return new(reviewer.Report(IsChosen, options.Jobs, cancellation), Found());

        bool IsChosen(string name) => chosen.IsEmpty || chosen.Any(pattern => pattern.Matches(name));
        ImmutableArray<Diagnostic> Found() => head.FoundSince(before is null ? null : @base);
    }

    /// <summary>Renders once, and brings the result into a branch of another repository.</summary>
    /// <param name="inputs">The work tree.</param>
    /// <param name="options">How to run; all environments are published.</param>
    /// <param name="request">Where to.</param>
    /// <param name="tellers">Who is told how far it is, and what describes the change.</param>
    /// <param name="cancellation">Ends the run; the branch then has its old commit or the new one.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="GitException">Git cannot be run, or the repository cannot be reached.</exception>
    internal static PublishOutcome Publish(
        InputTree inputs,
        RunOptions options,
        PublishRequest request,
        PublishTellers tellers,
        CancellationToken cancellation
    )
    {
        var (source, refused) = PublishSource.Find(inputs.Root, request, cancellation);
        if (source is null)
            return new(new(PublishState.Failed), new() { Diagnostics = refused });
        var head = new Generator(source.IsDirty ? inputs : inputs.In(source.Head), options, cancellation);
        if (head.RenderFiles(tellers.Progress) is not { } rendered)
            return new(new(PublishState.Failed), head.Finish());

        using var target = TargetRepository.Create(request, cancellation);
        var folder = new OutputFolder(target.Folder, request.Path ?? head.project.Settings!.Output) { Command = ("publish", "--replace-edited") };
        var files = rendered with { Writer = new(folder, options.Jobs) };
        ChangeSet? changes = null;
        var result = new Publisher(request, source, target, cancellation).Run(folder, Draft, tellers.Waits);
        if (result.Problem is { } problem)
            head.bag.Add(problem);
        var outcome = head.Finish(files, changes);
        return new(result, outcome with { Diagnostics = [.. outcome.Diagnostics.Distinct()], Output = folder.Path });

        PublishDraft? Draft(IOutputFiles there, string? before)
        {
            var compared = changes = files.Writer.Compare(files.Tree, files.Scope, cancellation, there);
            head.bag.AddRange(compared.Blocking(options.Force));
            head.bag.AddRange(files.ReleaseMoves(compared));
            head.Guard(files, files.In(compared));
            return head.HasErrors ? null : new(compared.Changes, () => tellers.Describe(Report(before, CommittedOutput.Of(files.Tree, compared))));
        }

        ReviewReport Report(string? before, CommittedOutput committed)
        {
            var @base = before is null ? null : new Generator(inputs.Before(source.At(before)!), options, cancellation);
            return head.ReviewerOf(files, @base, @base?.RenderFiles(null), committed).Report(_ => true, options.Jobs, cancellation);
        }
    }

    /// <summary>Applies the rules, renders in memory, and compares with what a team has.</summary>
    /// <param name="inputs">The lockfile and settings of the import.</param>
    /// <param name="options">How to run.</param>
    /// <param name="imported">What the team has.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static ImportOutcome Compare(InputTree inputs, RunOptions options, ImportResult imported, CancellationToken cancellation)
    {
        var run = new Generator(inputs, options, cancellation);
        if (run.RenderFiles(null) is not { } files)
            return new(null, null, run.Found);

        run.Guard(files, files.Templates.HasUsers ? files.Tree.Files : []);
        if (run.HasErrors)
            return new(null, null, run.Found);

        var build = new OutputBuild(files.Tree, files.Writer.Path, new SharedContents());
        var rendered = new RenderedSide(files.Plan, files.Tree, files.Writer.Path, build);
        var comparison = EnvironmentComparer.Compare(imported.Environments, rendered, imported.Diagnostics);
        return new(comparison, HandOverPlanner.Of(imported, comparison, rendered), run.Found);
    }

    // Without a base, everything is new.
    private Reviewer ReviewerOf(RenderedFiles files, Generator? @base, RenderedFiles? before, CommittedOutput committed)
    {
        var problem = before is null ? @base?.Found.First(found => found.Severity == Severity.Error) : null;
        return new(
            before is null ? null : new(@base!.project.Settings!, before.Plan, before.Tree),
            committed,
            new(project.Settings!, files.Plan, files.Tree)
        )
        {
            BaseProblem = problem is null ? null : $"{problem.Span?.Place.ToString() ?? "base"}: {problem.Rule.Code}: {problem.Message}",
        };
    }

    // Of the output that is committed at base, files that are equal were guarded when they were written. Without a ledger nothing was rendered
    // there, or the output is kept elsewhere: then it is what base's inputs give.
    private CommittedOutput GuardedAgainst(RenderedFiles files, RenderedFiles? before, InputTree there, Generator @base)
    {
        var output = there.Output(before?.Writer.Folder ?? files.Writer.Folder, cancellation);
        var tree = before?.Tree ?? new([]);
        var isThere = output.Look(new LedgerScope(null).Ledger.Value).Kind is DiskEntryKind.File or DiskEntryKind.Link;
        var committed = isThere
            ? CommittedOutput.In(output, ShardedTree.Of(files.Tree, files.Scope), options.Jobs, cancellation)
            : new(tree, FileComparison.Of(tree, files.Tree));
        RelativePath[] changed =
        [
            .. isThere ? committed.Changes.Select(change => RelativePath.Parse(change.Path)) : files.Tree.Files.Select(file => file.Path),
        ];
        // What the guard says of head is new only if it would not say it of base.
        if (Guard(files, FilesOf(files.Tree)) && before is not null)
            @base.Guard(before, FilesOf(before.Tree));

        return committed;

        IEnumerable<OutputFile> FilesOf(FileTree side) => changed.Select(path => side.TryGet(path, out var file) ? file : null).OfType<OutputFile>();
    }

    // Findings that base has too are not new. What is about no file is about how the run was asked for. Where base was not rendered, its
    // findings are not all known.
    private ImmutableArray<Diagnostic> FoundSince(Generator? @base)
    {
        if (@base is null)
            return Found;

        var known = @base.Found.Select(Identity).ToHashSet();
        return [.. Found.Select(found => found.Span is null ? found : found with { IsNew = !known.Contains(Identity(found)) })];

        static (string, string?, string) Identity(Diagnostic found) => (found.Rule.Code, found.Span?.File, found.Message);
    }

    private bool HasErrors => Found.Any(d => d.Severity == Severity.Error);

    private ImmutableArray<Diagnostic> Found => project.Severities.WithErrors(Raised).Apply(bag.ToImmutable());

    private T? Noted<T>(Result<T> result)
        where T : class
    {
        bag.AddRange(result.Diagnostics);
        return result.Value;
    }

    private Plan? PlanPackages()
    {
        if (project is not { Settings: { } settings, Lockfile: { } lockfile } || bag.HasFixedErrors)
            return null;

        var (graphs, aboutPackages) = GraphBuilder.Build(lockfile, project.Environments, project.IsSelected, settings.IgnoresCore);
        bag.AddRange(aboutPackages);
        if (bag.HasFixedErrors)
            return null;

        var (planned, aboutPlan) = Planner.Plan(lockfile, settings, graphs, project.IsSelected);
        bag.AddRange(aboutPlan);
        if (templates is { HasUsers: false })
            bag.AddRange(RuntimeReferences.Missing(planned, []));

        return bag.HasFixedErrors ? null : planned;
    }

    private RenderedFiles? RenderFiles(IProgress<RunProgress>? progress)
    {
        if (plan is null || templates is null || HasErrors)
            return null;

        var done = 0;
        var renderer = new TreeRenderer(templates, plan, cancellation);
        var (tree, found) = renderer.Render(options.Jobs, () => progress?.Report(new(Interlocked.Increment(ref done), plan.Environments.Length)));
        var environments = plan.Environments.Select(e => e.Settings.Name.Value.Value).ToHashSet(StringComparer.Ordinal);
        var scope = new OutputScope(environments, IsComplete: options.Environments.IsEmpty);
        if (found.IsEmpty && templates.HasUsers)
            found = OutputPaths.Check(tree, scope, file => templates.OfFile(file)?.IsUsers == true);

        bag.AddRange(found);
        return found.IsEmpty ? new(tree, plan, templates, scope, new(new(inputs.Root, project.Settings!.Output), options.Jobs)) : null;
    }

    // How files differ that are not on the disk, nobody knows. A run about some environments needs what is theirs.
    private ChangeSet? Compare(RenderedFiles files)
    {
        var output = files.Writer.Path;
        var changes = files.Writer.Compare(files.Tree, files.Scope, cancellation, inputs.Output(files.Writer.Folder, cancellation));
        return IsLeftOut(output.Value, null, files.Scope.IsComplete ? _ => true : Concerned().Contains) ? null : changes;

        HashSet<string> Concerned() =>
            changes
                .Changes.Select(change => change.Path)
                .Concat(changes.States.SelectMany(state => state.Stale))
                .Select(path => path.Below(output).Value)
                .ToHashSet(StringComparer.Ordinal);
    }

    private bool IsLeftOut(string path, SourceSpan? span, Func<string, bool> counts)
    {
        var found = SparseCheckout.Find(inputs, path, span, counts, cancellation);
        if (found is not null)
            bag.Add(found);
        return found is not null;
    }

    // The built-in templates would silently undo what the user's change.
    private TemplateSet? ReadTemplates(ProjectSettings settings) =>
        IsLeftOut(settings.Templates.Value, settings.TemplatesNamed, path => path.EndsWith(TemplateFolder.Suffix, StringComparison.Ordinal))
            ? null
            : Noted(TemplateInputs.ReadSet(inputs, settings, cancellation));

    /// <returns>Whether anything was found.</returns>
    private bool Guard(RenderedFiles files, IEnumerable<OutputFile> changed)
    {
        var found = new TemplateGuard(files.Templates, files.Plan, files.Tree, files.Writer.Path).Check(changed, options.Jobs, cancellation);
        ImmutableArray<Diagnostic> all = files.Templates.HasUsers ? [.. found, .. RuntimeReferences.Missing(files.Plan, files.Tree.Files)] : found;
        bag.AddRange(all);
        return !all.IsEmpty;
    }

    private Outcome Finish(RenderedFiles? files = null, ChangeSet? changes = null) =>
        new()
        {
            Diagnostics = Found,
            Output = project.Settings?.Output,
            FileCount = files?.Tree.Files.Length ?? 0,
            EnvironmentCount = plan?.Environments.Length ?? 0,
            Changes = changes?.Changes ?? [],
            Rendered = files?.Tree,
        };

    private sealed record RenderedFiles(FileTree Tree, Plan Plan, TemplateSet Templates, OutputScope Scope, OutputWriter Writer)
    {
        /// <summary>How the engines apply the overlays. The built-in Applications are server-side.</summary>
        public IReadOnlyDictionary<string, EngineApply> Engines =>
            Plan
                .Environments.Where(environment => environment.Settings.GitOps.HasEngine)
                .ToDictionary(
                    environment => $"overlays/{environment.Settings.Name.Value}",
                    environment =>
                        Templates.HasUsers && environment.Settings.GitOps.ArgoCd is not null ? EngineApply.AsApplicationsSay : EngineApply.ServerSide,
                    StringComparer.Ordinal
                );

        /// <summary>The files that differ on disk. All others were guarded when they were written.</summary>
        public IEnumerable<OutputFile> In(ChangeSet changes) =>
            changes.Changes.Select(change => Tree.TryGet(change.Path, out var file) ? file : null).OfType<OutputFile>();

        /// <summary>A finding that names the environments whose files go because the settings no longer have them.</summary>
        public IEnumerable<Diagnostic> EnvironmentsLeft(ChangeSet changes)
        {
            var gone = changes
                .Changes.Where(change =>
                    change.New is null && LedgerScope.Of(change.Path).Environment is { } name && !Scope.Environments.Contains(name)
                )
                .ToList();
            return gone is [] ? [] : [OutputFindings.EnvironmentsLeft(Writer.Folder, gone)];
        }

        /// <summary>What applying the differences would do to the core.</summary>
        public IEnumerable<Diagnostic> ReleaseMoves(ChangeSet changes) =>
            changes.Changes.SelectMany(change =>
                change is { Old: { } old, New: { } now } ? ReleaseTarget.Moves(Writer.Path, change.Path, old, now) : []
            );
    }
}
