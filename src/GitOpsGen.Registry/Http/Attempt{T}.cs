namespace GitOpsGen.Registry.Http;

/// <summary>How one try of a request ended.</summary>
internal sealed record Attempt<T>(Answer<T> Answer) : Attempt
    where T : class;
