namespace GitOpsGen.Lockfile;

/// <summary>What an edit did to one entry.</summary>
/// <param name="Before">The entry as it was; <see langword="null"/> for a new one.</param>
/// <param name="After">The entry as it is; <see langword="null"/> for one that went.</param>
/// <param name="Text">The change in words, without a full stop.</param>
internal sealed record LockfileChange(LockEntry? Before, LockEntry? After, string Text);
