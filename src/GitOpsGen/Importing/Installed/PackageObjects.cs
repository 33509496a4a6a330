using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;

namespace GitOpsGen.Importing.Installed;

/// <summary>The packages of an environment: its objects, and those that the chart's values install.</summary>
internal sealed class PackageObjects(EnvironmentSources sources, ImportRequest request, ImportedCore? core, MirrorReading mirrors, DiagnosticBag bag)
{
    /// <summary>The keys of the chart's values below which packages are listed.</summary>
    public static readonly string[] ChartKinds = ["provider", "configuration", "function"];

    public ImmutableArray<ImportedPackage> Read()
    {
        foreach (var item in sources.Objects.Where(item => PackageGroup.IsMeant(item.Content) && !PackageGroup.IsPackage(item)))
        {
            bag.Add(
                Rules.ImportIncomplete,
                (item.Spec.At("package") ?? item.Content["spec"])?.Span ?? item.NameSpan,
                $"{item} has no 'spec.package', and installs nothing.",
                "Write the reference, or remove the object."
            );
        }

        var all = sources.Objects.Where(PackageGroup.IsPackage).Select(Of).Concat(OfChart()).OfType<ImportedPackage>().ToList();
        var kept = WithoutDuplicates(all);
        var locks = new ClusterLock(sources, kept);
        return [.. kept.Select(locks.Complete)];
    }

    private ImportedPackage? Of(SourceObject item)
    {
        if (item.Version is "v1alpha1" or "v1beta1")
        {
            bag.Add(
                Rules.OldVersion,
                item.Content["apiVersion"]!.Span,
                $"{item} is {item.ApiVersion}; {PackageGroup.Name}/v1 is written.",
                "Write v1, which every core since v1.17 serves."
            );
        }

        var reference = (YamlScalar)item.Spec!["package"]!;
        return Of(reference, Enum.Parse<PackageKind>(item.Kind), item.Name) is { } package
            ? package with
            {
                Object = item,
                Metadata = OwnMetadata.Read(item, bag),
                SkipsDependencies = item.Spec["skipDependencyResolution"] is YamlScalar { IsTrue: true },
                Spec = PackageFields.Kept(item.Spec),
            }
            : null;
    }

    private ImportedPackage? Of(YamlScalar written, PackageKind kind, string? name)
    {
        var reference = PackageReference.Parse(written.Text);
        if (reference.Host is null && !MayLackRegistry(written))
            return null;

        var repository = reference.In(DefaultRegistry());
        // One ImageConfig for one reference may turn its tag into a digest.
        var rewritten = mirrors.Rewritten(reference.Of(repository));
        var isCopy = rewritten is null && reference.Host is { } host && !PublicHosts.Has(host);
        var upstream = isCopy ? mirrors.UpstreamOf(repository, written.Span) : repository;
        var version = request.Resolved.GetValueOrDefault((upstream, reference.VersionText));
        if (version is null)
            CheckVersion(written, reference);

        if (rewritten is not null && reference is { Tag: not null, Digest: not null })
        {
            bag.Add(
                Rules.TagAndDigest,
                written.Span,
                "An ImageConfig rewrites this reference, and it has a tag and a digest: Crossplane does not resolve dependencies on it (crossplane#7458).",
                "The tag stays in the reference; the digest is in the lockfile."
            );
        }

        var derived = Repository.TryParse(upstream, out var known) ? ObjectName.Derive(known)?.Value : null;
        return new()
        {
            Kind = kind,
            Package = upstream,
            Reference = new(written.Text, written.Span),
            Repository = repository,
            Pulled = rewritten?.In(DefaultRegistry()) ?? repository,
            IsRewritten = rewritten is not null,
            IsCopy = isCopy && upstream != repository,
            Version = version ?? reference.VersionText,
            Digest = reference.Tag is null ? null : reference.Digest ?? rewritten?.Digest,
            Name = name ?? derived ?? ObjectName.ToDnsLabel(reference.Path),
        };
    }

    private void CheckVersion(YamlScalar written, PackageReference reference)
    {
        if (Placeholders.First(written.Text, inParentheses: true) is { } placeholder)
        {
            bag.Add(SourceRules.Open(placeholder, written.Span));
        }
        else if (!reference.IsComplete)
        {
            bag.Add(
                Rules.ImportVersion,
                written.Span,
                reference.Tag is null && reference.Digest is null
                    ? "The reference has no tag, so that it is 'latest', which can move."
                    : $"'{Excerpt.Of(reference.VersionText)}' can move, or is not a complete version.",
                "Give the complete version, such as v2.3.4, or let --resolve find it."
            );
        }
    }

    private bool MayLackRegistry(YamlScalar written)
    {
        var isRefused = core?.Complete is { } version && !version.IsBefore(2, 0) && RegistryArgument() is null;
        bag.Add(
            new Diagnostic(
                Rules.NoRegistry,
                isRefused
                    ? $"'{Excerpt.Of(written.Text)}' names no registry, and Crossplane v2 refuses it."
                    : $"'{Excerpt.Of(written.Text)}' names no registry: the core adds {DefaultRegistry()}, and Crossplane v2 refuses it.",
                "Write the registry.",
                written.Span
            )
            {
                Severity = isRefused ? Severity.Error : Severity.Warning,
            }
        );
        return !isRefused;
    }

    // https://github.com/crossplane/crossplane/blob/v1.20.0/cmd/crossplane/core/core.go: --registry, and its default in each version.
    private string DefaultRegistry() =>
        RegistryArgument()
        ?? core?.Complete switch
        {
            { } version when version.IsBefore(1, 15) => "index.docker.io",
            { } version when !version.IsBefore(1, 20) => "xpkg.crossplane.io",
            _ => "xpkg.upbound.io",
        };

    private string? RegistryArgument() =>
        (core?.ExistingValues)
            .ItemsAt("args")
            .OfType<YamlScalar>()
            .Select(argument => argument.Text)
            .FirstOrDefault(text => text.StartsWith("--registry=", StringComparison.Ordinal))
            ?["--registry=".Length..];

    private IEnumerable<ImportedPackage?> OfChart()
    {
        foreach (var kind in ChartKinds)
        {
            foreach (var item in (core?.ExistingValues).ItemsAt(kind, "packages").OfType<YamlScalar>())
            {
                bag.Add(
                    Rules.ChartPackages,
                    item.Span,
                    $"{Excerpt.Of(item.Text)} is installed by the chart's {kind}.packages.",
                    "It becomes an entry of the lockfile, and the list is emptied."
                );
                yield return Of(item, Enum.Parse<PackageKind>(kind, ignoreCase: true), null);
            }
        }
    }

    private List<ImportedPackage> WithoutDuplicates(List<ImportedPackage> all)
    {
        var kept = new List<ImportedPackage>();
        foreach (var group in all.GroupBy(package => (package.Kind, package.Name)))
        {
            ReportTwice(group.First(), [.. group], group.Select(package => package.Reference.Value).Distinct().Count() == 1);
            kept.Add(group.First());
        }

        foreach (var group in kept.GroupBy(package => package.Package).Where(group => group.Count() > 1).ToList())
        {
            var taken = group.FirstOrDefault(package => package.Name == package.DerivedName) ?? group.First();
            ReportTwice(taken, [.. group], isEqual: false);
            kept.RemoveAll(package => package.Package == group.Key && package != taken);
        }

        return kept;
    }

    private void ReportTwice(ImportedPackage taken, ImmutableArray<ImportedPackage> all, bool isEqual)
    {
        if (all.Length > 1)
        {
            var names = string.Join(" and ", all.Select(package => package.Name).Distinct());
            bag.Add(
                new Diagnostic(
                    Rules.InstalledTwice,
                    isEqual
                        ? $"{taken.Kind} {names} is there {all.Length} times, always with the same reference."
                        : $"{taken.Kind} {names} install the same package or have the same name: Crossplane stops resolving any package.",
                    $"Keep one; {taken.Name} with {taken.Version} is taken.",
                    taken.Reference.Span
                )
                {
                    Severity = isEqual ? Severity.Warning : Severity.Error,
                }
            );
        }
    }
}
