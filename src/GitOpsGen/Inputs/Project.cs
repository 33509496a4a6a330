using GitOpsGen.Lockfile;
using GitOpsGen.Settings;

namespace GitOpsGen.Inputs;

/// <summary>What every command begins with: the settings, the lockfile, and the environments that the run is about.</summary>
internal sealed record Project
{
    private readonly ImmutableArray<NamePattern> patterns;

    private Project(ImmutableArray<string> environments) => patterns = [.. environments.Select(text => new NamePattern(text))];

    /// <summary>The settings; <see langword="null"/> where they cannot be used.</summary>
    public ProjectSettings? Settings { get; private init; }

    /// <summary>The lockfile; <see langword="null"/> where it cannot be used.</summary>
    public PackageLock? Lockfile { get; private init; }

    /// <summary>The file behind <see cref="Settings"/>.</summary>
    public required SourceFile SettingsSource { get; init; }

    /// <summary>The file behind <see cref="Lockfile"/>; <see langword="null"/> where the settings cannot be read.</summary>
    public SourceFile? LockfileSource { get; private init; }

    /// <summary>The severities that the settings ask for.</summary>
    public SeverityPolicy Severities => Settings?.Severities ?? SeverityPolicy.Default;

    /// <summary>The names of all environments of the settings.</summary>
    public ImmutableArray<EnvironmentName> Environments => [.. Settings?.Environments.Select(e => e.Name.Value) ?? []];

    /// <summary>What was found in both files, and patterns that match no environment.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; private init; }

    /// <summary>Whether something was found that stops every command.</summary>
    public bool HasFixedErrors => Diagnostics.Any(d => d is { Severity: Severity.Error, Rule.CanChange: false });

    /// <summary>The errors of both files and among further findings, with their final severities.</summary>
    public ImmutableArray<Diagnostic> ErrorsWith(ImmutableArray<Diagnostic> found) =>
        [.. Severities.Apply([.. Diagnostics, .. found]).Where(d => d.Severity == Severity.Error)];

    /// <summary>Whether the run is about an environment.</summary>
    public bool IsSelected(EnvironmentName name) => patterns.IsEmpty || patterns.Any(pattern => pattern.Matches(name.Value));

    /// <summary>Reads both files.</summary>
    /// <param name="inputs">Where they are.</param>
    /// <param name="environments">Names or globs of the environments that the run is about; empty for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Project Open(InputTree inputs, ImmutableArray<string> environments, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        var file = inputs.ReadSettings(cancellation);
        if (Content(file, "--settings", bag) is not { } content)
            return new(environments) { SettingsSource = file, Diagnostics = bag.ToImmutable() };

        var (settings, found) = SettingsReader.Read(file.Path, content.Span);
        bag.AddRange(found);
        if (found.Any(finding => finding.Rule == Rules.OtherTool))
        {
            // A lockfile that is for another version could only be misread.
            return new(environments) { SettingsSource = file, Diagnostics = bag.ToImmutable() };
        }

        var source = inputs.ReadLockfile(settings?.Lockfile ?? RelativePath.Parse(SettingsReader.DefaultLockfile), cancellation);
        var project = new Project(environments)
        {
            Settings = settings,
            Lockfile = ReadLockfile(source, settings is not null, bag),
            SettingsSource = file,
            LockfileSource = source,
        };
        return project with { Diagnostics = [.. bag.ToImmutable(), .. project.UnmatchedPatterns()] };
    }

    /// <summary>Reads the settings alone.</summary>
    public static Result<ProjectSettings> ReadSettings(InputTree inputs, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        var file = inputs.ReadSettings(cancellation);
        return Content(file, "--settings", bag) is { } content ? SettingsReader.Read(file.Path, content.Span) : new(null, bag.ToImmutable());
    }

    // Errors of the lockfile are worth knowing at once even if the settings cannot be used. But then the lockfile may be elsewhere.
    private static PackageLock? ReadLockfile(SourceFile file, bool isNamed, DiagnosticBag bag)
    {
        if ((!isNamed && file.Content is null) || Content(file, "--lockfile", bag) is not { } content)
            return null;

        var (lockfile, found) = LockfileReader.Read(file.Path, content.Span);
        bag.AddRange(found);
        return lockfile;
    }

    private static ReadOnlyMemory<byte>? Content(SourceFile file, string option, DiagnosticBag bag)
    {
        if (file.Content is null)
        {
            bag.Add(
                file.Cause?.Rule ?? Rules.FileNotReadable,
                SourceSpan.StartOf(file.Path),
                $"{file.Path} cannot be read: {file.Problem}.",
                file.Cause?.Fix ?? $"Make it a readable file, run 'gitopsgen init' for a new one, or name another with {option}."
            );
        }

        return file.Content;
    }

    private IEnumerable<Diagnostic> UnmatchedPatterns() => Settings is null || Lockfile is null ? [] : Unmatched(patterns, Environments);

    /// <summary>The patterns after <c>--env</c> that match none of some environments.</summary>
    public static IEnumerable<Diagnostic> Unmatched(ImmutableArray<NamePattern> patterns, ImmutableArray<EnvironmentName> names) =>
        patterns
            .Where(pattern => !names.Any(name => pattern.Matches(name.Value)))
            .Select(pattern => new Diagnostic(
                Rules.NoSuchEnvironment,
                $"--env '{pattern}' matches no environment.",
                EnvironmentName.KnownNames(names),
                null
            ));
}
