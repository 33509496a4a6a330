using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Settings;

/// <summary>Reads where an environment pulls from: <c>registry</c> and <c>upstreams</c>.</summary>
internal sealed class RouteReader(YamlScalar environment, InstallStrategy install, DiagnosticBag bag)
{
    // What a pull-through cache rule of ECR can be for (botocore, UpstreamRegistry). ECR itself is one too.
    private static readonly ImmutableHashSet<string> Cacheable =
    [
        "cgr.dev",
        "docker.io",
        "ghcr.io",
        "index.docker.io",
        "public.ecr.aws",
        "quay.io",
        "registry-1.docker.io",
        "registry.gitlab.com",
        "registry.k8s.io",
    ];

    /// <summary>The routes; a registry that cannot be read is reported and is taken for none.</summary>
    public UpstreamRoutes Read(Fields merged)
    {
        var fields = merged.Object("registry");
        var registry = fields is { } there ? ReadRegistry(there) : null;
        var standard = new UpstreamRoute("", registry?.Host.Span ?? environment.Span)
        {
            Registry = registry,
            PullSecret = registry is null ? null : ReadSecret(fields!.Value, registry.Ecr),
        };
        var own = (merged.Mapping("upstreams")?.Entries ?? [])
            .Select(entry => ReadRoute(entry.Key, new((YamlMapping)entry.Value), standard))
            .OfType<UpstreamRoute>()
            .OrderByDescending(route => route.Prefix.Length)
            .ThenBy(route => route.Prefix, StringComparer.Ordinal);
        return new(standard, [.. own]);
    }

    private UpstreamRoute? ReadRoute(YamlScalar prefix, Fields route, UpstreamRoute standard)
    {
        if (route.Has("from"))
            return ReadPublished(prefix, route);

        if (route.Has("prefix") && route.Has("path"))
        {
            return Refuse(
                route.Scalar("path")!.Span,
                prefix,
                "has both 'prefix', which goes before the upstream path, and 'path', which takes the place of its organisation",
                "Keep one of them."
            );
        }

        if (route.Has("ecr") && route.Has("host"))
            return Refuse(route.Scalar("host")!.Span, prefix, "has both 'ecr' and 'host'", "Keep one of them.");

        var isElsewhere = route.Has("ecr") || route.Has("host");
        if (!isElsewhere && standard.Registry is null)
        {
            return Refuse(
                prefix.Span,
                prefix,
                $"names no registry, and environment '{environment.Text}' has none",
                "Add 'host' or 'ecr', or 'from: upstream'."
            );
        }

        var registry = isElsewhere ? ReadRegistry(route) : standard.Registry! with { Prefixes = PrefixesOf(route, standard.Registry) };
        if (registry is null)
            return null;

        if (!isElsewhere)
            WarnOfHosts(route);

        var read = new UpstreamRoute(prefix.Text, prefix.Span)
        {
            Registry = registry,
            Path = route.Text("path"),
            Moves = route.Has("path") || route.Has("prefix"),
            PullSecret = ReadSecret(route, registry.Ecr) ?? (isElsewhere ? null : standard.PullSecret),
            IsPullThrough = route.Flag("pullThrough"),
        };
        CheckCache(prefix, read);
        return read;
    }

    private UpstreamRoute? ReadPublished(YamlScalar prefix, Fields route)
    {
        var other = route.Entries.Select(entry => entry.Key).FirstOrDefault(key => key.Text is not ("from" or "pullSecret"));
        return other is null
            ? new(prefix.Text, prefix.Span) { PullSecret = ReadSecret(route, ecr: null) }
            : Refuse(
                other.Span,
                prefix,
                $"pulls packages where they were published, and has '{other.Text}'",
                $"Remove '{other.Text}' or 'from'; beside 'from: upstream' there is only 'pullSecret'."
            );
    }

    private static ImmutableDictionary<string, string> PrefixesOf(Fields route, RegistrySettings standard) =>
        route.Has("prefix") ? ReadPrefixes(route) : standard.Prefixes;

    private UpstreamRoute? Refuse(SourceSpan span, YamlScalar prefix, string what, string fix)
    {
        bag.Add(Rules.RouteContradiction, span, $"The route '{prefix.Text}' {what}.", fix);
        return null;
    }

    private void CheckCache(YamlScalar prefix, UpstreamRoute route)
    {
        var host = prefix.Text.Split('/')[0];
        if (route is { IsPullThrough: true, Ecr: not null } && !IsCacheable(host))
        {
            bag.Add(
                Rules.CacheImpossible,
                prefix.Span,
                $"ECR has no pull-through cache for {host}.",
                "Copy these packages ('gitopsgen mirror plan'), pull them where they are ('from: upstream'), or take them from a registry that ECR caches, such as ghcr.io."
            );
        }
    }

    private static bool IsCacheable(string host) =>
        Cacheable.Contains(host) || host.EndsWith(".azurecr.io", StringComparison.Ordinal) || EcrRegistry.TryParseHost(host, out _);

    private RegistrySettings? ReadRegistry(Fields registry)
    {
        WarnOfHosts(registry);
        var prefixes = ReadPrefixes(registry);
        if (registry.Object("ecr") is { } ecr)
        {
            var account = ecr.Required<AccountId>("account", AccountId.TryParse);
            var regionNode = ecr.Scalar("region")!;
            if (!AwsRegion.TryParse(regionNode.Text, out var region))
            {
                bag.Add(
                    Rules.UnknownRegion,
                    regionNode.Span,
                    $"'{Excerpt.Of(regionNode.Text)}' is a region of no known AWS partition.",
                    "Check the region's name, such as eu-west-2 or us-gov-west-1."
                );
                return null;
            }

            WarnOfRegion(region, regionNode.Span);
            var classic = EcrRegistry.Classic(account.Value, region);
            return new(new(classic.Host, ecr.Span), classic, prefixes);
        }

        var host = registry.Located("host")!.Value;
        if (!EcrRegistry.TryParseHost(host.Value, out var known) && EcrRegistry.LooksLikeEcr(host.Value))
        {
            bag.Add(
                Rules.UnknownEcrHost,
                host.Span,
                $"'{host.Value}' looks like ECR, but no ECR credential helper knows such a host: Crossplane would pull anonymously.",
                "Use ACCOUNT.dkr.ecr.REGION.amazonaws.com with 12 digits of account, or 'ecr'."
            );
        }

        if (known is not null)
            WarnOfRegion(known.Region, host.Span);

        if (install == InstallStrategy.Direct && !host.Value.Contains('.', StringComparison.Ordinal))
        {
            bag.Add(
                Rules.HostWithoutDot,
                host.Span,
                $"'{host.Value}' has no dot: with 'install: direct' the API server refuses packages from there.",
                "Set 'install: rewrite', or give the host a dot, such as 127.0.0.1:5000."
            );
        }

        return new(host, known, prefixes);
    }

    private void WarnOfRegion(AwsRegion region, SourceSpan span)
    {
        if (!region.IsListed)
        {
            bag.Add(
                Rules.UnlistedRegion,
                span,
                $"AWS lists no region '{Excerpt.Of(region.Name)}'.",
                "Correct it, or set GOG3016 to off if it is newer than this gitopsgen."
            );
        }
    }

    private Located<string>? ReadSecret(Fields fields, EcrRegistry? ecr)
    {
        var secret = fields.Located("pullSecret");
        if (ecr is not null && secret is { } onEcr)
        {
            bag.Add(
                Rules.PullSecretOnEcr,
                onEcr.Span,
                $"'pullSecret' is '{Excerpt.Of(onEcr.Value)}', but ECR's tokens last for twelve hours.",
                "Remove it and name roles under 'iam', or keep the Secret fresh."
            );
        }

        return secret;
    }

    // The registry's own host in front of a path is a frequent mistake: it becomes part of every repository's name.
    private void WarnOfHosts(Fields registry)
    {
        var prefixes = registry.Mapping("prefix") is { } map ? map.Entries.Select(entry => entry.Value as YamlScalar) : [registry.Scalar("prefix")];
        foreach (var prefix in prefixes.OfType<YamlScalar>().Where(prefix => RegistryHost.IsDomain(prefix.Text.Split('/')[0])))
        {
            bag.Add(
                Rules.PrefixIsHost,
                prefix.Span,
                $"The prefix '{Excerpt.Of(prefix.Text)}' begins with a host: it becomes a folder of the registry, as in REGISTRY/{Excerpt.Of(prefix.Text)}/….",
                "Name the registry by 'host', or set GOG3013 to off if its folders have such names."
            );
        }
    }

    private static ImmutableDictionary<string, string> ReadPrefixes(Fields registry)
    {
        if (registry.Mapping("prefix") is { } map)
            return map.Entries.ToImmutableDictionary(e => e.Key.Text, e => ((YamlScalar)e.Value).Text, StringComparer.Ordinal);

        return registry.Text("prefix") is { } one
            ? ImmutableDictionary.Create<string, string>(StringComparer.Ordinal).Add(RegistrySettings.DefaultPrefix, one)
            : ImmutableDictionary<string, string>.Empty;
    }
}
