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
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ProjectFiles Read(InputTree inputs, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        var file = inputs.ReadSettings(cancellation);
        if (Content(file, "--settings", bag) is not { } content)
        {
            return new(null, null, bag.ToImmutable());
        }

        var (settings, found) = SettingsReader.Read(file.Path, content.Span);
        bag.AddRange(found);
        var lockfile = ReadLockfile(inputs, settings?.Lockfile, bag, cancellation);
        return new(settings, lockfile, bag.ToImmutable());
    }

    // Where the settings cannot be read, the lockfile's own errors are worth knowing at once, but it may well stand elsewhere.
    private static PackageLock? ReadLockfile(InputTree inputs, RelativePath? path, DiagnosticBag bag, CancellationToken cancellation)
    {
        var file = inputs.ReadLockfile(path ?? RelativePath.Parse(SettingsReader.DefaultLockfile), cancellation);
        if (path is null && file.Content is null)
        {
            return null;
        }

        if (Content(file, "--lockfile", bag) is not { } content)
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
                $"Make it a readable file, run 'gitopsgen init' for a new one, or name another with {option}.");
        }

        return file.Content;
    }
}
