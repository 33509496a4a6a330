namespace GitOpsGen.Cli.Overview;

/// <summary>
/// Packages × environments, for a person. Environments with the same version of every package share a column. Columns that do not fit
/// the width go into a further table below.
/// </summary>
internal sealed class StatusTable
{
    private const string Nothing = "-";
    private const int LongestJoined = 20;

    // Repositories differ in their last characters; TextTable goes no lower.
    private const int NarrowestName = 16;

    private readonly FleetStatus status;
    private readonly ImmutableArray<Column> columns;

    public StatusTable(FleetStatus status)
    {
        this.status = status;
        columns =
        [
            .. status
                .Environments.GroupBy(name => string.Join(' ', status.Packages.Select(package => Cell(package, name))), StringComparer.Ordinal)
                .Select(group => new Column([.. group], status.Environments.Length)),
        ];
    }

    /// <summary>The table in lines of at most so many characters, and below it the environments behind each shortened head.</summary>
    public string Text(int? width)
    {
        if (status.Packages.IsEmpty || columns.IsEmpty)
            return "";

        var text = new StringBuilder();
        var rest = Cells().ToArray();
        while (rest[0].Length > 1)
        {
            var count = width is { } limit ? Fitting(rest, limit) : rest[0].Length;
            text.Append(text.Length > 0 ? "\n" : "").Append(TextTable.Of([.. rest.Select(row => row[..count])], width));
            rest = [.. rest.Select(row => (string[])[row[0], .. row[count..]])];
        }

        foreach (var column in columns.Where(column => column.IsShortened))
            text.Append('\n').Append(Wrap($"{column.Head}: {column.Names}", width)).Append('\n');

        return text.ToString();
    }

    /// <summary>The whole table for a page or a pull request.</summary>
    public string Markdown()
    {
        if (status.Packages.IsEmpty || columns.IsEmpty)
            return "";

        var text = new StringBuilder();
        foreach (var (index, row) in Cells().Index())
        {
            text.Append("| ").AppendJoin(" | ", row.Select(MarkdownText.Escape)).Append(" |\n");
            text.Append(index == 0 ? $"|{string.Concat(row.Select(_ => "---|"))}\n" : "");
        }

        foreach (var column in columns.Where(column => column.IsShortened))
            text.Append('\n').Append(MarkdownText.Escape($"{column.Head}: {column.Names}")).Append('\n');

        return text.ToString();
    }

    /// <summary>The summary under the table.</summary>
    public string Summary()
    {
        string[] remarks =
        [
            .. Remark(package => package.VersionCount > 1, "in several versions"),
            .. Remark(package => package.Stale.Length > 0, "stale"),
            .. Remark(package => package.Unlocked.Length > 0, "not locked"),
            .. Remark(package => package.Departures.Any(departure => departure.IsPast), "may be gone"),
            .. Remark(package => package.Departures.Any(departure => !departure.IsPast), "may be gone soon"),
        ];
        var sum = $"{Counts.Of(status.Packages.Length, "package")} in {Counts.Of(status.Environments.Length, "environment")}";
        return remarks.Length == 0 ? $"{sum}." : $"{sum}: {string.Join(", ", remarks)}.";

        IEnumerable<string> Remark(Func<PackageStatus, bool> condition, string words) =>
            status.Packages.Count(condition) is > 0 and var count ? [$"{count} {words}"] : [];
    }

    private IEnumerable<string[]> Cells() =>
        status
            .Packages.Select(package => (string[])[$"{package.Package}", .. columns.Select(column => Cell(package, column.First)), Note(package)])
            .Prepend(["package", .. columns.Select(column => column.Head), "note"]);

    private static string Cell(PackageStatus package, EnvironmentName name) =>
        package.Versions.TryGetValue(name, out var version) ? version.Text : Nothing;

    private static string Note(PackageStatus package)
    {
        var isOne = package.VersionCount <= 1;
        return string.Join(
            "; ",
            [
                .. package.VersionCount > 1 ? [$"{package.VersionCount} versions"] : Array.Empty<string>(),
                .. package.Stale.Select(version => Of(version, "stale")),
                .. package.Unlocked.Select(version => Of(version, "not locked")),
                .. package.Departures.Select(departure => Of(departure.Entry.Version.Value, departure.IsPast ? "may be gone" : "may be gone soon")),
            ]
        );

        string Of(PackageVersion version, string words) => isOne ? words : $"{version} {words}";
    }

    /// <summary>How many columns, the first included, fit beside each other; at least two.</summary>
    private static int Fitting(string[][] rows, int width)
    {
        var widths = TextTable.Widths(rows);
        var (used, count) = (Math.Min(widths[0], NarrowestName), 1);
        while (count < widths.Length && (count == 1 || used + TextTable.Gap + widths[count] <= width))
        {
            used += TextTable.Gap + widths[count];
            count++;
        }

        return count;
    }

    private static string Wrap(string text, int? width)
    {
        var lines = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' '))
        {
            var needed = used == 0 ? word.Length : used + 1 + word.Length;
            if (used > 0 && needed > width)
            {
                lines.Append("\n  ").Append(word);
                used = 2 + word.Length;
                continue;
            }

            lines.Append(used == 0 ? "" : " ").Append(word);
            used = needed;
        }

        return lines.ToString();
    }

    /// <summary>Environments in which everything is the same.</summary>
    private sealed class Column(ImmutableArray<EnvironmentName> names, int total)
    {
        public EnvironmentName First => names[0];

        public string Names => string.Join(", ", names);

        public bool IsShortened => !IsAll && names.Length > 1 && Names.Length > LongestJoined;

        public string Head =>
            IsAll ? $"all {total}"
            : IsShortened ? $"{First} +{names.Length - 1}"
            : Names;

        private bool IsAll => names.Length == total && total > 1;
    }
}
