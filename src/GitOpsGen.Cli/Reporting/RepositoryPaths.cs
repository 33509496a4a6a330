using GitOpsGen.Inputs.Git;

namespace GitOpsGen.Cli.Reporting;

/// <summary>The names that a host of repositories has for files: below the top of the repository, where the root may be a folder of it.</summary>
internal static class RepositoryPaths
{
    /// <summary>What turns a path as it is printed, relative to a root, into such a name.</summary>
    public static Func<string, string> Under(string root)
    {
        var full = Path.GetFullPath(root);
        return GitPlace.TopAbove(full) is { } top && top != full
            ? path => Path.GetRelativePath(top, Path.GetFullPath(path, full)).Replace(Path.DirectorySeparatorChar, '/')
            : path => path;
    }
}
