namespace GitOpsGen.Validation.Cel;

/// <summary>What a CEL expression came to.</summary>
internal enum CelKind
{
    /// <summary>The expression failed, as CEL has it: a key is absent, types do not fit. The API server refuses the object.</summary>
    Error,

    /// <summary>The expression needs something that is not in the subset.</summary>
    Unsupported,
    Null,
    Boolean,
    Number,
    Text,
    List,
    Map,
}
