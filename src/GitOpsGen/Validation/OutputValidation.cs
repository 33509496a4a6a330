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
        FileTree tree, RelativePath output, CrdCatalogue catalogue, int jobs, CancellationToken cancellation)
    {
        var build = new OutputBuild(tree, output);
        var validator = new ObjectValidator(catalogue);
        var checks = new FolderCheck[build.Folders.Length];
        Parallel.For(0, checks.Length, new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, i =>
            checks[i] = Check(build.Build(build.Folders[i]), validator));
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        foreach (var check in checks)
        {
            // One finding says it already where there are no schemas at all.
            bag.AddRange(check.Found.Where(d => d.Rule != Rules.NoSchema || !catalogue.IsEmpty));
        }

        return (new(checks.Sum(c => c.Counts.Valid), checks.Sum(c => c.Counts.Invalid), checks.Sum(c => c.Counts.Unchecked)), bag.ToImmutable());
    }

    private static FolderCheck Check(BuiltFolder folder, ObjectValidator validator)
    {
        var (valid, invalid, incomplete) = (0, 0, 0);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        found.AddRange(folder.Findings);
        found.AddRange(folder.Gaps);
        foreach (var node in folder.Objects)
        {
            var check = validator.Check(node);
            found.AddRange(check.Findings);
            found.AddRange(check.Gaps);
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
