namespace GitOpsGen.Publishing;

/// <summary>The lines at the end of a published commit that say what it was made of.</summary>
internal static partial class SourceTrailer
{
    /// <summary>Whose output it is: repository, <c>@</c>, commit; and <c>:</c> and the root, where that is below the top of the repository.</summary>
    public const string Source = "GitOpsGen-Source";

    /// <summary>The folder in the branch.</summary>
    public const string Path = "GitOpsGen-Path";

    /// <summary>Follows the commit where the work tree was not equal to it.</summary>
    public const string Dirty = "-dirty";

    /// <summary>Both lines.</summary>
    public static string Of(PublishSource source, string path) => $"{Source}: {source.Trailer}\n{Path}: {path}\n";

    /// <summary>The source that some commits name for a path, the first of them that names one.</summary>
    /// <param name="log">The trailers of commits, the newest first: for each the values of <see cref="Path"/> and of <see cref="Source"/>.</param>
    /// <param name="path">The path.</param>
    public static PublishedSource? Find(IEnumerable<(string[] Paths, string[] Sources)> log, string path) =>
        (
            from commit in log
            let at = Array.LastIndexOf(commit.Paths, path)
            where at >= 0 && at < commit.Sources.Length
            let value = Value().Match(commit.Sources[at])
            where value.Success
            select new PublishedSource(value.Groups["commit"].Value, value.Groups["root"] is { Success: true, Value: var root } ? root : null)
        ).FirstOrDefault();

    [GeneratedRegex($"@(?<commit>[0-9a-f]{{64}}|[0-9a-f]{{40}})({Dirty})?(:(?<root>.+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}

/// <summary>What the output in a branch was made of.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Root">The root below the top of its repository, if it names one.</param>
internal sealed record PublishedSource(string Commit, string? Root);
