namespace GitOpsGen.Diagnostics;

/// <summary>One finding: what is wrong, what to do about it, and where.</summary>
/// <param name="Rule">The rule that was broken.</param>
/// <param name="Message">What is wrong, one sentence with its full stop.</param>
/// <param name="Fix">What to do, one sentence with its full stop.</param>
/// <param name="Span">The place; <see langword="null"/> where no file is concerned.</param>
public sealed record Diagnostic(Rule Rule, string Message, string Fix, SourceSpan? Span)
{
    /// <summary>The severity in force: the rule's own, until <see cref="SeverityPolicy"/> has applied the settings.</summary>
    public Severity Severity { get; init; } = Rule.Default;
}
