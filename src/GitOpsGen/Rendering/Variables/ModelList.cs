using System.Collections;

namespace GitOpsGen.Rendering.Variables;

/// <summary>A list of the model in a template. Scriban sees lists as <see cref="IList"/>; every write fails.</summary>
internal abstract class ModelList : IList, IReadOnlyList<object?>
{
    public abstract int Count { get; }

    public bool IsReadOnly => true;

    public bool IsFixedSize => true;

    public bool IsSynchronized => true;

    public object SyncRoot => this;

    public abstract object? this[int index] { get; }

    object? IList.this[int index]
    {
        get => this[index];
        set => throw Refusal();
    }

    public int Add(object? value) => throw Refusal();

    public void Clear() => throw Refusal();

    public void Insert(int index, object? value) => throw Refusal();

    public void Remove(object? value) => throw Refusal();

    public void RemoveAt(int index) => throw Refusal();

    public bool Contains(object? value) => IndexOf(value) >= 0;

    public int IndexOf(object? value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (Equals(this[i], value))
                return i;
        }

        return -1;
    }

    public void CopyTo(Array array, int index)
    {
        for (var i = 0; i < Count; i++)
            array.SetValue(this[i], index + i);
    }

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static NotSupportedException Refusal() => new("A list of the model cannot be changed");
}

/// <summary>The items of an array as templates see them, each made when a template asks for it.</summary>
internal sealed class ModelList<T>(ImmutableArray<T> items, Func<T, object?> convert) : ModelList
{
    public override int Count => items.Length;

    public override object? this[int index] => convert(items[index]);
}
