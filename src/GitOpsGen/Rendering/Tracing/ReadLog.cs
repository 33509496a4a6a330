using GitOpsGen.Rendering.Variables;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>
/// What a template has read of the model, in order. Each value that is read, or made from read values, is an object of its own, so
/// that it is recognized wherever a variable, an argument or a loop carries it.
/// </summary>
internal sealed class ReadLog
{
    private readonly List<Influence> reads = [];
    private readonly Dictionary<object, ImmutableArray<Influence>> behind = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many reads there have been: a mark for <see cref="Since"/>.</summary>
    public int Count => reads.Count;

    /// <summary>The reads after a mark.</summary>
    public ImmutableArray<Influence> Since(int mark) => [.. reads.Skip(mark).Distinct()];

    /// <summary>Notes that what was read after a mark only decided something.</summary>
    public void DecidedSince(int mark)
    {
        for (var i = mark; i < reads.Count; i++)
            reads[i] = reads[i] with { IsCause = true };
    }

    /// <summary>Notes that a member or an item was read, and returns it as an object that is recognized later.</summary>
    public object? Read(object? value, string path, MemberOrigins origins)
    {
        var read = new ModelRead(path, origins.Whole);
        reads.Add(new(read, IsCause: false));
        return value switch
        {
            null => null,
            YamlObject mapping => new TracedMapping(mapping.Mapping, new(this, read, origins)),
            YamlList sequence => new TracedSequence(sequence.Sequence, new(this, read, origins)),
            ModelObject model => new TracedObject(model, new(this, read, origins)),
            ModelList list => new TracedList(list, new(this, read, origins)),
            _ => Remembered(value, [new(read, IsCause: false)]),
        };
    }

    /// <summary>The reads of the model that made a value; empty where none is known.</summary>
    public ImmutableArray<Influence> Behind(object? value) =>
        value switch
        {
            null => [],
            ITraced { Trace: var trace } => [new(trace.Read, IsCause: false)],
            _ => behind.GetValueOrDefault(value, []),
        };

    /// <summary>Notes that an earlier value is used again.</summary>
    public void Recall(object? value) => reads.AddRange(Behind(value));

    /// <summary>The same value, as an object that is known to come from these reads.</summary>
    public object Remembered(object value, ImmutableArray<Influence> by)
    {
        var own = value switch
        {
            string { Length: > 0 } text => new string(text.AsSpan()),
            bool or int or long or double => Boxed(value),
            _ => value,
        };
        Remember(own, by);
        return own;
    }

    /// <summary>Notes the reads that made a value, which already is an object of its own.</summary>
    public void Remember(object value, ImmutableArray<Influence> by)
    {
        // All empty texts are one object.
        if (value is not (string { Length: 0 } or ITraced))
            behind[value] = by;
    }

    private static object Boxed(object value) =>
        value switch
        {
            bool flag => flag,
            int number => number,
            long number => number,
            _ => (double)value,
        };
}

/// <summary>A value of the model that a template read.</summary>
/// <param name="Path">Where it is, as from the top of a template: <c>environment.waves[1].number</c>.</param>
/// <param name="Origins">Where it comes from; empty where the user does not decide it.</param>
internal sealed record ModelRead(string Path, ImmutableArray<Origin> Origins);

/// <summary>What a read does to a line: its value is printed there, or it decides that something else is.</summary>
internal readonly record struct Influence(ModelRead Read, bool IsCause);
