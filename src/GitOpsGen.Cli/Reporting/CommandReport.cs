using System.Text.Json;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Reporting;

/// <summary>All that a command has to say, in no form yet.</summary>
internal sealed record CommandReport
{
    /// <summary>The command's name, as it is typed.</summary>
    public required string Command { get; init; }

    public required int ExitCode { get; init; }

    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>What a result tells in its own way, as findings for the forms that know nothing but findings.</summary>
    public ImmutableArray<Diagnostic> Annotations { get; init; } = [];

    public ImmutableArray<PathChange> Changes { get; init; } = [];

    /// <summary>The unified diff of <c>check</c>, bounded; each line ended by a line feed.</summary>
    public string Diff { get; init; } = "";

    /// <summary>A document that the command prints as it is, ended by a line feed.</summary>
    public string Document { get; init; } = "";

    /// <summary>
    /// A table that the command prints after the document, in lines of at most so many characters; <see langword="null"/>: nothing is cut.
    /// </summary>
    public Func<int?, string>? Table { get; init; }

    /// <summary>What the command draws in the forms that only it has.</summary>
    public IReadOnlyDictionary<ReportForm, Func<string>> Drawings { get; init; } = new Dictionary<ReportForm, Func<string>>();

    /// <summary>What was done in detail, for a person: one line each.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>One sentence for a person about how it ended.</summary>
    public string? Summary { get; init; }

    /// <summary>Writes the command's own result as JSON; <see langword="null"/> where it got to none.</summary>
    public Action<Utf8JsonWriter>? Result { get; init; }

    /// <summary>Whether <see cref="Changes"/> are differences that were found, each with a finding, and not what the command did.</summary>
    public bool IsComparison { get; init; }

    /// <summary>The findings, the most severe first. Among the errors, those that stop a command come before files that are out of date.</summary>
    public IEnumerable<Diagnostic> WorstFirst =>
        Diagnostics.Concat(Annotations).OrderByDescending(found => found.Severity).ThenBy(found => found.Rule == Rules.OutOfDate);

    /// <summary>Every file that the command has read and every folder that it has listed.</summary>
    public Func<IEnumerable<string>> Inputs { get; init; } = () => [];

    /// <summary>The keys that lead to a place in a file that the command has read; empty for any other place.</summary>
    public Func<SourceSpan, string> KeyAt { get; init; } = _ => "";

    /// <summary>The name that a host of repositories has for a file, of its path as it is printed.</summary>
    public Func<string, string> InRepository { get; init; } = path => path;

    /// <summary>Whether the command did what it was asked for, whatever it found.</summary>
    public bool IsSuccess => ExitCode is Reporting.ExitCode.Done or Reporting.ExitCode.Differs;

    /// <summary>A command that ended before it had a result.</summary>
    public static CommandReport Failed(string command, params ImmutableArray<Diagnostic> diagnostics) =>
        new()
        {
            Command = command,
            ExitCode = Reporting.ExitCode.Failed,
            Diagnostics = diagnostics,
        };
}

/// <summary>One path, relative to the root, and what was or would be done to it.</summary>
internal readonly record struct PathChange(string Path, ChangeKind Kind)
{
    /// <summary>The kind as users read it, in every form: added, changed, removed, edited.</summary>
    public string Word => Kind.Word();

    /// <summary>The changes of a run, which name their paths below its output.</summary>
    public static ImmutableArray<PathChange> Of(Outcome outcome) =>
        outcome.Output is { } output ? [.. outcome.Changes.Select(c => new PathChange(c.Path.Below(output).Value, c.Kind))] : [];
}
