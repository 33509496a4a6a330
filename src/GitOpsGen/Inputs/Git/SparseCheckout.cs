namespace GitOpsGen.Inputs.Git;

/// <summary>The files that Git has and a sparse checkout keeps off the disk. To a run that only looks at the disk, they would not exist.</summary>
internal static class SparseCheckout
{
    private const int MaximumNames = 5;
    private const string Patterns = "info/sparse-checkout";
    private const string Link = "gitdir: ";

    /// <summary>The finding that there are some; <see langword="null"/> if there are none that count.</summary>
    /// <param name="inputs">What the run reads.</param>
    /// <param name="path">Where they are searched: at this path and below it, relative to the root.</param>
    /// <param name="span">The setting that names it.</param>
    /// <param name="counts">Whether the run needs a file, by its path below the root.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="GitException">The checkout is sparse, and git cannot tell.</exception>
    public static Diagnostic? Find(InputTree inputs, string path, SourceSpan? span, Func<string, bool> counts, CancellationToken cancellation)
    {
        // To ask git takes longer than all else that a small run does.
        if (!inputs.IsOnDisk || !MayBe(inputs.Root))
            return null;
        var (repository, refused) = GitRepository.Open(inputs.Root, cancellation);
        if (repository is null)
            return refused[0];
        if (repository.PathOf(Path.Combine(inputs.Root, path)) is not { } place)
            return null;
        var names = repository.LeftOut(place).Select(repository.Shown).Where(counts).Select(file => Excerpt.Of(file)).ToList();
        return names is []
            ? null
            : new(
                Rules.SparseCheckout,
                $"This run needs files that the sparse checkout keeps off the disk: {Excerpt.Names(names, MaximumNames)}.",
                $"Run 'git sparse-checkout add {ShellWord.InMessage(place)}' at the top of the work tree.",
                span
            );
    }

    // Each work tree has patterns of its own. They stay there when they are no longer used.
    private static bool MayBe(string root)
    {
        if (GitPlace.TopAbove(root) is not { } top)
            return false;
        var git = Path.Combine(top, GitPlace.FolderName);
        return Directory.Exists(git)
            ? File.Exists(Path.Combine(git, Patterns))
            : File.ReadLines(git).FirstOrDefault() is { } line
                && line.StartsWith(Link, StringComparison.Ordinal)
                && File.Exists(Path.Combine(top, line[Link.Length..], Patterns));
    }
}
