namespace GitOpsGen.Validation.Controllers;

/// <summary>The schedule of a CronJob, as github.com/robfig/cron/v3 reads it: Sunday is 0 and never 7.</summary>
internal static class CronSchedule
{
    private static readonly string[] Descriptors = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly (string Name, int Minimum, int Maximum, string[] Names)[] Fields =
    [
        ("minute", 0, 59, []),
        ("hour", 0, 23, []),
        ("day", 1, 31, []),
        ("month", 1, 12, Months),
        ("weekday", 0, 6, Days),
    ];

    public static string? Objection(YamlNode node)
    {
        if (YamlScalar.TextOf(node) is not { } text)
            return null;

        if (text.Contains("TZ=", StringComparison.Ordinal))
            return "has a time zone, which belongs into spec.timeZone";

        if (text.StartsWith('@'))
            return Descriptors.Contains(text) || text.StartsWith("@every ", StringComparison.Ordinal) ? null : $"is '{Excerpt.Of(text)}'";

        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Fields.Length)
            return $"has {parts.Length} fields instead of {Fields.Length}";

        for (var i = 0; i < parts.Length; i++)
        {
            var (name, minimum, maximum, names) = Fields[i];
            if (!parts[i].Split(',').All(range => IsRange(range, minimum, maximum, names)))
                return $"has the {name} '{Excerpt.Of(parts[i])}'";
        }

        return null;
    }

    // *, 5, 1-5, with or without a step behind a slash.
    private static bool IsRange(string text, int minimum, int maximum, string[] names)
    {
        if (text.Split('/') is not [var range, .. { Length: <= 1 } steps] || !steps.All(step => int.TryParse(step, out var width) && width > 0))
            return false;

        if (range is "*" or "?")
            return true;

        var ends = range.Split('-');
        var first = Value(ends[0]);
        return ends.Length <= 2 && first >= minimum && Value(ends[^1]) is { } last && last >= first && last <= maximum;

        int? Value(string end) =>
            Array.FindIndex(names, name => name.Equals(end, StringComparison.OrdinalIgnoreCase)) is >= 0 and var known ? known + minimum
            : end.Length > 0 && end.All(char.IsAsciiDigit) && int.TryParse(end, out var number) ? number
            : null;
    }
}
