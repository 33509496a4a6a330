using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering;

/// <summary>Collects the fields of a <see cref="ModelType{T}"/>, one method for each kind of value that templates know.</summary>
internal sealed class ModelFields<T> : IEnumerable<ModelField<T>>
{
    private readonly List<ModelField<T>> fields = [];

    public void Text(string name, string meaning, Func<T, string> get) => Add(name, "text", meaning, get);

    public void OptionalText(string name, string meaning, Func<T, string?> get) => Add(name, "text", meaning, get, isOptional: true);

    /// <summary>A value with a grammar, as it prints itself.</summary>
    public void Text<TValue>(string name, string meaning, Func<T, TValue> get)
        where TValue : notnull => Add(name, "text", meaning, record => get(record).ToString());

    /// <summary>An enumeration, as its member's name in lower camel case.</summary>
    public void Choice<TEnum>(string name, string meaning, Func<T, TEnum> get)
        where TEnum : struct, Enum => Add(name, "text", meaning, record => Choices<TEnum>.NameOf(get(record)));

    public void Flag(string name, string meaning, Func<T, bool> get) => Add(name, "flag", meaning, record => Boxed.Of(get(record)));

    public void Number(string name, string meaning, Func<T, int> get) => Add(name, "number", meaning, record => get(record));

    /// <summary>Free-form data of the user, for <c>yaml</c> and <c>json</c>; templates can also look into it.</summary>
    public void Yaml(string name, string meaning, Func<T, YamlNode?> get) =>
        Add(name, "yaml", meaning, record => TemplateValue.FromYaml(get(record)), isOptional: true);

    public void Object<TOther>(string name, string meaning, ModelType<TOther> type, Func<T, TOther> get)
        where TOther : class => Add(name, type.Name, meaning, record => type.Of(get(record)));

    public void OptionalObject<TOther>(string name, string meaning, ModelType<TOther> type, Func<T, TOther?> get)
        where TOther : class => Add(name, type.Name, meaning, record => get(record) is { } other ? type.Of(other) : null, isOptional: true);

    public void List<TOther>(string name, string meaning, ModelType<TOther> type, Func<T, ImmutableArray<TOther>> get)
        where TOther : class => Add(name, $"list of {type.Name}", meaning, record => new ModelList<TOther>(get(record), type.Of));

    public void Texts(string name, string meaning, Func<T, ImmutableArray<string>> get) =>
        Add(name, "list of text", meaning, record => new ModelList<string>(get(record), text => text));

    public void Texts<TValue>(string name, string meaning, Func<T, ImmutableArray<TValue>> get)
        where TValue : notnull => Add(name, "list of text", meaning, record => new ModelList<TValue>(get(record), value => value.ToString()));

    public IEnumerator<ModelField<T>> GetEnumerator() => fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Add(string name, string type, string meaning, Func<T, object?> get, bool isOptional = false) =>
        fields.Add(new ModelField<T>(name, type, meaning, isOptional, get));

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
        private static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>().Distinct().ToDictionary(
            value => value,
            value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

        public static string NameOf(TEnum value) => Names[value];
    }
}
