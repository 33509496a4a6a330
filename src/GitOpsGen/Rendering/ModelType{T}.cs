using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GitOpsGen.Rendering;

/// <summary>
/// How records of one type appear in templates: declared by hand instead of found by reflection, so that renaming a property in C#
/// breaks no user's template, nothing is exposed by accident, and trimming stays safe.
/// </summary>
/// <param name="name">The type's name in the reference, in snake_case.</param>
/// <param name="meaning">One line.</param>
/// <param name="declare">Declares the fields. It runs once, when the type is first used: types may refer to each other.</param>
internal sealed class ModelType<T>(string name, string meaning, Action<ModelFields<T>> declare) : ModelType(name, meaning)
    where T : class
{
    private readonly Lazy<Declared> declared = new(() => Declared.By(declare));

    /// <inheritdoc/>
    public override ImmutableArray<ModelField> Fields => ImmutableArray<ModelField>.CastUp(declared.Value.Fields);

    /// <summary>The record as templates see it. Nothing is copied: fields are read when a template asks.</summary>
    public ModelObject<T> Of(T value) => new(this, value);

    /// <summary>The field of this name.</summary>
    internal ModelField<T>? Find(string member) => declared.Value.ByName.GetValueOrDefault(member);

    private sealed record Declared(ImmutableArray<ModelField<T>> Fields, FrozenDictionary<string, ModelField<T>> ByName)
    {
        public static Declared By(Action<ModelFields<T>> declare)
        {
            var fields = new ModelFields<T>();
            declare(fields);
            return new Declared([.. fields], fields.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal));
        }
    }
}
