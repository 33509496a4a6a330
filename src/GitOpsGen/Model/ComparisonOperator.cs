namespace GitOpsGen.Model;

/// <summary>How a <see cref="VersionComparator"/> compares.</summary>
internal enum ComparisonOperator
{
    /// <summary>No operator or <c>=</c>. With numbers left out it means what <see cref="Tilde"/> means.</summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&gt;=</c> or <c>=&gt;</c></summary>
    GreaterOrEqual,

    /// <summary><c>&lt;=</c> or <c>=&lt;</c></summary>
    LessOrEqual,

    /// <summary><c>~</c> or <c>~&gt;</c>: at least this, within its minor version, or its major one where no minor is written.</summary>
    Tilde,

    /// <summary><c>^</c>: at least this, up to the next version that may break something.</summary>
    Caret,
}
