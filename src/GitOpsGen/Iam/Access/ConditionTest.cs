namespace GitOpsGen.Iam.Access;

/// <summary>What a condition asks of one value.</summary>
internal enum ConditionTest
{
    /// <summary>Numbers, dates, addresses, binary, and whatever else is not looked into: it may hold or not.</summary>
    Unknown,

    /// <summary>The same characters.</summary>
    Text,

    /// <summary>The same characters but for case.</summary>
    TextIgnoringCase,

    /// <summary>A pattern with <c>*</c> and <c>?</c>.</summary>
    Pattern,

    /// <summary>A pattern per part of an ARN; <c>ArnEquals</c> and <c>ArnLike</c> are the same.</summary>
    Arn,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Whether the key is absent.</summary>
    Absence,
}
