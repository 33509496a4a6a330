using System.Collections.Immutable;

namespace GitOpsGen.Iam.Access;

/// <summary>What is known about a request besides who, what and where: the values of its context keys, which have no case.</summary>
internal sealed class RequestContext
{
    private readonly ImmutableDictionary<string, ImmutableArray<string>> values;
    private readonly bool isComplete;

    private RequestContext(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> values, bool isComplete)
    {
        this.values = values.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);
        this.isComplete = isComplete;
    }

    /// <summary>Nothing is known: any key may be there with any value.</summary>
    public static RequestContext Unknown { get; } = AtLeast([]);

    /// <summary>These keys are there; others may be.</summary>
    public static RequestContext AtLeast(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> values) => new(values, isComplete: false);

    /// <summary>These keys are there, and no others.</summary>
    public static RequestContext Exactly(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> values) => new(values, isComplete: true);

    /// <summary>The values of a key; <see langword="null"/> where it is absent or not known.</summary>
    public ImmutableArray<string>? this[string key] => values.TryGetValue(key, out var found) ? found : null;

    /// <summary>Whether a key is absent: <see cref="Certainty.Maybe"/> where it is not known.</summary>
    public Certainty Lacks(string key) =>
        values.ContainsKey(key) ? Certainty.No
        : isComplete ? Certainty.Yes
        : Certainty.Maybe;
}
