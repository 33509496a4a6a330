namespace GitOpsGen.Inputs.Git;

/// <summary>Git failed in the middle of a run, for a reason that is not in what it was asked: nothing that was read can be trusted to be whole.</summary>
internal sealed class GitException(Diagnostic finding) : Exception(finding.Message)
{
    /// <summary>What to report.</summary>
    public Diagnostic Finding { get; } = finding;
}
