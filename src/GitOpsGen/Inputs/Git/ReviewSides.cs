namespace GitOpsGen.Inputs.Git;

/// <summary>What a change is compared with, and what is compared.</summary>
/// <param name="Base">The files of base.</param>
/// <param name="Reason">How base was found, as people read it.</param>
/// <param name="Head">The files of head; <see langword="null"/> for the work tree.</param>
internal sealed record ReviewSides(GitTree Base, string Reason, IInputFiles? Head)
{
    /// <summary>The root below the top of the repository; <c>.</c> for the top itself.</summary>
    public required string Root { get; init; }

    /// <summary>The name of base's tree.</summary>
    public required string BaseTree { get; init; }

    /// <summary>The commit of head; <see langword="null"/> for the work tree.</summary>
    public string? HeadCommit { get; private init; }

    /// <summary>The name of head's tree; <see langword="null"/> for the work tree.</summary>
    public string? HeadTree { get; private init; }

    /// <summary>Finds both.</summary>
    /// <param name="git">The repository with the root.</param>
    /// <param name="base">The revision of base; <see langword="null"/>: where the change left the default branch.</param>
    /// <param name="head">The revision of head; <see langword="null"/> for the work tree.</param>
    /// <exception cref="GitException">Git cannot be run.</exception>
    public static Result<ReviewSides> Find(GitRepository git, string? @base, string? head)
    {
        var found = @base is null ? git.FindBase() : new(null, []);
        if (@base is null && found.Value is null)
            return new(null, found.Diagnostics);
        var before = found.Value is { } start ? new(git.FilesOf(start.Commit), []) : git.At(@base!);
        var after = head is null ? new(null, []) : git.At(head);
        if (before.Value is not { } files || (head is not null && after.Value is null))
            return new(null, [.. before.Diagnostics, .. after.Diagnostics]);
        return new(
            new(files, found.Value?.Reason ?? "--base", after.Value)
            {
                Root = git.Place,
                BaseTree = git.TreeOf(files.Commit!),
                HeadCommit = after.Value?.Commit,
                HeadTree = after.Value?.Commit is { } commit ? git.TreeOf(commit) : null,
            },
            []
        );
    }
}
