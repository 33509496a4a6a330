using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen;

/// <summary>The two files that people write, read.</summary>
/// <param name="Settings">The settings; <see langword="null"/> where they cannot be used.</param>
/// <param name="Lockfile">The lockfile; <see langword="null"/> where it cannot be used.</param>
/// <param name="Diagnostics">Every reason why not, of both files.</param>
internal sealed record ProjectFiles(ProjectSettings? Settings, PackageLock? Lockfile, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The file behind <see cref="Settings"/>.</summary>
    public required SourceFile SettingsSource { get; init; }

    /// <summary>The file behind <see cref="Lockfile"/>; <see langword="null"/> where the settings cannot be read.</summary>
    public SourceFile? LockfileSource { get; private init; }

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ProjectFiles Read(InputTree inputs, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        var file = inputs.ReadSettings(cancellation);
        if (Content(file, "--settings", bag) is not { } content)
        {
            return new(null, null, bag.ToImmutable()) { SettingsSource = file };
        }

        var (settings, found) = SettingsReader.Read(file.Path, content.Span);
        bag.AddRange(found);
        var source = inputs.ReadLockfile(settings?.Lockfile ?? RelativePath.Parse(SettingsReader.DefaultLockfile), cancellation);
        return new(settings, ReadLockfile(source, settings is not null, bag), bag.ToImmutable()) { SettingsSource = file, LockfileSource = source };
    }

    // Where the settings cannot be read, the lockfile's own errors are worth knowing at once, but it may well stand elsewhere.
    private static PackageLock? ReadLockfile(SourceFile file, bool isNamed, DiagnosticBag bag)
    {
        if ((!isNamed && file.Content is null) || Content(file, "--lockfile", bag) is not { } content)
        {
            return null;
        }

        var (lockfile, found) = LockfileReader.Read(file.Path, content.Span);
        bag.AddRange(found);
        return lockfile;
    }

    private static ReadOnlyMemory<byte>? Content(SourceFile file, string option, DiagnosticBag bag)
    {
        if (file.Content is null)
        {
            bag.Add(
                Rules.FileNotReadable,
                SourceSpan.StartOf(file.Path),
                $"{file.Path} cannot be read: {file.Problem}.",
                $"Make it a readable file, run 'gitopsgen init' for a new one, or name another with {option}."
            );
        }

        return file.Content;
    }
}
