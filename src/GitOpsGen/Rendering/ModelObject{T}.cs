using System.Runtime.CompilerServices;

namespace GitOpsGen.Rendering;

/// <summary>A record as templates see it, through its <see cref="ModelType{T}"/>.</summary>
internal sealed class ModelObject<T>(ModelType<T> type, T value) : ModelObject
    where T : class
{
    private readonly T value = value;

    /// <inheritdoc/>
    public override string TypeName => type.Name;

    /// <inheritdoc/>
    public override int Count => type.Fields.Length;

    /// <inheritdoc/>
    public override IEnumerable<string> GetMembers() => type.Fields.Select(f => f.Name);

    /// <inheritdoc/>
    public override bool Contains(string member) => type.Find(member) is not null;

    /// <inheritdoc/>
    public override bool TryGetMember(string member, out object? found)
    {
        var field = type.Find(member);
        found = field?.Get(value);
        return field is not null;
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(value);
}
