using System.Runtime.CompilerServices;
using Scriban;
using Scriban.Runtime;
using SourceSpan = Scriban.Parsing.SourceSpan;

namespace GitOpsGen.Rendering.Variables;

/// <summary>An object of the model in a template: named members that can be read and never written.</summary>
internal abstract class ModelObject : IScriptObject
{
    /// <summary>The name of its type, for messages.</summary>
    public abstract string TypeName { get; }

    public abstract int Count { get; }

    public bool IsReadOnly
    {
        get => true;
        set { }
    }

    public abstract IEnumerable<string> GetMembers();

    public abstract bool Contains(string member);

    /// <summary>The value of a member, as templates understand it.</summary>
    public abstract bool TryGetMember(string member, out object? value);

    /// <summary>Where the value of a member comes from.</summary>
    public virtual MemberOrigins OriginsOf(string member) => MemberOrigins.None;

    public bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value) => TryGetMember(member, out value);

    public bool CanWrite(string member) => false;

    public bool TrySetValue(TemplateContext? context, SourceSpan span, string member, object? value, bool readOnly) => false;

    public bool Remove(string member) => false;

    public void SetReadOnly(string member, bool readOnly)
    {
        // Every member is read-only.
    }

    public IScriptObject Clone(bool deep) => this;
}

/// <summary>A record as templates see it, through its <see cref="ModelType{T}"/>.</summary>
internal sealed class ModelObject<T>(ModelType<T> type, T value) : ModelObject
    where T : class
{
    private readonly T value = value;

    public override string TypeName => type.Name;

    public override int Count => type.Fields.Length;

    public override IEnumerable<string> GetMembers() => type.Fields.Select(f => f.Name);

    public override bool Contains(string member) => type.Find(member) is not null;

    public override bool TryGetMember(string member, out object? found)
    {
        var field = type.Find(member);
        found = field?.Get(value);
        return field is not null;
    }

    public override MemberOrigins OriginsOf(string member) =>
        type.Find(member) is not { } field
            ? MemberOrigins.None
            : new()
            {
                Whole = field.From?.Invoke(value) ?? [],
                Item = index => field.ItemFrom?.Invoke(value, index) ?? [],
                Node = path => field.NodeFrom?.Invoke(value, path) ?? [],
            };

    /// <summary>The same record is the same object, although each access makes a new view of it.</summary>
    public override bool Equals(object? obj) => obj is ModelObject<T> other && ReferenceEquals(value, other.value);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(value);
}

/// <summary>Where the value of a member and its parts come from; each is computed on request.</summary>
internal sealed record MemberOrigins
{
    /// <summary>Nothing, where the user does not decide the value.</summary>
    public static MemberOrigins None { get; } = new();

    /// <summary>Of the value as a whole.</summary>
    public ImmutableArray<Origin> Whole { get; init; } = [];

    /// <summary>Of an item, where the value is a list.</summary>
    public Func<int, ImmutableArray<Origin>> Item { get; init; } = _ => [];

    /// <summary>Of a node in addition to its own place, where the value is free-form data: by its keys with dots between them.</summary>
    public Func<string, ImmutableArray<Origin>> Node { get; init; } = _ => [];
}
