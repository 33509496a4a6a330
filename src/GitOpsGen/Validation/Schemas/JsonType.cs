namespace GitOpsGen.Validation.Schemas;

/// <summary>What <c>type</c> in a schema asks for.</summary>
internal enum JsonType
{
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,

    /// <summary><c>x-kubernetes-int-or-string</c>.</summary>
    IntegerOrString,
}
