using System.Collections.Immutable;
using GitOpsGen.Importing;

namespace GitOpsGen.Cli.Json;

/// <summary>What <c>import</c> made of its sources.</summary>
internal sealed record ImportJson(
    IEnumerable<ImportedEnvironmentJson> Environments,
    ImmutableSortedDictionary<string, int> LeftAlone,
    string? Lockfile,
    string? Settings
)
{
    public static ImportJson Of(ImportResult imported) =>
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
            imported.Settings
        );

    /// <summary>How packages are installed: <c>upstream</c> where there is no registry.</summary>
    public static string InstallOf(ImportedEnvironment environment) =>
        environment.IsDirect ? "direct"
        : environment.Registry is null ? "upstream"
        : "rewrite";

    /// <summary>Whether the environment was given or found.</summary>
    public static string ToldBy(ImportedEnvironment environment) => environment.Sources.IsGiven ? "given" : "guess";
}

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
