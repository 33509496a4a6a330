using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// One level of a CRD's structural schema
/// (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema).
/// </summary>
internal sealed class Schema
{
    public JsonType Type { get; init; }

    public bool IsNullable { get; init; }

    /// <summary>Whether unknown fields are kept: <c>x-kubernetes-preserve-unknown-fields</c>, <c>additionalProperties: true</c>.</summary>
    public bool KeepsUnknown { get; init; }

    /// <summary>Whether a whole Kubernetes object stands here: <c>x-kubernetes-embedded-resource</c>.</summary>
    public bool IsEmbedded { get; init; }

    /// <summary>Inside anyOf, oneOf, allOf and not a schema only looks at values; what is unknown is for the schema around it.</summary>
    public SchemaSlot? Structure { get; init; }

    public required Dictionary<string, SchemaSlot> Properties { get; init; }

    public SchemaSlot? Additional { get; init; }

    public SchemaSlot? Items { get; init; }

    public ImmutableArray<string> Required { get; init; } = [];

    public YamlNode? Default { get; init; }

    public ImmutableArray<Constraint> Constraints { get; init; } = [];

    /// <summary>Evaluated when nothing else is wrong, as the API server does.</summary>
    public ImmutableArray<SchemaRule> Rules { get; init; } = [];

    /// <summary>What of the schema itself cannot be read.</summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];

    /// <summary>The schema of a field, or of any field of a map.</summary>
    public SchemaSlot? Field(string name) => Properties.TryGetValue(name, out var slot) ? slot : Additional;

    /// <summary>
    /// The value of a field after pruning and defaulting, which come before validation: a null that is not allowed counts as absent,
    /// what is absent as the default.
    /// </summary>
    public YamlNode? Effective(YamlMapping mapping, string name)
    {
        var value = mapping[name];
        if (value is not (null or YamlScalar { Kind: ScalarKind.Null }))
        {
            return value;
        }

        var structural = (Structure?.Schema ?? this).Field(name)?.Schema;
        if (value is not null && structural?.IsNullable != false)
        {
            return value;
        }

        return value is null && !(Structure?.Schema ?? this).Properties.ContainsKey(name) ? null : structural?.Default;
    }

    /// <summary>Whether a field with this value is taken out, or replaced by its default, before validation.</summary>
    public bool IsPruned(YamlNode value) => !IsNullable && value is YamlScalar { Kind: ScalarKind.Null };

    public IEnumerable<SchemaSlot> Children()
    {
        var own = Properties.Values.AsEnumerable();
        own = Additional is null ? own : own.Append(Additional);
        own = Items is null ? own : own.Append(Items);
        return own.Concat(Constraints.SelectMany(c => c.Children));
    }
}

/// <summary>
/// A place in a CRD where a schema stands. It is compiled when a value first arrives there: a CRD of half a megabyte describes far
/// more than one object uses. Threads may compile it twice; the first result is the one.
/// </summary>
/// <param name="source">The schema as written.</param>
/// <param name="structure">
/// For a schema inside anyOf, oneOf, allOf or not: the structural one for the same value, which alone says what is known and defaulted.
/// </param>
/// <param name="isObject">Whether a whole Kubernetes object stands here, as at the root.</param>
internal sealed class SchemaSlot(YamlNode source, SchemaSlot? structure = null, bool isObject = false)
{
    private Schema? compiled;

    public YamlNode Source { get; } = source;

    public Schema Schema => Volatile.Read(ref compiled) ?? Compile();

    private Schema Compile()
    {
        var made = SchemaCompiler.Compile(Source, structure, isObject);
        return Interlocked.CompareExchange(ref compiled, made, null) ?? made;
    }
}
