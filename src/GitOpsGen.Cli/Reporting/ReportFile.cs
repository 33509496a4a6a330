using GitOpsGen.Output;

namespace GitOpsGen.Cli.Reporting;

/// <summary>One <c>--report FORM=PATH</c>. The path is relative to the current folder.</summary>
internal sealed record ReportFile(ReportForm Form, string Path)
{
    /// <summary>
    /// Writes a new file whole or not at all: a reader never finds half a report. What exists is written into, never replaced: it
    /// may be a link, or <c>/dev/stderr</c>. Missing folders are created, because pipelines name paths such as
    /// <c>artifacts/gitopsgen.sarif</c>.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, because rights are missing.</exception>
    public void Write(string content)
    {
        var full = System.IO.Path.GetFullPath(Path);
        if (File.Exists(full))
            File.WriteAllText(full, content);
        else
            AtomicFile.Add(full, Encoding.UTF8.GetBytes(content));
    }
}

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

    /// <summary>A table for a pull request or a page, of commands that have one.</summary>
    Markdown,

    /// <summary>A page in one file, of <c>diff</c>.</summary>
    Html,

    /// <summary>The files that the command has read, for a build that runs it only when one of them has changed. Only in a file.</summary>
    Inputs,
}
