namespace GitOpsGen.Registry.Mirrors;

/// <summary>How what is in a mirror compares with what is locked.</summary>
internal enum MirrorState
{
    /// <summary>It is there, byte for byte; a chart, whose bytes nobody locks, is there.</summary>
    Same,

    /// <summary>There is no such repository or tag, or a part of what the tag stands for is gone.</summary>
    Missing,

    /// <summary>The tag stands for something else.</summary>
    Different,

    /// <summary>
    /// The tag stands for an image that is no annotated package, as <c>docker pull</c>, <c>tag</c>, <c>push</c> leave one
    /// (https://github.com/crossplane/crossplane/issues/5579).
    /// </summary>
    AnnotationLost,

    /// <summary>The registry did not say.</summary>
    Unknown,
}
