using System.Collections.Immutable;

namespace GitOpsGen.Rendering;

/// <summary>The items of an array as templates see them, each made when a template asks for it.</summary>
internal sealed class ModelList<T>(ImmutableArray<T> items, Func<T, object?> convert) : ModelList
{
    public override int Count => items.Length;

    public override object? this[int index] => convert(items[index]);
}
