namespace GitOpsGen.Model;

/// <summary>
/// What Git LFS stores in place of a file (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). It is in the work tree too, where LFS
/// is not installed.
/// </summary>
internal static class LfsPointer
{
    /// <summary>Whether a file begins as a pointer does.</summary>
    public static bool Is(ReadOnlySpan<byte> content) => content.StartsWith("version https://git-lfs.github.com/spec/v1\n"u8);
}
