using System.CommandLine;
using GitOpsGen.Cli.Reporting;

namespace GitOpsGen.Cli;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">As it is typed.</param>
/// <param name="description">One sentence.</param>
/// <param name="examples">Command lines that work as they are.</param>
internal sealed class DocumentedCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>The forms that this command has besides those of every command.</summary>
    public IReadOnlyList<ReportForm> Forms { get; init; } = [];
}
