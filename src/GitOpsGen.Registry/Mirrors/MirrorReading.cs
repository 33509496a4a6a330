using GitOpsGen.Model;

namespace GitOpsGen.Registry.Mirrors;

/// <summary>What was found at one place of a mirror.</summary>
internal sealed record MirrorReading(MirrorState State)
{
    /// <summary>What the tag stands for; <see langword="null"/> where there is none.</summary>
    public Digest? Found { get; init; }

    /// <summary>Whether it is the locked package, which its publisher did not annotate: that is no fault of the mirror.</summary>
    public bool WasNeverAnnotated { get; init; }

    /// <summary>Why nothing is known.</summary>
    public RegistryFailure? Failure { get; init; }

    /// <summary>The place as a failure leaves it: a registry that says that it has nothing there has said enough.</summary>
    public static MirrorReading Of(RegistryFailure failure) =>
        failure.Kind == FailureKind.NotFound ? new(MirrorState.Missing) : new(MirrorState.Unknown) { Failure = failure };
}
