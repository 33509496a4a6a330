using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Validation;

/// <summary>Checks every object of the output against the kinds of a catalogue.</summary>
internal static class OutputValidation
{
    /// <summary>The rules that report an unchecked object; <c>--strict</c> makes them errors.</summary>
    public static ImmutableArray<Rule> GapRules { get; } = [Rules.NoCrds, Rules.NoSchema, Rules.VersionNotServed, Rules.NotEvaluated];

    public static (ValidationCounts Counts, ImmutableArray<Diagnostic> Found) Check(
        FileTree tree,
        RelativePath output,
        CrdCatalogue catalogue,
        int jobs,
        CancellationToken cancellation
    )
    {
        // Most files of a fleet are equal and right. Only a finding needs its exact place.
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

    // If there are no schemas at all, one finding has said so already.
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

/// <summary>How many objects of the output are valid, invalid or not fully checked.</summary>
/// <param name="Valid">Fully checked, and nothing is wrong.</param>
/// <param name="Invalid">An API server or a controller would refuse it.</param>
/// <param name="Unchecked">Nothing wrong was found, but not everything could be checked.</param>
public sealed record ValidationCounts(int Valid, int Invalid, int Unchecked)
{
    /// <summary>All objects.</summary>
    public int Total => Valid + Invalid + Unchecked;
}
