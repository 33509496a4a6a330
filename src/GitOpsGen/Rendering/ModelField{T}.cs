using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Rendering;

/// <summary>A field and how to read it from a record. The getter returns what templates understand, see <see cref="ModelFields{T}"/>.</summary>
internal sealed record ModelField<T>(string Name, string Type, string Meaning, bool IsOptional, Func<T, object?> Get)
    : ModelField(Name, Type, Meaning, IsOptional)
{
    /// <summary>Where the value comes from; <see langword="null"/> where the user decides nothing of it.</summary>
    public Func<T, ImmutableArray<Origin>>? From { get; init; }

    /// <summary>Where the item at an index comes from, for a list.</summary>
    public Func<T, int, ImmutableArray<Origin>>? ItemFrom { get; init; }

    /// <summary>Where a node comes from besides its own place, for free-form data: by its keys, with dots between them.</summary>
    public Func<T, string, ImmutableArray<Origin>>? NodeFrom { get; init; }
}
