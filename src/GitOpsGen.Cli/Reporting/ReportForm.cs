namespace GitOpsGen.Cli.Reporting;

/// <summary>How a report is written down; the values of <c>--format</c> and of <c>--report</c>.</summary>
internal enum ReportForm
{
    /// <summary>For people, and for MSBuild and editors, which parse its diagnostics.</summary>
    Text,

    /// <summary>One object.</summary>
    Json,

    /// <summary>Workflow commands, which GitHub turns into annotations.</summary>
    GitHub,

    /// <summary>SARIF 2.1.0, for code scanning.</summary>
    Sarif,

    /// <summary>A Mermaid flowchart, of commands that draw.</summary>
    Mermaid,

    /// <summary>Graphviz's language, of commands that draw.</summary>
    Dot,
}
