namespace GitOpsGen.Diagnostics;

/// <summary>A finding: what is wrong, what to do, and where.</summary>
/// <param name="Rule">The rule that was broken.</param>
/// <param name="Message">What is wrong, one sentence with its full stop.</param>
/// <param name="Fix">What to do, one sentence with its full stop.</param>
/// <param name="Span">The place; <see langword="null"/> if it is not about a file.</param>
public sealed record Diagnostic(Rule Rule, string Message, string Fix, SourceSpan? Span)
{
    /// <summary>The severity in force: the rule's own, until <see cref="SeverityPolicy"/> has applied the settings.</summary>
    public Severity Severity { get; init; } = Rule.Default;

    /// <summary>Whether what a change is compared with lacks it; <see langword="null"/> where nothing was compared.</summary>
    public bool? IsNew { get; init; }

    /// <summary>How many findings it is about: more than one where the rest of a long list is only counted.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The environments that it is about, all of them; the message may name only some. None where it is about no environment, or says so itself.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];
}

/// <summary>How much a finding matters. Only <see cref="Error"/> stops a command.</summary>
public enum Severity
{
    /// <summary>Not reported at all.</summary>
    Off,

    /// <summary>Worth knowing; changes nothing.</summary>
    Info,

    /// <summary>Probably wrong; output is still written.</summary>
    Warning,

    /// <summary>Wrong; nothing is written and the exit code is 1.</summary>
    Error,
}

/// <summary>What a stage returns: its value, or none if the input does not allow one, and its findings.</summary>
internal sealed record Result<T>(T? Value, ImmutableArray<Diagnostic> Diagnostics)
    where T : class;
