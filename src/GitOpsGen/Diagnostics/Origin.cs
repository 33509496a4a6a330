namespace GitOpsGen.Diagnostics;

/// <summary>
/// Where a value of the plan comes from. It names what the user may have written. The place is looked up only when somebody asks,
/// so it costs nothing otherwise.
/// </summary>
internal abstract record Origin
{
    private Origin() { }

    /// <summary>A place, where the value itself was read.</summary>
    public static Origin At(SourceSpan span) => new Place(span);

    /// <summary>A setting of the environment, by its keys with <c>/</c> between them; without it, its default.</summary>
    public static Origin Of(string setting) => new Setting([setting], HasDefault: true);

    /// <summary>The first of several settings that is written; nothing if none is.</summary>
    public static Origin OfAny(params ImmutableArray<string> settings) => new Setting(settings, HasDefault: false);

    /// <summary>The place of what the user wrote.</summary>
    internal sealed record Place(SourceSpan Span) : Origin;

    /// <summary>A key of a lock entry.</summary>
    /// <param name="Entry">The entry's place in the list.</param>
    /// <param name="Key">The key; keys inside each other have <c>/</c> between them.</param>
    internal sealed record LockKey(int Entry, string Key) : Origin;

    /// <summary>A lock entry that needs a grant.</summary>
    /// <param name="Entry">The entry's place in the list.</param>
    /// <param name="Key">The key that says what is needed.</param>
    internal sealed record Need(int Entry, string Key) : Origin;

    /// <summary>The first of these settings that is written. One that begins with <c>/</c> is not below an environment.</summary>
    internal sealed record Setting(ImmutableArray<string> Keys, bool HasDefault) : Origin;
}
