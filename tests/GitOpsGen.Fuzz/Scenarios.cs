using System.Collections.Immutable;

namespace GitOpsGen.Fuzz;

/// <summary>The repositories of the scenarios, rendered or not, and every command that asks no registry.</summary>
internal static class Scenarios
{
    private static readonly string[] Lines =
    [
        "lint",
        "check --diff",
        "render",
        "render --force",
        "render --force --exit-code",
        "status",
        "graph",
        "why provider-aws-s3",
        "mirror plan",
        "template list",
        "validate",
        "validate --strict",
        "lock --offline",
        "promote dev prod",
        "remove provider-aws-s3",
        "explain manifests/base/upbound-provider-aws-s3/package.yaml",
        "import . --dry-run",
        "import manifests --dry-run",
    ];

    public static FuzzTarget Commands(string scenarios) =>
        WholeCommand.Target(
            "commands",
            share: 10,
            () =>
            {
                var plain = Read(scenarios);
                return from files in plain.Concat(plain.Select(files => files.Rendered()))
                    from line in Lines
                    select files.With(line, "json", "text", "github");
            }
        );

    /// <summary>Objects of a kind that a CustomResourceDefinition beside them defines.</summary>
    public static FuzzTarget Validation(string seeds) =>
        WholeCommand.Target(
            "validate",
            share: 2,
            () => [new FuzzCase(Workspace.ReadAll(Path.Combine(seeds, "validate")), []).With("validate", "json")]
        );

    /// <summary>Each as a user has it, with what was there before the run.</summary>
    public static ImmutableArray<FuzzCase> Read(string scenarios) =>
        [.. Directory.EnumerateDirectories(scenarios).Order(StringComparer.Ordinal).Select(folder => Project(Workspace.ReadAll(folder)))];

    private static FuzzCase Project(ImmutableSortedDictionary<string, byte[]> scenario)
    {
        const string present = "present/";
        var files = scenario.Where(file => !file.Key.StartsWith("expected", StringComparison.Ordinal) && file.Key != "options.txt").ToList();
        var before = files.Where(file => file.Key.StartsWith(present, StringComparison.Ordinal)).ToList();
        return new(
            files
                .Except(before)
                .ToImmutableSortedDictionary(StringComparer.Ordinal)
                .SetItems(before.Select(file => KeyValuePair.Create(file.Key[present.Length..], file.Value))),
            []
        );
    }
}
