namespace GitOpsGen.Packages.Questions;

/// <summary>Whether what a package asks for is there.</summary>
internal enum EdgeState
{
    /// <summary>It is locked, at a version that nothing speaks against.</summary>
    Met,

    /// <summary>It is locked at a version that the constraint excludes.</summary>
    NotMet,

    /// <summary>It is locked, and nobody can say whether as it should be: the constraint cannot be read.</summary>
    Unreadable,

    /// <summary>It is not locked.</summary>
    Missing,
}
