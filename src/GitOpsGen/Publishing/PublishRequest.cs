namespace GitOpsGen.Publishing;

/// <summary>What is published where.</summary>
/// <param name="Repository">The repository that gets it.</param>
/// <param name="Branch">The branch, which is made if it does not exist.</param>
internal sealed record PublishRequest(RemoteAddress Repository, string Branch)
{
    /// <summary>The folder in the branch; <see langword="null"/>: the output folder of the settings.</summary>
    public RelativePath? Path { get; init; }

    /// <summary>How the trailer names the repository that this comes from; <see langword="null"/>: as its remote <c>origin</c>.</summary>
    public string? SourceRepository { get; init; }

    /// <summary>Whether a work tree that differs from its commit is published.</summary>
    public bool AllowsDirty { get; init; }

    /// <summary>Whether the output of another root of the repository is replaced.</summary>
    public bool ReplacesOtherRoot { get; init; }

    /// <summary>Whether all but the push is done.</summary>
    public bool IsDryRun { get; init; }
}

/// <summary>How it ended.</summary>
internal enum PublishState
{
    /// <summary>An error stopped it; the branch is as it was.</summary>
    Failed,

    /// <summary>The branch has a new commit; in a dry run, it would have.</summary>
    Published,

    /// <summary>The branch has it already.</summary>
    Unchanged,

    /// <summary>The branch has what a later commit gives.</summary>
    Newer,
}

/// <summary>What publishing did.</summary>
internal sealed record PublishResult(PublishState State)
{
    /// <summary>The commit that was pushed.</summary>
    public string? Commit { get; init; }

    /// <summary>The message of the commit.</summary>
    public string Message { get; init; } = "";

    /// <summary>The commit of the source whose output is there now, where it was known before.</summary>
    public string? Before { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>What stopped it.</summary>
    public Diagnostics.Diagnostic? Problem { get; init; }
}
