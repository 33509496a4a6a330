using System.Collections;
using System.Text.Json;

namespace GitOpsGen.Rendering.Variables;

/// <summary>Collects the fields of a <see cref="ModelType{T}"/>, one method for each kind of value that templates know.</summary>
internal sealed class ModelFields<T> : IEnumerable<ModelField<T>>
{
    private readonly List<ModelField<T>> fields = [];

    public void Text(string name, string meaning, Func<T, string> get, Func<T, ImmutableArray<Origin>>? from = null) =>
        Add(name, "text", meaning, get, from: from);

    public void OptionalText(string name, string meaning, Func<T, string?> get, Func<T, ImmutableArray<Origin>>? from = null) =>
        Add(name, "text", meaning, get, isOptional: true, from);

    /// <summary>A value with a grammar, in its own text form.</summary>
    public void Text<TValue>(string name, string meaning, Func<T, TValue> get, Func<T, ImmutableArray<Origin>>? from = null)
        where TValue : notnull => Add(name, "text", meaning, record => get(record).ToString(), from: from);

    /// <summary>A value that the user wrote; it comes from its place in the file.</summary>
    public void Text<TValue>(string name, string meaning, Func<T, Located<TValue>> get)
        where TValue : notnull => Add(name, "text", meaning, record => get(record).ToString(), from: record => [Origin.At(get(record).Span)]);

    /// <inheritdoc cref="Text{TValue}(string, string, Func{T, Located{TValue}})"/>
    public void OptionalText<TValue>(string name, string meaning, Func<T, Located<TValue>?> get)
        where TValue : notnull =>
        Add(
            name,
            "text",
            meaning,
            record => get(record)?.ToString(),
            isOptional: true,
            record => get(record) is { } written ? [Origin.At(written.Span)] : []
        );

    /// <summary>An enumeration, as its member's name in lower camel case.</summary>
    public void Choice<TEnum>(string name, string meaning, Func<T, TEnum> get, Func<T, ImmutableArray<Origin>>? from = null)
        where TEnum : struct, Enum => Add(name, "text", meaning, record => Choices<TEnum>.NameOf(get(record)), from: from);

    public void Flag(string name, string meaning, Func<T, bool> get, Func<T, ImmutableArray<Origin>>? from = null) =>
        Add(name, "flag", meaning, record => Boxed.Of(get(record)), from: from);

    public void Number(string name, string meaning, Func<T, int> get, Func<T, ImmutableArray<Origin>>? from = null) =>
        Add(name, "number", meaning, record => get(record), from: from);

    /// <summary>Free-form data of the user, for <c>yaml</c> and <c>json</c>; templates can also look into it. Each node comes from its place.</summary>
    /// <param name="name">The field.</param>
    /// <param name="meaning">One line.</param>
    /// <param name="get">The data.</param>
    /// <param name="nodeFrom">What else a node comes from, by its keys with dots between them.</param>
    public void Yaml(string name, string meaning, Func<T, YamlNode?> get, Func<T, string, ImmutableArray<Origin>>? nodeFrom = null) =>
        fields.Add(
            new(name, "yaml", meaning, IsOptional: true, record => TemplateValue.FromYaml(get(record)))
            {
                From = record => get(record) is { } node ? [Origin.At(node.Span)] : [],
                NodeFrom = nodeFrom,
            }
        );

    public void Object<TOther>(string name, string meaning, ModelType<TOther> type, Func<T, TOther> get, Func<T, ImmutableArray<Origin>>? from = null)
        where TOther : class => Add(name, type.Name, meaning, record => type.Of(get(record)), from: from);

    public void OptionalObject<TOther>(
        string name,
        string meaning,
        ModelType<TOther> type,
        Func<T, TOther?> get,
        Func<T, ImmutableArray<Origin>>? from = null
    )
        where TOther : class => Add(name, type.Name, meaning, record => get(record) is { } other ? type.Of(other) : null, isOptional: true, from);

    public void List<TOther>(
        string name,
        string meaning,
        ModelType<TOther> type,
        Func<T, ImmutableArray<TOther>> get,
        Func<T, int, ImmutableArray<Origin>>? itemFrom = null
    )
        where TOther : class => AddList(name, type.Name, meaning, record => new ModelList<TOther>(get(record), type.Of), itemFrom);

    public void Texts(string name, string meaning, Func<T, ImmutableArray<string>> get, Func<T, int, ImmutableArray<Origin>>? itemFrom = null) =>
        AddList(name, "text", meaning, record => new ModelList<string>(get(record), text => text), itemFrom);

    public void Texts<TValue>(string name, string meaning, Func<T, ImmutableArray<TValue>> get, Func<T, int, ImmutableArray<Origin>>? itemFrom = null)
        where TValue : notnull => AddList(name, "text", meaning, record => new ModelList<TValue>(get(record), value => value.ToString()), itemFrom);

    public IEnumerator<ModelField<T>> GetEnumerator() => fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Add(
        string name,
        string type,
        string meaning,
        Func<T, object?> get,
        bool isOptional = false,
        Func<T, ImmutableArray<Origin>>? from = null
    ) => fields.Add(new(name, type, meaning, isOptional, get) { From = from });

    private void AddList(string name, string itemType, string meaning, Func<T, ModelList> get, Func<T, int, ImmutableArray<Origin>>? itemFrom) =>
        fields.Add(new(name, $"list of {itemType}", meaning, IsOptional: false, get) { ItemFrom = itemFrom });

    private static class Boxed
    {
        private static readonly object True = true;
        private static readonly object False = false;

        public static object Of(bool value) => value ? True : False;
    }

    // Once for each enumeration: names are looked up for every object that is rendered.
    private static class Choices<TEnum>
        where TEnum : struct, Enum
    {
        private static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>()
            .Distinct()
            .ToDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

        public static string NameOf(TEnum value) => Names[value];
    }
}
