namespace GitOpsGen.Registry;

/// <summary>How long the client waits, by the machine's own clock, before it calls a registry unreachable.</summary>
internal sealed record TimeLimits
{
    /// <summary>For a connection, TLS included.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the request to the head of the answer.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two pieces of a body.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one answer as a whole: a body that trickles is no answer either.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromMinutes(15);
}
