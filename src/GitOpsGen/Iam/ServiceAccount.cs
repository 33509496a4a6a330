using GitOpsGen.Diagnostics;

namespace GitOpsGen.Iam;

/// <summary>The service account that the core runs under.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">What decides that.</param>
internal readonly record struct ServiceAccount(string Name, Origin Origin)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
