using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Comparing;

/// <summary>
/// Where Crossplane pulls a package from, and with which Secret: of the ImageConfigs that match a reference, the longest prefix wins, first for the
/// rewriting, then, on what comes out, for the Secret (crossplane-runtime pkg/xpkg).
/// </summary>
internal sealed class Pulls
{
    private readonly ImmutableArray<(string Prefix, string Text)> rewrites;
    private readonly ImmutableArray<(string Prefix, string Text)> secrets;

    public Pulls(IEnumerable<SourceObject> imageConfigs)
    {
        var all = imageConfigs.ToList();
        rewrites = Read(all, config => config.Spec.TextAt("rewriteImage", "prefix"));
        secrets = Read(all, config => config.Spec.TextAt("registry", "authentication", "pullSecretRef", "name"));
    }

    /// <summary>The reference that is pulled, and the Secret; <see langword="null"/> for none.</summary>
    public (string Reference, string? Secret) Of(string reference)
    {
        var (prefix, rewrite) = Longest(rewrites, reference);
        var pulled = Known(rewrite is null ? reference : rewrite + reference[prefix.Length..]);
        return (pulled, Longest(secrets, pulled).Text);
    }

    /// <summary>Whether an ImageConfig decides about pulls.</summary>
    public static bool Decides(SourceObject config) =>
        config.Spec.At("rewriteImage") is not null || config.Spec.At("registry", "authentication") is not null;

    /// <summary>A reference under the one of its registry's names that is compared.</summary>
    public static string Known(string reference) =>
        reference.StartsWith("index.docker.io/", StringComparison.Ordinal) ? reference["index.".Length..] : reference;

    private static (string Prefix, string? Text) Longest(ImmutableArray<(string Prefix, string Text)> all, string reference) =>
        all.Where(match => reference.StartsWith(match.Prefix, StringComparison.Ordinal))
            .OrderByDescending(match => match.Prefix.Length)
            .FirstOrDefault();

    private static ImmutableArray<(string, string)> Read(List<SourceObject> configs, Func<SourceObject, string?> of) =>
        [
            .. from config in configs
            let text = of(config)
            where text is not null
            from match in config.Spec.ItemsAt("matchImages")
            let prefix = match.TextAt("prefix")
            where prefix is not null
            select (prefix, text),
        ];
}
