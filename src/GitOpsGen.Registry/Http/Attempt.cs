namespace GitOpsGen.Registry.Http;

/// <summary>How one try of a request ended, as far as it decides about another.</summary>
internal abstract record Attempt
{
    /// <summary>Whether another try may succeed.</summary>
    public bool MayRetry { get; init; }

    /// <summary>How long the registry asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
