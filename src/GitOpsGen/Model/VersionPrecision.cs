namespace GitOpsGen.Model;

/// <summary>How many numbers of a version a constraint gives. The rest is missing or <c>x</c>, <c>X</c>, <c>*</c>.</summary>
internal enum VersionPrecision
{
    /// <summary>None: <c>*</c>.</summary>
    Any,

    /// <summary>One: <c>1</c>, <c>1.x</c>.</summary>
    Major,

    /// <summary>Two: <c>1.2</c>, <c>1.2.*</c>.</summary>
    Minor,

    /// <summary>All three.</summary>
    Patch,
}
