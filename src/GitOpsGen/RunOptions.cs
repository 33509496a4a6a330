namespace GitOpsGen;

/// <summary>How to run.</summary>
public sealed record RunOptions
{
    /// <summary>Names or globs of the environments to render, compare and write; empty for all.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>How many environments or files at a time; the result does not depend on it.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether <c>render</c> replaces and deletes files that were edited by hand.</summary>
    public bool Force { get; init; }

    /// <summary>For how long <c>render</c> waits while others write to the same output.</summary>
    public TimeSpan Wait { get; init; }
}

/// <summary>What <c>validate</c> is told beside the settings.</summary>
public sealed record ValidateOptions
{
    /// <summary>Further files and folders with CustomResourceDefinitions, relative to the current folder.</summary>
    public ImmutableArray<string> Crds { get; init; } = [];

    /// <summary>Whether what could not be checked is an error.</summary>
    public bool IsStrict { get; init; }
}
