using System.Globalization;
using System.Text.RegularExpressions;

namespace GitOpsGen.MSBuild;

/// <summary>An error or a warning, as gitopsgen prints it on its standard error.</summary>
internal sealed class Finding
{
    // The exact form alone: MSBuild's own idea of it makes an error of "note: error X1: …", and a warning of a YAML line.
    private static readonly Regex Form = new(
        @"^(?:(?<file>.+?)\((?<line>[0-9]+),(?<column>[0-9]+)\)|gitopsgen): (?<severity>error|warning) (?<code>GOG[0-9]{4}): (?<text>.+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    );

    private Finding(Match match)
    {
        File = match.Groups["file"] is { Success: true } file ? file.Value : null;
        Line = Number(match.Groups["line"]);
        Column = Number(match.Groups["column"]);
        IsError = match.Groups["severity"].Value == "error";
        Code = match.Groups["code"].Value;
        Text = match.Groups["text"].Value;
    }

    /// <summary>Relative to the root; <see langword="null"/> where the finding has no place.</summary>
    public string? File { get; }

    /// <summary>From 1; 0 without a place.</summary>
    public int Line { get; }

    /// <summary>From 1; 0 without a place.</summary>
    public int Column { get; }

    public bool IsError { get; }

    public string Code { get; }

    public string Text { get; }

    public static Finding? TryParse(string line) => Form.Match(line) is { Success: true } match ? new(match) : null;

    private static int Number(Group digits) => digits.Success ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;
}
