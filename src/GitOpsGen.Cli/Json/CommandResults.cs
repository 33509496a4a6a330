using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Json;

internal sealed record RenderResult(int Environments, int Files, int Written);

internal sealed record CheckResult(int Environments, int Files, int Differences, string Diff);

/// <summary>What <c>publish</c> did to a branch.</summary>
internal sealed record PublishJson(
    string Repository,
    string Branch,
    string Path,
    string State,
    string? Commit,
    string? Before,
    bool DryRun,
    int Attempts,
    string Message
);

internal sealed record LintResult(int Errors, int Warnings, int Infos);

internal sealed record ValidateResult(int Environments, int Objects, int Valid, int Invalid, int Unchecked);

internal sealed record InitResult(int Written);

/// <summary>Which gitopsgen this is.</summary>
internal sealed record VersionResult(string Version, string Platform, bool Native);

/// <summary>A rule, as <c>explain CODE</c> shows it.</summary>
internal sealed record RuleResult(string Code, string Severity, bool CanChange, string Summary);

/// <summary>A template of <c>template list</c>.</summary>
internal sealed record TemplateResult(string Path, string State, string? File, bool Unused);

/// <summary>What <c>lock</c>, <c>add</c>, <c>remove</c>, <c>update</c> and <c>promote</c> did to environments, and to the lockfile.</summary>
internal sealed record LockResult(string Lockfile, int Packages, IEnumerable<JsonMove> Moves, IEnumerable<JsonLockChange> Entries);

internal sealed record JsonMove(string Package, string Kind, string? From, string? To, IEnumerable<string> Environments, string Change, bool Indirect)
{
    public static JsonMove Of(EnvironmentMove move, ImmutableArray<EnvironmentName> all) =>
        new(
            $"{move.Package}",
            $"{move.Kind}",
            move.From?.Text,
            move.To?.Text,
            all.IsEmpty ? [] : move.Environments.Select(name => name.Value),
            move.Change,
            move.IsIndirect
        );
}

internal sealed record JsonLockChange(string Change, string Package, string Kind, string Version, string? Digest, bool Indirect, string Text)
{
    public static JsonLockChange Of(string word, LockfileChange change)
    {
        var entry = change.After ?? change.Before!;
        return new(
            word,
            $"{entry.Package}",
            $"{entry.Kind}",
            $"{entry.Version}",
            entry.Digest is { } digest ? $"{digest}" : null,
            entry.IsIndirect,
            change.Text
        );
    }
}

internal sealed record OutdatedResult(IEnumerable<JsonOutdatedPackage> Packages);

internal sealed record JsonOutdatedPackage(
    string Package,
    IEnumerable<string> Environments,
    string Current,
    string? Compatible,
    string? Newest,
    bool Major,
    bool Gone
)
{
    public static JsonOutdatedPackage Of(OutdatedEntry row) =>
        new(
            $"{row.Entry.Package}",
            row.Environments.Select(name => name.Value),
            $"{row.Entry.Version}",
            row.Compatible?.Text,
            row.Newest?.Text,
            row.IsMajor,
            row.IsGone
        );
}
