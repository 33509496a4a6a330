using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>Where an environment pulls from: one registry, and routes for what comes from elsewhere.</summary>
/// <param name="Registry">The registry; <see langword="null"/> where everything is pulled from upstream.</param>
/// <param name="Routes">By the prefix of upstream references.</param>
/// <param name="IsDirect">Whether references are the mirror's own.</param>
internal sealed partial record RegistryImport(ImportedRegistry? Registry, ImmutableSortedDictionary<string, YamlMapping> Routes, bool IsDirect)
{
    public static RegistryImport Of(ImmutableArray<ImportedPackage> packages, ImportedCore? core, MirrorReading mirrors, DiagnosticBag bag)
    {
        var isDirect = packages.Any(package => !package.IsRewritten && !PublicHosts.Has(HostOf(package.Pulled)));
        if (isDirect && packages.FirstOrDefault(package => package.IsRewritten) is { } rewritten)
        {
            var first = packages.First(package => !package.IsRewritten && !PublicHosts.Has(HostOf(package.Pulled)));
            bag.Add(
                Rules.ImportRegistries,
                first.Reference.Span,
                $"{first.Name} names the mirror itself, but an ImageConfig leads {rewritten.Name} there: an environment does one of the two.",
                "Write upstream references for all, or mirror references for all."
            );
        }

        // What an environment pulls most often is its registry; the rest are routes.
        var host = packages
            .Select(package => HostOf(package.Pulled))
            .Where(pulled => !PublicHosts.Has(pulled))
            .GroupBy(pulled => pulled)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault()
            ?.Key;
        var images = packages
            .Select(package => new Pull(package.Package, package.Pulled, package.Reference.Span) { Secret = mirrors.SecretOf(package.Pulled) })
            .ToList();
        if (core?.Image is { } image && !PublicHosts.Has(HostOf(image.Value)))
        {
            images.Add(new(core.Package, image.Value, image.Span));
        }
        else if (core is not null && host is not null)
        {
            var at = core.Image ?? core.Version;
            bag.Add(
                Rules.ImportCoreMoves,
                at.Span,
                $"The core is pulled from {core.Image?.Value ?? core.Package}; with the environment's registry it is pulled from there.",
                "Copy it there before the first sync; 'gitopsgen mirror plan' prints how."
            );
        }

        var prefixes = images
            .Where(pull => pull.Host == host && pull.Prefix is not null)
            .GroupBy(pull => HostOf(pull.Upstream))
            .ToDictionary(group => group.Key, group => group.GroupBy(pull => pull.Prefix!).MaxBy(same => same.Count())!.Key);
        var registry = host is null
            ? null
            : new ImportedRegistry(
                host,
                Folded(prefixes),
                images.Where(pull => pull.Host == host && pull.Secret is not null).GroupBy(pull => pull.Secret).MaxBy(same => same.Count())?.Key
            );
        var routes = ImmutableSortedDictionary.CreateBuilder<string, YamlMapping>(StringComparer.Ordinal);
        foreach (var organisation in images.GroupBy(pull => OrganisationOf(pull.Upstream)))
        {
            var all = organisation.Select(pull => (pull.Upstream, Route: Route(pull, registry, prefixes, bag))).ToList();
            var isOne = all.TrueForAll(own => NodeEquality.Instance.Equals(own.Route, all[0].Route));
            foreach (var (upstream, route) in all.Where(own => own.Route is not null))
                routes[isOne ? organisation.Key : upstream] = route!;
        }

        return new(registry, routes.ToImmutable(), isDirect);
    }

    /// <summary>A registry in the settings: ECR by its account and region, anything else by its host.</summary>
    public static YamlMapping PlaceOf(string host)
    {
        var place = NodePaths.Empty(SourceSpan.Nowhere);
        return Ecr().Match(host) is { Success: true } ecr
            ? place.WithAt(Text(ecr.Groups["account"].Value), "ecr", "account").WithAt(Text(ecr.Groups["region"].Value), "ecr", "region")
            : place.With("host", Text(host));
    }

    private static YamlMapping? Route(Pull pull, ImportedRegistry? registry, Dictionary<string, string> prefixes, DiagnosticBag bag)
    {
        var isHere = pull.Host == registry?.Host;
        var route =
            isHere ? NodePaths.Empty(SourceSpan.Nowhere)
            : pull.Pulled != pull.Upstream ? PlaceOf(pull.Host)
            : registry is null && pull.Secret is null ? NodePaths.Empty(SourceSpan.Nowhere)
            : NodePaths.Empty(SourceSpan.Nowhere).With("from", Text("upstream"));
        if (pull.Pulled == pull.Upstream)
        {
            // It is where it was published.
        }
        else if (pull.Prefix is { } prefix)
        {
            route = prefix == (isHere ? prefixes[HostOf(pull.Upstream)] : "") ? route : route.With("prefix", Text(prefix));
        }
        else if (pull.Folder is { } folder)
        {
            route = route.With("path", Text(folder));
        }
        else
        {
            bag.Add(
                Rules.ImportPath,
                pull.Span,
                $"{pull.Upstream} is at {pull.Pulled}: no prefix and no path of 'upstreams' leads there.",
                "Copy it to a path that ends like the upstream one."
            );
            return null;
        }

        route = pull.Secret is { } secret && !(isHere && secret == registry!.PullSecret) ? route.With("pullSecret", Text(secret)) : route;
        return route.Entries.IsEmpty ? null : route;
    }

    private static ImmutableSortedDictionary<string, string> Folded(Dictionary<string, string> prefixes)
    {
        var folded = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        return prefixes.Values.Distinct().ToList() switch
        {
            [] or [""] => folded,
            [var one] => folded.Add("", one),
            _ => folded.AddRange(prefixes),
        };
    }

    private static string HostOf(string repository) => repository.Split('/')[0];

    // What a route is for: the organisation, or the repository where it has none.
    private static string OrganisationOf(string repository) => string.Join('/', repository.Split('/').Take(2));

    private static YamlScalar Text(string text) => YamlScalar.String(text, SourceSpan.Nowhere);

    // Any number of digits: 'lint' tells of a wrong one.
    [GeneratedRegex(@"\A(?<account>[0-9]+)\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\z")]
    private static partial Regex Ecr();

    private sealed record Pull(string Upstream, string Pulled, SourceSpan Span)
    {
        public string Host { get; } = HostOf(Pulled);

        /// <summary>The Secret that an ImageConfig gives the pull.</summary>
        public string? Secret { get; init; }

        private string Path { get; } = PathOf(Pulled);

        /// <summary>What stands before the whole upstream path.</summary>
        public string? Prefix => Before(Path, PathOf(Upstream));

        /// <summary>What stands in place of the upstream organisation.</summary>
        public string? Folder => PathOf(Upstream) is var path && path.Contains('/', StringComparison.Ordinal) ? Before(Path, PathOf(path)) : null;

        private static string? Before(string path, string end) =>
            path == end ? ""
            : path.EndsWith($"/{end}", StringComparison.Ordinal) ? path[..^(end.Length + 1)]
            : null;

        private static string PathOf(string repository) => repository[(repository.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }
}
