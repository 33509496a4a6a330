using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Running;

/// <summary>Where a command works: the folder of <c>-C</c>, or the nearest root at or above the current folder.</summary>
internal static class WorkTree
{
    public static Result<InputTree> Find(RunSettings settings)
    {
        if (MissingFolder(settings) is { } missing)
            return new(null, [missing]);

        return (settings.Root ?? InputTree.FindRoot(Directory.GetCurrentDirectory())) is { } root
            ? new(new(root, settings.Settings, settings.Lockfile), [])
            : new(
                null,
                [
                    new(
                        Rules.RootNotFound,
                        $"Neither this folder nor one above it holds {InputTree.SettingsPath}.",
                        "Run 'gitopsgen init' to start here, or name the root with -C.",
                        null
                    ),
                ]
            );
    }

    /// <summary>The finding that <c>-C</c> names no folder; <see langword="null"/> where it does, or is not given.</summary>
    public static Diagnostic? MissingFolder(RunSettings settings) =>
        settings.Root is not { } root || Directory.Exists(root)
            ? null
            : new(Rules.RootNotFound, $"'{root}', which -C names, is not a folder.", "Name an existing folder.", null);
}
