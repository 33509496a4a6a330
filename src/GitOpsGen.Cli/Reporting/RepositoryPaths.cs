namespace GitOpsGen.Cli.Reporting;

/// <summary>The names that a host of repositories has for files: below the top of the repository, where the root may be a folder of it.</summary>
internal static class RepositoryPaths
{
    /// <summary>What turns a path as it is printed, relative to a root, into such a name. Git is not asked, because not every machine has it.</summary>
    public static Func<string, string> Under(string root)
    {
        var full = new DirectoryInfo(root).FullName;
        var top = new DirectoryInfo(full);
        while (top is not null && !Path.Exists(Path.Combine(top.FullName, ".git")))
            top = top.Parent;
        return top is null || top.FullName == full
            ? path => path
            : path => Path.GetRelativePath(top.FullName, Path.GetFullPath(path, full)).Replace(Path.DirectorySeparatorChar, '/');
    }
}
