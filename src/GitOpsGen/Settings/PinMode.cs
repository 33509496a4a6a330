namespace GitOpsGen.Settings;

/// <summary>What a reference carries: the tag alone, or the tag and the digest.</summary>
internal enum PinMode
{
    Tag,
    Digest,
}
