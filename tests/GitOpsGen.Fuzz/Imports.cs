using System.Collections.Immutable;

namespace GitOpsGen.Fuzz;

/// <summary>What a team has before it has a lockfile: a tree with something of each kind that <c>import</c> reads, and what the scenarios render.</summary>
internal static class Imports
{
    private static readonly string[] Lines =
    [
        "import .",
        "import . --dry-run",
        "import . --only-findings",
        "import . --core v2.3.4 --set VERSION=v1.2.3 --upstream 123456789012.dkr.ecr.eu-west-2.amazonaws.com/upbound=xpkg.upbound.io/upbound",
        "import base crossplane --env dev=overlays/dev,clusters/dev.yaml --env prod=overlays/prod,clusters/prod.yaml",
        "import --env one=live --env two=apps,iam --pull-role pull --oidc-issuer https://oidc.eks.eu-west-2.amazonaws.com/id/ABC",
    ];

    public static FuzzTarget Target(string scenarios, string seeds) =>
        WholeCommand.Target(
            "import",
            share: 6,
            () =>
            {
                var tree = new FuzzCase(Workspace.ReadAll(Path.Combine(seeds, "import")), []);
                var rendered = Scenarios.Read(scenarios).Where((_, index) => index % 10 == 0).Select(files => Output(files.Rendered()));
                // The tree as often as all the others together.
                return rendered
                    .Where(files => !files.Files.IsEmpty)
                    .SelectMany(files => new[] { files.With("import .", "json", "text"), tree })
                    .Select((files, index) => files.Words.IsEmpty ? files.With(Lines[index / 2 % Lines.Length], "json", "text", "github") : files);
            }
        );

    // Without the ledgers: what they list is not imported.
    private static FuzzCase Output(FuzzCase project) =>
        new(
            project
                .Files.Where(file =>
                    file.Key.StartsWith("manifests/", StringComparison.Ordinal) && !file.Key.EndsWith(".gitopsgen", StringComparison.Ordinal)
                )
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
            []
        );
}
