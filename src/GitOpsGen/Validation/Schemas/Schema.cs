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

    /// <summary>Whether the value is a whole Kubernetes object: the root, or an <c>x-kubernetes-embedded-resource</c>.</summary>
    public bool IsEmbedded { get; init; }

    /// <summary>Whether a creation drops the value: <c>status</c> where it is a subresource.</summary>
    public bool IsDropped { get; init; }

    public required Dictionary<string, SchemaSlot> Properties { get; init; }

    public SchemaSlot? Additional { get; init; }

    public SchemaSlot? Items { get; init; }

    public ImmutableArray<string> Required { get; init; } = [];

    public YamlNode? Default { get; init; }

    /// <summary>Whether the server reads the value into a type of Go, for which null is an absent field.</summary>
    public bool IsGoType { get; init; }

    public ImmutableArray<Constraint> Constraints { get; init; } = [];

    /// <summary>Evaluated if nothing else is wrong, as in the API server.</summary>
    public ImmutableArray<SchemaRule> Rules { get; init; } = [];

    /// <summary>Why parts of the schema itself cannot be read.</summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];

    /// <summary>The schema of a field, or of any field of a map.</summary>
    public SchemaSlot? Field(string name) => Properties.TryGetValue(name, out var slot) ? slot : Additional;

    /// <summary>
    /// The value of a field after pruning and defaulting, which come before validation: a null that is not allowed is absent, and an
    /// absent field has its default.
    /// </summary>
    public YamlNode? Effective(YamlMapping mapping, string name)
    {
        var value = mapping[name];
        if (value is not (null or YamlScalar { Kind: ScalarKind.Null }))
            return value;

        var field = Field(name)?.Schema;
        if (value is not null && field?.IsNullable != false)
            return value;

        return value is null && !Properties.ContainsKey(name) ? null : field?.Default;
    }

    /// <summary>Whether a field with this value is taken out, or replaced by its default, before validation.</summary>
    public bool IsPruned(YamlNode value) => !IsNullable && value is YamlScalar { Kind: ScalarKind.Null };

    /// <summary>Whether null in a list is the empty value, as Go reads scalars.</summary>
    public bool IsEmptyItem(YamlNode value) => IsGoType && Type is not (JsonType.Object or JsonType.Array) && IsPruned(value);
}

/// <summary>
/// A schema inside a CRD as written, or on a line of a table. It is compiled when a value first needs it: a CRD of half a megabyte
/// describes far more than one object uses. Two threads may compile it at once; both then use the first result.
/// </summary>
internal sealed class SchemaSlot
{
    private readonly SchemaTable? table;
    private readonly int line;
    private YamlNode? source;
    private Schema? compiled;

    /// <param name="source">The schema as written.</param>
    /// <param name="role">What kind of value it describes.</param>
    public SchemaSlot(YamlNode source, SchemaRole role = SchemaRole.Value) => (this.source, Role) = (source, role);

    /// <param name="table">The table that has it.</param>
    /// <param name="line">Its line there.</param>
    /// <param name="role">What kind of value it describes.</param>
    /// <param name="isGoType">Whether the server reads such values into a type of Go.</param>
    public SchemaSlot(SchemaTable table, int line, SchemaRole role, bool isGoType) =>
        (this.table, this.line, Role, IsGoType) = (table, line, role, isGoType);

    public SchemaRole Role { get; }

    public bool IsGoType { get; }

    public YamlNode Source => source ??= table!.Read(line);

    public Schema Schema => Volatile.Read(ref compiled) ?? Compile();

    /// <summary>A schema inside this one: as written there, or the line where it is.</summary>
    public SchemaSlot? Inner(YamlNode? inner, SchemaRole role) =>
        inner switch
        {
            YamlScalar { Kind: ScalarKind.Integer } number when table is not null => table.Slot((int)number.ToInteger()!.Value, role, IsGoType),
            YamlScalar or null => null,
            _ => new(inner, role),
        };

    private Schema Compile()
    {
        var made = SchemaCompiler.Compile(this);
        return Interlocked.CompareExchange(ref compiled, made, null) ?? made;
    }
}

/// <summary>The kinds of values that a schema can describe.</summary>
internal enum SchemaRole
{
    Value,

    /// <summary>A whole Kubernetes object, as at the root.</summary>
    Object,

    /// <summary>The same at the root of a kind whose status is a subresource.</summary>
    ObjectWithStatus,

    /// <summary>The status that is a subresource.</summary>
    Status,

    /// <summary>Its metadata: the API server knows the fields, and a CRD may only restrict them.</summary>
    Metadata,
}
