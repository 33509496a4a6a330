using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>Where references of an environment lead: by its ImageConfigs, and back from a mirror to where packages were published.</summary>
internal sealed class MirrorReading
{
    private static readonly (string Organisation, string Upstream)[] Organisations =
    [
        ("upbound", "xpkg.upbound.io/upbound"),
        ("crossplane-contrib", "xpkg.crossplane.io/crossplane-contrib"),
        ("crossplane", "xpkg.crossplane.io/crossplane"),
    ];

    private static readonly string[] PackageNames = ["provider-", "function-", "configuration-"];

    private readonly ImmutableArray<(string Mirror, string Upstream)> given;
    private readonly ImmutableArray<(string Prefix, string Rewritten)> rewrites;
    private readonly ImmutableArray<(string Prefix, string Secret)> secrets;
    private readonly HashSet<string> guessed = new(StringComparer.Ordinal);
    private readonly DiagnosticBag bag;

    public MirrorReading(EnvironmentSources sources, ImmutableArray<(string Mirror, string Upstream)> given, DiagnosticBag bag)
    {
        this.given = given;
        this.bag = bag;
        var configs = sources.Objects.Where(item => item is { Group: PackageGroup.Name, Kind: "ImageConfig" }).ToList();
        rewrites =
        [
            .. configs.SelectMany(config =>
                config.Spec.TextAt("rewriteImage", "prefix") is { } rewritten ? Prefixes(config).Select(prefix => (prefix.Text, rewritten)) : []
            ),
        ];
        secrets =
        [
            .. configs.SelectMany(config =>
                config.Spec.TextAt("registry", "authentication", "pullSecretRef", "name") is { } secret
                    ? Prefixes(config).Select(prefix => (prefix.Text, secret))
                    : []
            ),
        ];
        foreach (var config in configs)
            Check(config);
    }

    /// <summary>The Secret with which a repository is pulled, after the rewriting; <see langword="null"/> for none. The longest prefix counts.</summary>
    public string? SecretOf(string pulled) =>
        secrets
            .Where(secret => $"{pulled}:".StartsWith(secret.Prefix, StringComparison.Ordinal))
            .OrderByDescending(secret => secret.Prefix.Length)
            .Select(secret => secret.Secret)
            .FirstOrDefault();

    /// <summary>What is pulled instead of a reference; <see langword="null"/> where no ImageConfig rewrites it. The longest prefix counts.</summary>
    public PackageReference? Rewritten(string reference) =>
        rewrites
            .Where(rewrite => reference.StartsWith(rewrite.Prefix, StringComparison.Ordinal))
            .OrderByDescending(rewrite => rewrite.Prefix.Length)
            .Select(rewrite => PackageReference.Parse(rewrite.Rewritten + reference[rewrite.Prefix.Length..]))
            .FirstOrDefault();

    /// <summary>Where what is in a mirror was published.</summary>
    public string UpstreamOf(string repository, SourceSpan at)
    {
        if (Longest(given.Select(pair => (pair.Mirror.TrimEnd('/') + '/', pair.Upstream.TrimEnd('/') + '/')), repository) is { } told)
            return told;

        if (Longest(given.Where(pair => pair.Mirror == repository), repository) is { } whole)
            return whole;

        if (Longest(rewrites.Select(rewrite => (rewrite.Rewritten, rewrite.Prefix)), repository) is { } back)
            return back;

        var segments = repository.Split('/');
        foreach (var (organisation, upstream) in Organisations)
        {
            if (segments.Length > 2 && segments[^2] == organisation)
            {
                var folder = string.Join('/', segments[..^1]);
                if (guessed.Add(folder))
                {
                    bag.Add(
                        Rules.ImportUpstreamGuess,
                        at,
                        $"{folder} is taken for a copy of {upstream}.",
                        $"If it is not, say --upstream {folder}=HOST/ORGANISATION"
                    );
                }

                return $"{upstream}/{segments[^1]}";
            }
        }

        var joined = Organisations.FirstOrDefault(known => JoinedName(segments[^1], known.Organisation) is not null);
        bag.Add(
            Rules.ImportUpstream,
            at,
            joined.Upstream is null
                ? $"Nothing says where {repository} was published: it is taken as it is."
                : $"{repository} looks like a copy of {joined.Upstream}/{JoinedName(segments[^1], joined.Organisation)}, but no prefix leads there: it is taken as it is.",
            joined.Upstream is null
                ? $"If it is a copy, say --upstream {string.Join('/', segments[..^1])}=HOST/ORGANISATION"
                : "If it is one, copy it to a path that ends like the upstream one, and pull it from there."
        );
        return repository;
    }

    // Where a registry has no folders, people join organisation and name.
    private static string? JoinedName(string segment, string organisation) =>
        PackageNames.FirstOrDefault(name => segment.StartsWith($"{organisation}-{name}", StringComparison.Ordinal)) is null
            ? null
            : segment[(organisation.Length + 1)..];

    private static string? Longest(IEnumerable<(string From, string To)> pairs, string repository) =>
        pairs
            .Where(pair => repository.StartsWith(pair.From, StringComparison.Ordinal))
            .OrderByDescending(pair => pair.From.Length)
            .Select(pair => pair.To + repository[pair.From.Length..])
            .FirstOrDefault();

    private static IEnumerable<YamlScalar> Prefixes(SourceObject config) =>
        config.Spec.ItemsAt("matchImages").Select(match => match.At("prefix")).OfType<YamlScalar>();

    private void Check(SourceObject config)
    {
        var isKnown = config.Spec.At("rewriteImage") is not null || config.Spec.At("registry") is not null;
        if (!isKnown || config.Spec.At("verification") is not null || config.Spec.At("runtime") is not null)
        {
            bag.Add(
                Rules.ImportStays,
                config.Span,
                isKnown ? $"What {config} says beside the rewrite is not carried over." : $"{config} is not carried over: it stays where it is.",
                "Keep it in its folder, and keep applying it."
            );
        }

        foreach (var prefix in Prefixes(config).Where(prefix => config.Spec.At("rewriteImage") is not null && !HasBoundary(prefix.Text)))
        {
            bag.Add(
                Rules.PrefixBoundary,
                prefix.Span,
                $"The prefix '{Excerpt.Of(prefix.Text)}' also matches '{Excerpt.Of(prefix.Text)}…', because it ends inside of a name.",
                "End it with '/'."
            );
        }
    }

    // A whole reference ends by itself.
    private static bool HasBoundary(string prefix) =>
        prefix is [.., '/' or ':' or '@'] || prefix.LastIndexOfAny([':', '@']) > prefix.LastIndexOf('/');
}
