using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;

namespace GitOpsGen.Importing.Environments;

/// <summary>What belongs to an environment.</summary>
/// <param name="Name">Its name, a DNS label.</param>
/// <param name="EntryPoints">The files and folders that it begins with, as they are printed.</param>
/// <param name="IsGiven">Whether the command line says so.</param>
internal sealed record EnvironmentSources(string Name, ImmutableArray<string> EntryPoints, bool IsGiven)
{
    /// <summary>The name as it was found; another one where that is not a DNS label.</summary>
    public string Original { get; init; } = Name;

    /// <summary>Its objects, in the order of the files.</summary>
    public ImmutableArray<SourceObject> Objects { get; init; } = [];

    /// <summary>Those of a kind in a namespace. One that names no namespace gets it from something that is not known here.</summary>
    public IEnumerable<SourceObject> ObjectsIn(string space, string group, string kind) =>
        Objects.Where(item => item.Group == group && item.Kind == kind && (item.Namespace ?? space) == space);

    /// <summary>The files that have nothing that an import reads.</summary>
    public ImmutableArray<SourceFileContent> Aside { get; init; } = [];

    /// <summary>What is not an object: values, charts, policies and the answers of aws, each with its path.</summary>
    public ImmutableArray<SourceDocument> Others { get; init; } = [];
}
