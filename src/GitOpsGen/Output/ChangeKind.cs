namespace GitOpsGen.Output;

/// <summary>What writing would do to a path.</summary>
public enum ChangeKind
{
    /// <summary>No file is there yet.</summary>
    Added,

    /// <summary>GitOpsGen's own file gets another content.</summary>
    Changed,

    /// <summary>GitOpsGen's own file is no longer generated.</summary>
    Removed,

    /// <summary>The file is neither what GitOpsGen wrote nor what it would write: only <c>--force</c> replaces or deletes it.</summary>
    Edited,
}
