using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Validation;

/// <summary>Checks every object of the output against the kinds of a catalogue.</summary>
internal static class OutputValidation
{
    /// <summary>What stands for an object that could not be checked: made errors by <c>--strict</c>.</summary>
    public static ImmutableArray<Rule> GapRules { get; } = [Rules.NoCrds, Rules.NoSchema, Rules.VersionNotServed, Rules.NotEvaluated];

    public static (ValidationCounts Counts, ImmutableArray<Diagnostic> Found) Check(
        FileTree tree,
        RelativePath output,
        CrdCatalogue catalogue,
        int jobs,
        CancellationToken cancellation
    )
    {
        // Most files of a fleet are equal, and most have nothing wrong: only where something is, its place matters.
        var quick = new OutputBuild(tree, output, sharesContents: true);
        var exact = new Lazy<OutputBuild>(() => new(tree, output));
        var validator = new ObjectValidator(catalogue);
        var folders = quick.Folders;
        var checks = new FolderCheck[folders.Length];
        Parallel.For(
            0,
            checks.Length,
            new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
            i =>
            {
                var check = Check(quick.Build(folders[i]), validator, catalogue.IsEmpty);
                checks[i] = check.Found.IsEmpty ? check : Check(exact.Value.Build(folders[i]), validator, catalogue.IsEmpty);
            }
        );
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        foreach (var diagnostic in checks.SelectMany(check => check.Found).Distinct())
        {
            bag.Add(diagnostic);
        }

        return (new(checks.Sum(c => c.Counts.Valid), checks.Sum(c => c.Counts.Invalid), checks.Sum(c => c.Counts.Unchecked)), bag.ToImmutable());
    }

    // Where there are no schemas at all, one finding says it already.
    private static FolderCheck Check(BuiltFolder folder, ObjectValidator validator, bool isWithoutSchemas)
    {
        var (valid, invalid, incomplete) = (0, 0, 0);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        found.AddRange(folder.Findings);
        found.AddRange(folder.Gaps);
        foreach (var node in folder.Objects)
        {
            var check = validator.Check(node);
            found.AddRange(check.Findings);
            found.AddRange(check.Gaps.Where(gap => !isWithoutSchemas || gap.Rule != Rules.NoSchema));
            if (!check.IsValid)
            {
                invalid++;
            }
            else if (check.IsComplete && folder.IsComplete)
            {
                valid++;
            }
            else
            {
                incomplete++;
            }
        }

        return new(new(valid, invalid, incomplete), found.ToImmutable());
    }

    private readonly record struct FolderCheck(ValidationCounts Counts, ImmutableArray<Diagnostic> Found);
}

/// <summary>How many objects of the output were found to be what.</summary>
/// <param name="Valid">Checked in full, and nothing is wrong.</param>
/// <param name="Invalid">An API server or a controller would refuse it.</param>
/// <param name="Unchecked">Nothing is wrong as far as it could be checked, and it could not be checked in full.</param>
public sealed record ValidationCounts(int Valid, int Invalid, int Unchecked)
{
    /// <summary>All objects.</summary>
    public int Total => Valid + Invalid + Unchecked;
}
