using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Output;

/// <summary>
/// What the paths of rendered files must not be, whoever's templates wrote them: GitOpsGen's or Git's own, in the folders of an
/// environment that this run is not about, or a file and a folder at once, on a disk that does not tell upper case from lower too.
/// </summary>
internal static class OutputPaths
{
    private const string Fix = "Rename the template, or what its path is made of.";

    // A repository inside the repository would be one whose settings run programs; git~1 is its short name on Windows.
    private static readonly string[] OfGit = [".git", ".gitmodules", "git~1", "gitmod~1"];

    /// <summary>Findings about the templates that wrote them.</summary>
    /// <param name="tree">The rendered files.</param>
    /// <param name="scope">Which part of the output they are about.</param>
    /// <param name="isUsers">Whether the user wrote a template: of two that are in each other's way, that one can be changed.</param>
    public static ImmutableArray<Diagnostic> Check(FileTree tree, OutputScope scope, Func<string, bool> isUsers)
    {
        var found = new List<Diagnostic>();
        var files = tree.Files.ToLookup(file => file.Path.Value, StringComparer.OrdinalIgnoreCase);
        var folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in tree.Files.OrderBy(file => isUsers(file.Template!)))
        {
            if (ProblemOf(file.Path, scope) is { } own)
            {
                found.Add(Refused(file, own));
            }

            foreach (var folder in file.Path.Ancestors)
            {
                if (files[folder.Value].FirstOrDefault() is { } other)
                {
                    found.Add(
                        Refused(
                            isUsers(file.Template!) ? file : other,
                            $"{file.Path}, which {file.Template} writes, would stand in the file {other.Path}, which {other.Template} writes."
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
        {
            return $"{path} is the place of something that GitOpsGen or Git keeps for itself.";
        }

        return LedgerScope.Of(path).Environment is { } environment && !scope.Environments.Contains(environment)
            ? $"{path} is in the folders of '{environment}', which is no environment that is rendered here."
            : null;
    }

    // Some disks leave out characters that nobody sees, and find .git all the same.
    private static bool IsReserved(string segment) =>
        segment.StartsWith(LedgerScope.FileName, StringComparison.OrdinalIgnoreCase)
        || OfGit.Contains(segment, StringComparer.OrdinalIgnoreCase)
        || segment.EnumerateRunes().Any(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format);

    private static Diagnostic Refused(OutputFile file, string problem) => new(Rules.OutputPath, problem, Fix, SourceSpan.StartOf(file.Template!));
}
