namespace GitOpsGen.Iam.Access;

/// <summary>How a condition reads a key that may have several values.</summary>
internal enum ConditionSet
{
    /// <summary>The key has one value.</summary>
    Single,

    /// <summary><c>ForAnyValue:</c>, one of the request's values has to match; an absent key does not.</summary>
    Any,

    /// <summary><c>ForAllValues:</c>, each of the request's values has to match; an absent key does.</summary>
    All,
}
