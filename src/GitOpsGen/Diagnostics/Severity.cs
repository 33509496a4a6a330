namespace GitOpsGen.Diagnostics;

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
