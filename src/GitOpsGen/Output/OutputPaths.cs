namespace GitOpsGen.Output;

/// <summary>
/// Paths that no template may render: GitOpsGen's or Git's own, those in the folders of an environment that this run is not about, and
/// those that would be a file and a folder at once, also on a disk that ignores case.
/// </summary>
internal static class OutputPaths
{
    private const string Fix = "Rename the template, or what its path is made of.";

    // The settings of a repository inside the repository could run programs; git~1 is its short name on Windows.
    private static readonly string[] OfGit = [".git", ".gitmodules", "git~1", "gitmod~1"];

    /// <summary>Findings about the templates that wrote them.</summary>
    /// <param name="tree">The rendered files.</param>
    /// <param name="scope">Which part of the output they are about.</param>
    /// <param name="isUsers">Whether the user wrote a template. Of two templates that collide, it is the one that can be changed.</param>
    public static ImmutableArray<Diagnostic> Check(FileTree tree, OutputScope scope, Func<string, bool> isUsers)
    {
        var found = new List<Diagnostic>();
        var files = tree.Files.ToLookup(file => file.Path.Value, StringComparer.OrdinalIgnoreCase);
        var folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in tree.Files.OrderBy(file => isUsers(file.Template!)))
        {
            if (ProblemOf(file.Path, scope) is { } own)
                found.Add(Refused(file, own));

            foreach (var folder in file.Path.Ancestors)
            {
                if (files[folder.Value].FirstOrDefault() is { } other)
                {
                    found.Add(
                        Refused(
                            isUsers(file.Template!) ? file : other,
                            $"{file.Path}, which {file.Template} writes, would be inside of the file {other.Path}, which {other.Template} writes."
                        )
                    );
                }
                else if (!folders.TryAdd(folder.Value, folder.Value) && folders[folder.Value] != folder.Value)
                {
                    found.Add(Refused(file, $"The folder {folder} of {file.Path} differs only in case from {folders[folder.Value]}."));
                }
            }
        }

        return [.. found.Distinct()];
    }

    private static string? ProblemOf(RelativePath path, OutputScope scope)
    {
        if (path.Value.Split('/').Any(IsReserved) || LedgerScope.IsReserved(path))
            return $"{path} is reserved for GitOpsGen or Git.";

        return LedgerScope.Of(path).Environment is { } environment && !scope.Environments.Contains(environment)
            ? $"{path} is in the folders of '{environment}', which is not an environment of this run."
            : null;
    }

    // Some file systems ignore invisible characters, so that such a name still means .git.
    private static bool IsReserved(string segment) =>
        segment.StartsWith(LedgerScope.FileName, StringComparison.OrdinalIgnoreCase)
        || OfGit.Contains(segment, StringComparer.OrdinalIgnoreCase)
        || segment.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format);

    private static Diagnostic Refused(OutputFile file, string problem) => new(Rules.OutputPath, problem, Fix, SourceSpan.StartOf(file.Template!));
}
