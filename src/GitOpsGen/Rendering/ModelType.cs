using System.Collections.Immutable;

namespace GitOpsGen.Rendering;

/// <summary>A kind of object in the model that templates see: a name, a meaning, its fields. The reference page is made from it.</summary>
internal abstract class ModelType(string name, string meaning)
{
    public string Name { get; } = name;

    public string Meaning { get; } = meaning;

    /// <summary>In the order in which they were declared.</summary>
    public abstract ImmutableArray<ModelField> Fields { get; }
}
