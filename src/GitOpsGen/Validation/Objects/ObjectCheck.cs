using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Validation.Objects;

/// <summary>What is known about one object, or about all of one file. It may be invalid and partly unchecked at once.</summary>
/// <param name="Findings">What is wrong (GOG71xx; in a file also what makes it unreadable, GOG10xx).</param>
/// <param name="Gaps">What could not be checked, and why (GOG72xx).</param>
internal readonly record struct ObjectCheck(ImmutableArray<Diagnostic> Findings, ImmutableArray<Diagnostic> Gaps)
{
    public static ObjectCheck Sound { get; } = new([], []);

    /// <summary>Nothing is wrong in what could be checked.</summary>
    public bool IsValid => !Findings.Any(d => d.Severity == Severity.Error);

    /// <summary>Everything could be checked.</summary>
    public bool IsComplete => Gaps.IsEmpty;
}
