namespace GitOpsGen.Settings;

/// <summary>What <c>.config/gitopsgen.yaml</c> says, with every default filled in.</summary>
internal sealed record ProjectSettings
{
    /// <summary>The version of the format that this program reads.</summary>
    public const int FormatVersion = 1;

    public required SeverityPolicy Severities { get; init; }

    /// <summary>The lockfile, below the root.</summary>
    public required RelativePath Lockfile { get; init; }

    /// <summary>The user's own templates, below the root.</summary>
    public required RelativePath Templates { get; init; }

    /// <summary>Where the settings name that folder; <see langword="null"/>: they do not, and it may be missing.</summary>
    public SourceSpan? TemplatesNamed { get; init; }

    /// <summary>The folder that is written, below the root.</summary>
    public required RelativePath Output { get; init; }

    /// <summary>The only hosts that may be connected to, besides the endpoints of <see cref="Registries"/>; <see langword="null"/>: every host.</summary>
    public ImmutableHashSet<string>? OnlyHosts { get; init; }

    /// <summary>How registries are reached, in the order of the file; all others are at their own host.</summary>
    public required ImmutableArray<RegistryRoute> Registries { get; init; }

    /// <summary>Files and folders with CustomResourceDefinitions, below the root.</summary>
    public required ImmutableArray<Located<string>> Crds { get; init; }

    /// <summary>By name, in ordinal order.</summary>
    public required ImmutableArray<EnvironmentSettings> Environments { get; init; }

    /// <summary>The environments in the order in which a person wrote them: often from the first to try a version to the last.</summary>
    public IEnumerable<EnvironmentSettings> InOrderOfTheFile =>
        Environments.OrderBy(e => e.Name.Span.Start.Line).ThenBy(e => e.Name.Span.Start.Column);

    /// <summary>Whether the spec of a package says that it may run on a core which it does not accept.</summary>
    public bool IgnoresCore(EnvironmentName environment, ObjectName package) =>
        Environments.FirstOrDefault(e => e.Name.Value == environment)?.SpecOf(package)?["ignoreCrossplaneConstraints"] is YamlScalar { IsTrue: true };

    /// <summary>How long a registry keeps its versions, as far as it is known.</summary>
    public RegistryAvailability? AvailabilityOf(string host) =>
        Registries.FirstOrDefault(route => route.Host.Value == host)?.Availability ?? RegistryAvailability.Published(host);
}

/// <summary>How a registry is reached by the commands that read it; no reference in the output is changed by it.</summary>
/// <param name="Host">The host that references begin with.</param>
/// <param name="Endpoint">The proxy that is asked instead; <see langword="null"/>: the host itself.</param>
/// <param name="CaFile">A PEM file, below the root, with authorities that are trusted beside the machine's.</param>
internal sealed record RegistryRoute(Located<string> Host, Uri? Endpoint, Located<RelativePath>? CaFile)
{
    /// <summary>How long it keeps its versions, where the user says so.</summary>
    public RegistryAvailability? Availability { get; init; }
}
