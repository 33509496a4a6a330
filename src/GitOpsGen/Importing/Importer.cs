using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Installed;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;
using GitOpsGen.Importing.Writing;

namespace GitOpsGen.Importing;

/// <summary>The order of an import: the environments, what belongs to each, what it installs, and the two files.</summary>
internal static class Importer
{
    private static readonly HashSet<string> Read =
    [
        "Provider",
        "Function",
        "Configuration",
        "ImageConfig",
        "DeploymentRuntimeConfig",
        "ControllerConfig",
        "Lock",
    ];

    /// <param name="tree">The sources.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="schemas">Where the schemas of the lockfile and of the settings are, from the folder of each.</param>
    public static ImportResult Import(SourceTree tree, ImportRequest request, (string Lockfile, string Settings) schemas)
    {
        var bag = new DiagnosticBag();
        foreach (var file in tree.Files)
        {
            bag.AddRange(file.Diagnostics);
            if (file.IsRelevant && file.Documents.Any(document => Policies.In(document) is not null || document.At("Role") is not null))
                CheckComments(file, bag);
        }

        bag.AddRange(UnlistedFiles.In(tree));
        if (new EnvironmentTelling(tree, request, bag).Tell() is not { } entries)
            return new([], Ordered(bag), LeftAlone([]));

        var division = new SourceDivision(tree, request, entries, bag);
        ImmutableArray<ImportedEnvironment> environments =
        [
            .. entries.Select(entry => new EnvironmentImport(tree, division.Of(entry), request, bag).Import()),
        ];
        environments = [.. environments.Select(environment => WithLockedChart(environment, environments))];
        foreach (var environment in environments)
            bag.AddRange(OpenPlaceholders(environment));

        var hasPackages = environments.Any(environment => environment.Core is not null || !environment.Packages.IsEmpty);
        // What cannot be read may be why.
        if (!hasPackages && !bag.ToImmutable().Any(found => found.Rule == Rules.ImportUnreadable))
        {
            bag.Add(
                Rules.ImportNothing,
                null,
                "The sources install neither Crossplane nor a package.",
                "Name the files that do; what 'kubectl get providers,functions,configurations -o yaml' prints works, too."
            );
        }

        var left = LeftAlone(environments);
        if (!left.IsEmpty)
        {
            bag.Add(
                Rules.ImportLeftAlone,
                null,
                $"These objects stay where they are: {string.Join(", ", left.Select(kind => $"{kind.Value} {kind.Key}"))}.",
                "Keep their folders, and what applies them."
            );
        }

        var found = Ordered(bag);
        // Both files would lack what was not read, or say of one environment what belongs to others.
        var isWhole = hasPackages && !found.Any(finding => finding.Rule == Rules.ImportUnreadable || finding.Rule == Rules.ImportEnvironments);
        return new(environments, found, left)
        {
            Lockfile = isWhole ? LockfileText.Of(environments, schemas.Lockfile) : null,
            Settings = isWhole ? SettingsText.Of(environments, schemas.Settings) : null,
        };
    }

    // One entry of the lock has one chart: where it is published, if that is known; the others say in the settings where they have it from.
    private static ImportedEnvironment WithLockedChart(ImportedEnvironment environment, ImmutableArray<ImportedEnvironment> all)
    {
        if (environment.Core is not { } core)
            return environment;

        var places = all.Select(other => other.Core)
            .OfType<ImportedCore>()
            .Where(other => other.Version.Value == core.Version.Value && other.ChartVersion == core.ChartVersion)
            .Select(other => other.ChartRepository)
            .ToList();
        return environment with { Core = core with { LockedRepository = places.Find(place => place == CoreImport.DefaultChart) ?? places[0] } };
    }

    private static void CheckComments(SourceFileContent file, DiagnosticBag bag)
    {
        foreach (var comment in file.Comments)
            bag.Add(Rules.JsonComment, comment, "A comment: JSON has none, and IAM refuses the document.", "Remove it.");
    }

    // What is carried over verbatim; references and versions are checked where they are read.
    private static IEnumerable<Diagnostic> OpenPlaceholders(ImportedEnvironment environment) =>
        environment
            .Packages.SelectMany(package => new[] { package.Spec, package.Runtime })
            .Append(environment.Core?.Values)
            .Append(environment.Iam)
            .Append(environment.Engine.Settings)
            .OfType<YamlNode>()
            .SelectMany(node => node.Scalars())
            .Select(scalar => (scalar.Span, Placeholder: Placeholders.First(scalar.Text, inParentheses: false)))
            .Where(open => open.Placeholder is not null)
            .Select(open => SourceRules.Open(open.Placeholder!, open.Span));

    private static ImmutableSortedDictionary<string, int> LeftAlone(ImmutableArray<ImportedEnvironment> environments) =>
        environments
            .SelectMany(environment => environment.Sources.Objects.Where(item => !IsRead(environment, item)))
            .DistinctBy(item => (item.ApiVersion, item.Kind, item.Namespace, item.Name, item.NameSpan))
            .Select(item => item.Kind)
            .Concat(environments.SelectMany(environment => environment.Sources.Aside).DistinctBy(file => file.Key).SelectMany(file => file.Kinds))
            .GroupBy(kind => kind)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    private static bool IsRead(ImportedEnvironment environment, SourceObject item) =>
        (item.Group == PackageGroup.Name && Read.Contains(item.Kind))
        || item.Group == "meta.pkg.crossplane.io"
        || CoreObjects.IsCore(item)
        || item.NameSpan == environment.Core?.Use?.Object?.NameSpan
        || item.Group is EngineGroups.Kustomize or EngineGroups.Source or EngineGroups.ArgoCd
        || (
            item is { Group: "", Kind: "ConfigMap" }
            && (environment.Core?.Use?.Object?.Spec).ItemsAt("valuesFrom").Any(from => from.TextAt("name") == item.Name)
        );

    /// <summary>In reading order, each once: what is wrong for all environments is one finding.</summary>
    private static ImmutableArray<Diagnostic> Ordered(DiagnosticBag bag) =>
        [
            .. bag.ToImmutable()
                .DistinctBy(found => (found.Rule, found.Span, found.Message))
                .OrderBy(found => found.Span?.File ?? "\uffff", StringComparer.Ordinal)
                .ThenBy(found => found.Span?.Start ?? default)
                .ThenBy(found => found.Rule.Code, StringComparer.Ordinal),
        ];
}

/// <summary>What an import made of its sources.</summary>
/// <param name="Environments">The environments, in their order; none where they cannot be told apart, or nothing is there.</param>
/// <param name="Diagnostics">What was found in the sources, by place.</param>
/// <param name="LeftAlone">How many objects of each kind stay where they are.</param>
internal sealed record ImportResult(
    ImmutableArray<ImportedEnvironment> Environments,
    ImmutableArray<Diagnostic> Diagnostics,
    ImmutableSortedDictionary<string, int> LeftAlone
)
{
    /// <summary>The text of <c>packages.lock.yaml</c>; <see langword="null"/> where nothing is to be written.</summary>
    public string? Lockfile { get; init; }

    /// <summary>The text of <c>.config/gitopsgen.yaml</c>.</summary>
    public string? Settings { get; init; }
}
