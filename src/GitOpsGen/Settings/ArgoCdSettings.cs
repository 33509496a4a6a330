namespace GitOpsGen.Settings;

/// <summary>What Applications need to know.</summary>
internal sealed record ArgoCdSettings
{
    /// <summary>The Git repository that holds the output.</summary>
    public required string RepoUrl { get; init; }

    /// <summary>The branch, tag or commit to follow.</summary>
    public required string Revision { get; init; }

    /// <summary>The AppProject.</summary>
    public required string Project { get; init; }

    /// <summary>The namespace of Argo CD.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whether the cluster is given by its API <c>server</c> or by its <c>name</c> in Argo CD.</summary>
    public required string DestinationKey { get; init; }

    /// <summary>The cluster, under that key.</summary>
    public required string Destination { get; init; }
}
