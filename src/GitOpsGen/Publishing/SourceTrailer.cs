using GitOpsGen.Inputs.Git;

namespace GitOpsGen.Publishing;

/// <summary>The lines at the end of a published commit that say what it was made of.</summary>
internal static class SourceTrailer
{
    /// <summary>Whose output it is: repository, <c>@</c>, commit.</summary>
    public const string Source = "GitOpsGen-Source";

    /// <summary>The folder in the branch.</summary>
    public const string Path = "GitOpsGen-Path";

    /// <summary>Follows the commit where the work tree was not equal to it.</summary>
    public const string Dirty = "-dirty";

    /// <summary>Both lines.</summary>
    public static string Of(PublishSource source, string path) => $"{Source}: {source.Trailer}\n{Path}: {path}\n";

    /// <summary>The source commit that some commits name for a path, the first of them that names one.</summary>
    /// <param name="log">The trailers of commits, the newest first: for each the values of <see cref="Path"/> and of <see cref="Source"/>.</param>
    /// <param name="path">The path.</param>
    public static string? Find(IEnumerable<(string[] Paths, string[] Sources)> log, string path) =>
        (
            from commit in log
            let at = Array.LastIndexOf(commit.Paths, path)
            where at >= 0 && at < commit.Sources.Length
            let text = commit.Sources[at]
            let id = text[(text.LastIndexOf('@') + 1)..]
            select id.EndsWith(Dirty, StringComparison.Ordinal) ? id[..^Dirty.Length] : id
        ).FirstOrDefault(ObjectId.Is);
}
