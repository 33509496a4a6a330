namespace GitOpsGen.Rendering.Variables;

/// <summary>A kind of object in the model that templates see: a name, a meaning, its fields. The reference page is made from it.</summary>
internal abstract class ModelType(string name, string meaning)
{
    public string Name { get; } = name;

    public string Meaning { get; } = meaning;

    /// <summary>In the order of their declaration.</summary>
    public abstract ImmutableArray<ModelField> Fields { get; }
}

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

    public override ImmutableArray<ModelField> Fields => ImmutableArray<ModelField>.CastUp(declared.Value.Fields);

    /// <summary>The record as templates see it. Nothing is copied: fields are read when a template asks.</summary>
    public ModelObject<T> Of(T value) => new(this, value);

    /// <summary>The field of this name.</summary>
    internal ModelField<T>? Find(string member) => declared.Value.ByName.GetValueOrDefault(member);

    private sealed record Declared(ImmutableArray<ModelField<T>> Fields, Dictionary<string, ModelField<T>> ByName)
    {
        public static Declared By(Action<ModelFields<T>> declare)
        {
            var fields = new ModelFields<T>();
            declare(fields);
            return new Declared([.. fields], fields.ToDictionary(f => f.Name, StringComparer.Ordinal));
        }
    }
}

/// <summary>What templates may read from a model object: one line of the reference for template authors.</summary>
/// <param name="Name">The name in templates, in snake_case.</param>
/// <param name="Type">The type in words: <c>text</c>, <c>flag</c>, <c>number</c>, <c>yaml</c>, a model type's name, or <c>list of …</c>.</param>
/// <param name="Meaning">One line.</param>
/// <param name="IsOptional">Whether it may be null.</param>
internal record ModelField(string Name, string Type, string Meaning, bool IsOptional);

/// <summary>A field and how to read it from a record. The getter returns what templates understand, see <see cref="ModelFields{T}"/>.</summary>
internal sealed record ModelField<T>(string Name, string Type, string Meaning, bool IsOptional, Func<T, object?> Get)
    : ModelField(Name, Type, Meaning, IsOptional)
{
    /// <summary>Where the value comes from; <see langword="null"/> where the user does not decide it.</summary>
    public Func<T, ImmutableArray<Origin>>? From { get; init; }

    /// <summary>Where the item at an index comes from, for a list.</summary>
    public Func<T, int, ImmutableArray<Origin>>? ItemFrom { get; init; }

    /// <summary>What else a node of free-form data comes from, besides its own place: by its keys, with dots between them.</summary>
    public Func<T, string, ImmutableArray<Origin>>? NodeFrom { get; init; }
}
