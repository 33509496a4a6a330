using GitOpsGen.Packages;

namespace GitOpsGen.Registry.Packages;

/// <summary>
/// Reads the package object (crossplane apis/pkg/meta), as YAML that Kubernetes would read. All versions of a kind are read alike, as
/// Crossplane converts them to v1 when it reads them. Fields that GitOpsGen does not use may be anything.
/// </summary>
internal sealed class MetaReader
{
    private const string File = "package.yaml";
    private const string PackageGroup = "pkg.crossplane.io/";

    // Each is at least one question to a registry; real packages have a few dozen.
    private const int MostDependencies = 1000;

    private static readonly (string Version, PackageKind[] Kinds)[] Versions =
    [
        ("v1", [PackageKind.Provider, PackageKind.Function, PackageKind.Configuration]),
        ("v1beta1", [PackageKind.Function]),
        ("v1alpha1", [PackageKind.Provider, PackageKind.Configuration]),
    ];

    // The deprecated forms, in the order in which Crossplane looks for them (internal/controller/pkg/revision/dependency.go).
    private static readonly (string Key, PackageKind Kind)[] ShortForms =
    [
        ("configuration", PackageKind.Configuration),
        ("provider", PackageKind.Provider),
        ("function", PackageKind.Function),
    ];

    private readonly string image;
    private readonly int firstLine;
    private readonly DiagnosticBag bag;

    private MetaReader(string image, int firstLine, DiagnosticBag bag)
    {
        this.image = image;
        this.firstLine = firstLine;
        this.bag = bag;
    }

    /// <summary>The one package object among the documents.</summary>
    /// <param name="image">The image, for messages.</param>
    /// <param name="documents">Those of its <c>package.yaml</c> that may be package objects.</param>
    public static Result<PackageMeta> Read(string image, IReadOnlyList<MetaDocument> documents)
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var objects = documents.SelectMany(document => new MetaReader(image, document.FirstLine, bag).Objects(document)).ToList();
        if (bag.Count > 0)
            return new(null, bag.ToImmutable());

        if (objects is not [var (reader, only)])
        {
            var count = objects.Count == 0 ? "no object" : "more than one object";
            bag.Add(
                Rules.NotAPackage,
                null,
                $"The package.yaml of {image} has {count} of {DocumentSplitter.MetaGroup.TrimEnd('/')}, but a package has exactly one.",
                "Ask its publisher for a package built with 'crossplane xpkg build'."
            );
            return new(null, bag.ToImmutable());
        }

        var meta = reader.ReadObject(only);
        return new(bag.HasFixedErrors ? null : meta, bag.ToImmutable());
    }

    private IEnumerable<(MetaReader Reader, YamlMapping Object)> Objects(MetaDocument document)
    {
        var (stream, found) = YamlReader.ReadPublished(File, Visible(document.Bytes.Span));
        if (found is [var first, ..])
        {
            var (line, problem) = (first.Span?.Start.Line ?? 1, first.Message.TrimEnd('.'));
            if (first.Rule == Rules.YamlFeature)
            {
                // Crossplane reads it.
                Unreadable(line, problem, $"Ask its publisher for a release that is written otherwise. {first.Fix}");
            }
            else
            {
                Unreadable(line, problem);
            }
        }

        return (stream?.Documents ?? []).OfType<YamlMapping>().Where(IsMeta).Select(mapping => (this, mapping));
    }

    /// <summary>
    /// Descriptions may contain what our own files may not: invisible characters. They are replaced, not removed, so that no name is joined
    /// from pieces.
    /// </summary>
    private static byte[] Visible(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.StartsWith("\ufeff"u8) ? bytes[3..] : bytes);
        return Encoding.UTF8.GetBytes(
            string.Concat(
                text.Select(c =>
                    c is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff' ? '\ufffd' : c
                )
            )
        );
    }

    private static bool IsMeta(YamlMapping mapping) =>
        YamlScalar.TextOf(mapping["apiVersion"])?.StartsWith(DocumentSplitter.MetaGroup, StringComparison.Ordinal) == true;

    private PackageMeta? ReadObject(YamlMapping meta)
    {
        var version = YamlScalar.TextOf(meta["apiVersion"])![DocumentSplitter.MetaGroup.Length..];
        if (Array.Find(Versions, known => known.Version == version).Kinds is not { } kinds)
            return Unreadable<PackageMeta>(meta["apiVersion"]!, $"the version {Excerpt.Of(version)} of package objects is not known");

        if (KindOf(meta["kind"]) is not { } kind)
            return Unreadable<PackageMeta>(meta["kind"] ?? meta, "the kind is not Provider, Function or Configuration");

        if (!kinds.Contains(kind))
            return Unreadable<PackageMeta>(meta["kind"]!, $"there is no {kind} in {DocumentSplitter.MetaGroup}{version}");

        var metadata = Mapping(meta, "metadata");
        var spec = Mapping(meta, "spec");
        if (List(spec, "dependsOn") is { Length: > MostDependencies } many)
            return Unreadable<PackageMeta>(many[MostDependencies], $"it has more than {MostDependencies} dependencies");

        if (metadata is not null)
            CheckMetadata(metadata);

        var read = new PackageMeta
        {
            Kind = kind,
            // Crossplane reads the constraint wherever there is the mapping, and refuses an empty one.
            RequiresCrossplane =
                spec is not null && Mapping(spec, "crossplane") is { } core ? DependencyConstraint.ParseOnCore(String(core, "version") ?? "") : null,
            DependsOn = [.. List(spec, "dependsOn").Select(ReadDependency).OfType<PublishedDependency>()],
        };
        foreach (var item in List(spec, "capabilities").Where(item => YamlScalar.TextOf(item) is null))
            Unreadable(Line(item), "a capability is not a string");

        return read;
    }

    // Nothing here uses these, but Crossplane refuses a package in which they have another type.
    private void CheckMetadata(YamlMapping metadata)
    {
        CheckTexts(metadata, "labels");
        CheckTexts(metadata, "annotations");
        String(metadata, "name");
    }

    private PublishedDependency? ReadDependency(YamlNode item)
    {
        if (item is not YamlMapping mapping)
            return Unreadable<PublishedDependency>(item, "an item of dependsOn is not a mapping");

        if (Target(mapping) is not ({ } kind, { } name))
            return null;

        // Without a version, it is a constraint that Crossplane cannot read.
        var constraint = DependencyConstraint.Parse(String(mapping, "version") ?? "");
        if (Repository.TryParse(name, out var repository))
            return new(repository, kind, constraint);

        bag.Add(
            Rules.DependencyWithoutRegistry,
            null,
            $"{image} depends on '{Excerpt.Of(name)}', which is not a repository with its registry and without a tag.",
            "Crossplane v2 cannot resolve it: use a release of the package that names the registry."
        );
        return null;
    }

    /// <summary>An explicit kind and package come before the deprecated forms.</summary>
    private (PackageKind? Kind, string? Name) Target(YamlMapping item)
    {
        if (String(item, "apiVersion") is { } apiVersion && item["kind"] is { } kind && String(item, "package") is { } package)
        {
            if (apiVersion.StartsWith(PackageGroup, StringComparison.Ordinal) && KindOf(kind) is { } known)
                return (known, package);

            Unreadable(Line(kind), "a dependency is not a Provider, Function or Configuration of pkg.crossplane.io");
            return default;
        }

        foreach (var (key, shortKind) in ShortForms)
        {
            if (String(item, key) is { } name)
                return (shortKind, name);
        }

        Unreadable(Line(item), "a dependency has neither apiVersion, kind and package, nor one of provider, configuration and function");
        return default;
    }

    private static PackageKind? KindOf(YamlNode? node) =>
        YamlScalar.TextOf(node) switch
        {
            nameof(PackageKind.Provider) => PackageKind.Provider,
            nameof(PackageKind.Function) => PackageKind.Function,
            nameof(PackageKind.Configuration) => PackageKind.Configuration,
            _ => null,
        };

    private static bool IsNull(YamlNode? node) => node is null or YamlScalar { Kind: ScalarKind.Null };

    private string? String(YamlMapping mapping, string key) =>
        IsNull(mapping[key]) ? null : YamlScalar.TextOf(mapping[key]) ?? Unreadable<string>(mapping[key]!, $"'{key}' is not a string");

    private YamlMapping? Mapping(YamlMapping mapping, string key) =>
        IsNull(mapping[key]) ? null : mapping[key] as YamlMapping ?? Unreadable<YamlMapping>(mapping[key]!, $"'{key}' is not a mapping");

    private void CheckTexts(YamlMapping metadata, string key)
    {
        foreach (var (name, value) in Mapping(metadata, key)?.Entries ?? [])
        {
            if (!IsNull(value) && YamlScalar.TextOf(value) is null)
                Unreadable(Line(value), $"the value of '{Excerpt.Of(name.Text)}' is not a string");
        }
    }

    private ImmutableArray<YamlNode> List(YamlMapping? mapping, string key)
    {
        if (mapping is null || IsNull(mapping[key]))
            return [];

        return mapping[key] is YamlSequence list
            ? list.Items
            : [.. new[] { Unreadable<YamlNode>(mapping[key]!, $"'{key}' is not a list") }.OfType<YamlNode>()];
    }

    private T? Unreadable<T>(YamlNode at, string problem)
        where T : class
    {
        Unreadable(Line(at), problem);
        return null;
    }

    private void Unreadable(
        int line,
        string problem,
        string fix = "Ask its publisher for a corrected release; Crossplane would not install this one either."
    ) => bag.Add(Rules.PackageUnreadable, null, $"The package.yaml of {image} cannot be read in line {firstLine + line - 1}: {problem}.", fix);

    private static int Line(YamlNode node) => node.Span.Start.Line;
}
