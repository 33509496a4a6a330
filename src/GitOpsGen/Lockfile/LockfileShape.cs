using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Lockfile;

/// <summary>The shape of <c>packages.lock.yaml</c> for the reader and the JSON Schema.</summary>
internal static class LockfileShape
{
    private static readonly StringShape Package = new(Repository.Grammar);
    private static readonly StringShape Version = new(PackageVersion.Grammar)
    {
        FormRule = Rules.IncompleteVersion,
        TypeRule = Rules.IncompleteVersion,
    };
    private static readonly StringShape Constraint = new() { AllowsEmpty = true };

    private static readonly ObjectShape Chart = new([
        new("repository", new StringShape(ChartRepository.Grammar), "The chart repository, without the chart's name.") { IsRequired = true },
        new(
            "version",
            new StringShape(ChartVersion.Grammar) { FormRule = Rules.IncompleteVersion, TypeRule = Rules.IncompleteVersion },
            "The chart's exact version."
        )
        {
            IsRequired = true,
        },
    ]);

    private static readonly ObjectShape DependencyEntry = new([
        new("package", Package, "The upstream repository of the dependency.") { IsRequired = true },
        new("kind", new ChoiceShape(["Provider", "Function", "Configuration"]), "The dependency's kind.") { IsRequired = true },
        new("constraint", Constraint, "What the package publishes: a semantic version constraint, or a digest.") { IsRequired = true },
    ]);

    private static readonly ObjectShape Attached = new([
        new("kind", new ChoiceShape([.. AttachmentKinds.Words]), "What it is.") { IsRequired = true },
        new("tag", new StringShape(SiblingTag.Grammar), "Its tag in the image's repository, made of the image's digest as cosign does it."),
        new(
            "digest",
            new StringShape(Digest.Grammar),
            "Its digest, where it is a referrer of the image: its manifest names the image as its subject."
        ),
    ])
    {
        ExactlyOneOf = ["tag", "digest"],
    };

    private static readonly ObjectShape Entry = new([
        new("package", Package, "The upstream repository: host and path, no tag.") { IsRequired = true },
        new(
            "kind",
            new ChoiceShape(["Crossplane", "Provider", "Function", "Configuration"]),
            "Crossplane for the core image, else the kind of the package."
        )
        {
            IsRequired = true,
        },
        new("version", Version, "The tag, a complete semantic version with or without v.") { IsRequired = true },
        new("locked", new StringShape(LockedTag.Grammar), "The tag that was read and the digest of the index behind it; filled by `gitopsgen lock`."),
        new("digest", new StringShape(Digest.Grammar), "The key of before `locked`; `gitopsgen lock` reads the entry again and replaces it."),
        new("published", new StringShape(PublicationDate.Grammar), "The image's own date, where it has a real one; filled by `gitopsgen lock`."),
        new(
            "attached",
            new ListShape(Attached, 1),
            "What lies beside the image, such as its signature; filled by `gitopsgen lock`, no key where there is nothing or nobody looked."
        ),
        new("chart", Chart, "The core's Helm chart; only on an entry of kind Crossplane."),
        new("indirect", new BooleanShape(), "Whether the package is here only because another one depends on it."),
        new("requiresCrossplane", Constraint, "The package's own constraint on the core; filled by `gitopsgen lock`."),
        new(
            "dependsOn",
            new ListShape(DependencyEntry),
            "The package's dependencies; an empty list says that it has none, no list that they are not known yet."
        ),
        new(
            "environments",
            new ListShape(new StringShape(NamePattern.Grammar), 1),
            "Environments, by name or glob; without it the entry applies wherever no other entry of the package does."
        ),
        new("name", new StringShape(ObjectName.Grammar), "The Kubernetes object's name; by default the one Crossplane itself would derive."),
    ]);

    /// <summary>Where <c>init</c> and <c>import</c> write the JSON Schema, below a root.</summary>
    public const string SchemaPath = ".config/packages.lock.schema.json";

    /// <summary>The JSON Schema of the file, for editors.</summary>
    public static string JsonSchema => JsonSchemaWriter.Write("packages.lock.yaml, version 1", Document);

    public static ObjectShape Document { get; } =
        new([
            new("lockfileVersion", new IntegerShape(PackageLock.FormatVersion, PackageLock.FormatVersion), "The version of this format.")
            {
                IsRequired = true,
            },
            new("packages", new ListShape(Entry), "The locked packages.") { IsRequired = true },
        ]);
}
