namespace GitOpsGen.Rendering;

/// <summary>A field and how to read it from a record. The getter returns what templates understand, see <see cref="ModelFields{T}"/>.</summary>
internal sealed record ModelField<T>(string Name, string Type, string Meaning, bool IsOptional, Func<T, object?> Get)
    : ModelField(Name, Type, Meaning, IsOptional);
