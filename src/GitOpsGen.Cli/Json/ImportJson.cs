using GitOpsGen.Cli.Importing;
using GitOpsGen.Importing;
using GitOpsGen.Importing.Comparing;
using GitOpsGen.Importing.Installed;

namespace GitOpsGen.Cli.Json;

/// <summary>What <c>import</c> made of its sources.</summary>
internal sealed record ImportJson(
    IEnumerable<ImportedEnvironmentJson> Environments,
    ImmutableSortedDictionary<string, int> LeftAlone,
    string? Lockfile,
    string? Settings,
    int? Objects,
    IEnumerable<ImportDifferenceJson>? Differences,
    IEnumerable<HandOverStepJson>? HandOver
)
{
    public static ImportJson Of(ImportResult imported, ImportOutcome? outcome) =>
        new(
            imported.Environments.Select(environment => new ImportedEnvironmentJson(
                environment.Name,
                environment.Sources.EntryPoints,
                environment.Engine.Kind,
                InstallOf(environment),
                environment.Core?.Version.Value,
                environment.Packages.Length,
                ToldBy(environment)
            )),
            imported.LeftAlone,
            imported.Lockfile,
            imported.Settings,
            outcome?.Comparison?.Environments.Sum(environment => environment.Objects),
            outcome?.Comparison?.Environments.SelectMany(environment =>
                environment.Differences.Select(difference => ImportDifferenceJson.Of(environment.Name, difference))
            ),
            outcome?.HandOver?.Steps.Select(step => new HandOverStepJson(
                step.Title,
                step.Parts.Select(part => new HandOverPartJson(part.Environment, part.Notes, part.Commands))
            ))
        );

    /// <summary>How packages are installed: <c>upstream</c> where there is no registry.</summary>
    public static string InstallOf(ImportedEnvironment environment) =>
        environment.IsDirect ? "direct"
        : environment.Registry is null ? "upstream"
        : "rewrite";

    /// <summary>Whether the environment was given or found.</summary>
    public static string ToldBy(ImportedEnvironment environment) => environment.Sources.IsGiven ? "given" : "guess";
}

/// <summary>One value that differs between an existing object and the rendered one.</summary>
internal sealed record ImportDifferenceJson(
    string Environment,
    string Object,
    string Field,
    string? Existing,
    string? Rendered,
    string Verdict,
    string Reason,
    string? Code,
    string? File,
    int? Line
)
{
    public static ImportDifferenceJson Of(string environment, ImportDifference difference) =>
        new(
            environment,
            difference.Object,
            difference.Field,
            difference.Existing,
            difference.Rendered,
            ComparisonText.Word(difference.Verdict),
            difference.Reason,
            difference.Code,
            difference.Span?.File,
            difference.Span?.Start.Line
        );
}

/// <summary>One step of a hand-over.</summary>
internal sealed record HandOverStepJson(string Title, IEnumerable<HandOverPartJson> Parts);

/// <summary>A step in one environment.</summary>
internal sealed record HandOverPartJson(string Environment, IEnumerable<string> Notes, IEnumerable<string> Commands);

/// <summary>One environment of an import.</summary>
internal sealed record ImportedEnvironmentJson(
    string Name,
    IEnumerable<string> From,
    string Engine,
    string Install,
    string? Core,
    int Packages,
    string ToldBy
);
