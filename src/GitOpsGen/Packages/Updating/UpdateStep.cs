namespace GitOpsGen.Packages.Updating;

/// <summary>How far an update may go.</summary>
internal enum UpdateStep
{
    /// <summary>To any higher version.</summary>
    Any,

    /// <summary>The first number stays.</summary>
    Minor,

    /// <summary>The first two numbers stay.</summary>
    Patch,
}
