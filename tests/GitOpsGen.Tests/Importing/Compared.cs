using System.Text;
using GitOpsGen.Importing;
using GitOpsGen.Importing.Comparing;
using GitOpsGen.Inputs;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>Sources compared with what two files render; by default, with what the import of the same sources wrote.</summary>
internal static class Compared
{
    private static readonly InputTree Nothing = new(Path.Combine(Path.GetTempPath(), "gitopsgen-no-such-folder"));

    public static ImportOutcome With(this Sources sources, string? lockfile = null, string? settings = null) =>
        With(sources.Import(), lockfile, settings);

    public static ImportOutcome With(this ImportResult imported, string? lockfile = null, string? settings = null) =>
        Generator.Compare(
            Nothing.With(
                new Dictionary<string, ReadOnlyMemory<byte>>
                {
                    [Path.Combine(Nothing.Root, "packages.lock.yaml")] = Encoding.UTF8.GetBytes(lockfile ?? imported.Lockfile!),
                    [Path.Combine(Nothing.Root, ".config", "gitopsgen.yaml")] = Encoding.UTF8.GetBytes(settings ?? imported.Settings!),
                }
            ),
            new(),
            imported,
            TestContext.Current.CancellationToken
        );

    /// <summary>Each difference: <c>Differs Provider a pull</c>, with its code.</summary>
    public static string[] Shown(this ImportOutcome outcome) => [.. outcome.Comparison!.Differences.Select(Shown)];

    public static string Shown(ImportDifference difference) =>
        string.Join(
            ' ',
            new[] { $"{difference.Verdict}", difference.Object, difference.Field, difference.Code ?? "" }.Where(part => part.Length > 0)
        );
}
