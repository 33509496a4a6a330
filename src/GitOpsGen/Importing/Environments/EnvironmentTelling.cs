using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Environments;

/// <summary>Which environments there are, by what was given, else by what the sources themselves tell apart.</summary>
internal sealed class EnvironmentTelling(SourceTree tree, ImportRequest request, DiagnosticBag bag)
{
    private const string Only = "main";
    private static readonly string[] Parents = ["overlays", "environments", "envs", "clusters"];
    private static readonly string[] NamingKeys = ["name", "cluster", "env", "environment"];

    private readonly SourceReach reach = tree.Reach;

    private readonly Lazy<ILookup<string, string>> foldersByName = new(() =>
        tree
            .Files.Where(file => file.Origin != Inputs.ImportOrigin.Reached)
            .SelectMany(file => SourceTree.Above(file.Key))
            .Distinct(StringComparer.Ordinal)
            .Where(IsOutermost)
            .ToLookup(RelativePath.NameOf, StringComparer.Ordinal)
    );

    /// <summary>The environments, each with what belongs to it alone; <see langword="null"/> where they cannot be told apart.</summary>
    public ImmutableArray<EnvironmentEntry>? Tell()
    {
        if (Told() is not { } entries)
            return null;

        // Names become DNS labels, and two of them may become one.
        if (entries.GroupBy(entry => entry.Name).FirstOrDefault(same => same.Count() > 1) is not { } twice)
            return entries;

        bag.Add(
            Rules.ImportEnvironments,
            null,
            $"The environments {string.Join(" and ", twice.Select(entry => $"'{Excerpt.Of(entry.Original)}'"))} would both be called {twice.Key}.",
            "Give them other names: --env NAME=PATH,…"
        );
        return null;
    }

    private ImmutableArray<EnvironmentEntry>? Told()
    {
        if (!request.Environments.IsEmpty)
        {
            return
            [
                .. request
                    .Environments.GroupBy(given => given.Name)
                    .Select(given => Entry(given.Key, [.. given.SelectMany(one => one.Paths).Distinct()], isGiven: true)),
            ];
        }

        (string How, ILookup<string, string> Entries)[] guesses =
        [
            .. new[]
            {
                ("ApplicationSets", ByApplicationSets()),
                ("the destinations of Applications", ByDestinations()),
                ("Flux Kustomizations", ByFlux()),
                ("folders", ByFolders()),
                ("value files", ByValueFiles()),
            }
                .Where(guess => guess.Item2.Any())
                .Select(guess => (guess.Item1, guess.Item2.ToLookup(entry => entry.Name, entry => entry.Key, StringComparer.Ordinal))),
        ];
        if (guesses is [])
            return bag.ToImmutable().Any(found => found.Rule == Rules.ImportEnvironments) ? null : [new(Only, [], IsGiven: false, Only)];

        var (how, chosen) = guesses[0];
        foreach (var (otherHow, other) in guesses[1..])
        {
            if (other.SelectMany(group => group).FirstOrDefault(key => !IsCovered(key, chosen)) is { } stray)
            {
                bag.Add(
                    Rules.ImportEnvironments,
                    SourceSpan.StartOf(tree.Shown(stray)),
                    $"{how} tell {Listed(chosen)} apart, but {otherHow} tell {Listed(other)}, and '{stray}' belongs to none of the former.",
                    "Say which environments there are: --env NAME=PATH,…"
                );
                return null;
            }
        }

        var taken = chosen.SelectMany(group => group).ToHashSet(StringComparer.Ordinal);
        return [.. chosen.Select(group => Entry(group.Key, [.. group.Distinct(), .. NamedFolders(group.Key, taken)], isGiven: false))];
    }

    // Policies and values are often beside, in folders that have the environment's name too.
    private IEnumerable<string> NamedFolders(string name, HashSet<string> taken) =>
        foldersByName.Value[name].Where(folder => !taken.Any(other => SourceTree.IsIn(folder, other) || SourceTree.IsIn(other, folder)));

    // A folder in one of the same name is a part of that.
    private static bool IsOutermost(string folder) =>
        !RelativePath.FolderOf(folder).Split('/').Contains(RelativePath.NameOf(folder), StringComparer.Ordinal);

    private static string Listed(ILookup<string, string> guess) => string.Join(", ", guess.Select(group => group.Key));

    private bool IsCovered(string key, ILookup<string, string> chosen) =>
        chosen
            .SelectMany(group => group)
            .Any(entry =>
                SourceTree.IsIn(key, entry) || SourceTree.IsIn(entry, key) || reach.From(entry).Any(reached => SourceTree.IsIn(key, reached))
            );

    private static EnvironmentEntry Entry(string name, ImmutableArray<string> paths, bool isGiven)
    {
        var label = ObjectName.ToDnsLabel(name.ToLowerInvariant().Replace('_', '-'));
        return new(EnvironmentName.TryParse(label, out _) ? label : $"env-{label}".TrimEnd('-'), paths, isGiven, name);
    }

    private IEnumerable<(string Name, string Key)> ByApplicationSets()
    {
        foreach (var (file, set) in tree.ObjectsOf(EngineGroups.ArgoCd, ApplicationSets.Kind))
        {
            var (elements, other) = ApplicationSets.Elements(set);
            if (
                ApplicationSets.Template(set) is not { } template
                || !elements.Select(element => ApplicationSets.Filled(template, element)).Append(template).Any(reach.Concerns)
            )
            {
                continue;
            }

            if (other is not null)
            {
                bag.Add(
                    Rules.ImportEnvironments,
                    other.Span,
                    $"The generator '{Excerpt.Of(other.Text)}' of {set} makes environments that no file names.",
                    "Say which environments there are: --env NAME=PATH,…"
                );
                continue;
            }

            foreach (var element in elements)
            {
                if (NamingKeys.Select(key => (element[key] as YamlScalar)?.Text).FirstOrDefault(name => name is not null) is { } name)
                {
                    var path = ApplicationSets.Filled(template, element).Spec is { } spec
                        ? ArgoSource.All(spec).Select(source => source.Path).FirstOrDefault(p => p is not null)
                        : null;
                    yield return (name, path is not null && tree.Find(path) is { } folder ? folder : file);
                }
            }
        }
    }

    private List<(string Name, string Key)> ByDestinations()
    {
        var all = tree.ObjectsOf(EngineGroups.ArgoCd, "Application").Where(pair => reach.Concerns(pair.Object)).ToList();
        List<SourceObject> applications = [.. all.Select(pair => pair.Object)];
        var named = all.Where(pair => !reach.AppliesApplications(pair.Object, applications))
            .Select(pair => (Name: Destination(pair.Object), Keys: Keys(pair.File, pair.Object)))
            .Where(pair => pair.Name is not null)
            .ToList();
        return named.Select(pair => pair.Name).Distinct().Count() < 2
            ? []
            : [.. named.SelectMany(pair => pair.Keys.Select(key => (pair.Name!, key)))];
    }

    private static string? Destination(SourceObject application) =>
        EngineSpec.Cluster(application.Spec)?.Text is not { } cluster ? null
        : ArgoCluster.Known(cluster) is var known && Uri.TryCreate(known, UriKind.Absolute, out var address) ? address.Host
        : known;

    private List<(string Name, string Key)> ByFlux()
    {
        var all = tree.ObjectsOf(EngineGroups.Kustomize, "Kustomization").Where(pair => reach.Concerns(pair.Object)).ToList();
        var byFolder = all.Select(pair => (pair.File, pair.Object, Name: ClusterOf(pair.File))).ToList();
        // One cluster has one object of a name, so several of one name are of several clusters.
        var collide = all.GroupBy(pair => (pair.Object.Namespace, pair.Object.Name)).Any(group => group.Count() > 1);
        return byFolder.TrueForAll(pair => pair.Name is not null)
                ? [.. byFolder.SelectMany(pair => Keys(pair.File, pair.Object).Select(key => (pair.Name!, key)))]
            : collide
                ?
                [
                    .. byFolder.SelectMany(pair =>
                        Keys(pair.File, pair.Object).Select(key => (pair.Name ?? Path.GetFileNameWithoutExtension(pair.File), key))
                    ),
                ]
            : [];
    }

    // The folder below clusters/.
    private static string? ClusterOf(string file) =>
        file.Split('/') is { Length: > 2 } parts && Array.LastIndexOf(parts, "clusters", parts.Length - 3) is var at and >= 0 ? parts[at + 1] : null;

    private IEnumerable<string> Keys(string file, SourceObject of) => reach.PathsOf(of).Prepend(file).Distinct();

    private List<(string Name, string Key)> ByFolders()
    {
        var siblings = tree
            .Files.Where(file => file.Origin != Inputs.ImportOrigin.Reached)
            .Select(file => SiblingOf(file.Key))
            .OfType<string>()
            .Distinct()
            .Where(reach.Concerns)
            .GroupBy(RelativePath.FolderOf)
            .FirstOrDefault(group => group.Count() > 1);
        if (siblings is not null)
            return [.. siblings.Select(folder => (RelativePath.NameOf(folder), folder))];

        var shared = reach
            .Roots("")
            .SelectMany(root =>
                reach.From(root).Where(other => other != root && tree.KustomizationOf(other) is not null).Select(other => (Base: other, Root: root))
            )
            .GroupBy(pair => pair.Base, pair => pair.Root)
            .FirstOrDefault(group => group.Distinct().Count() > 1 && reach.Concerns(group.Key));
        return shared is null ? [] : [.. shared.Distinct().Select(root => (RelativePath.NameOf(root), root))];
    }

    private static string? SiblingOf(string file)
    {
        var parts = file.Split('/');
        var at = Array.FindIndex(parts, Parents.Contains);
        return at >= 0 && at + 2 < parts.Length ? string.Join('/', parts[..(at + 2)]) : null;
    }

    private List<(string Name, string Key)> ByValueFiles()
    {
        const string Values = "values-";
        var named = tree
            .Files.Select(file => (Name: Path.GetFileNameWithoutExtension(file.Key), file.Key))
            .Where(file => file.Name.StartsWith(Values, StringComparison.Ordinal) && file.Name.Length > Values.Length)
            .Where(file => tree.File(file.Key)!.Documents.Any(CoreValues.AreValues) || tree.UmbrellaOf(RelativePath.FolderOf(file.Key)) is not null)
            .Select(file => (file.Name[Values.Length..], file.Key))
            .ToList();
        return named.Count > 1 ? named : [];
    }
}

/// <summary>An environment, and the files and folders that belong to it alone.</summary>
/// <param name="Name">Its name, a DNS label.</param>
/// <param name="Keys">Keys of the tree.</param>
/// <param name="IsGiven">Whether the command line says so.</param>
/// <param name="Original">The name as it was found.</param>
internal sealed record EnvironmentEntry(string Name, ImmutableArray<string> Keys, bool IsGiven, string Original);
