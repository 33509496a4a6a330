using System.Globalization;
using System.Text.RegularExpressions;

namespace GitOpsGen;

/// <summary>A rendered file, or one line of it.</summary>
/// <param name="Path">As somebody typed it: relative to the current folder, the root or the output folder.</param>
/// <param name="Line">The line, from 1; <see langword="null"/> for all.</param>
public sealed partial record ExplainTarget(string Path, int? Line)
{
    /// <summary>Reads <c>PATH</c>, <c>PATH:LINE</c>, <c>PATH:LINE:COLUMN</c> as grep and compilers print it, and <c>PATH(LINE,COLUMN)</c> as we do.</summary>
    public static ExplainTarget Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Groups["line"].Success)
        {
            return new(text, null);
        }

        // A number that is too large is the number of no line.
        return new(
            match.Groups["path"].Value,
            int.TryParse(match.Groups["line"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : int.MaxValue
        );
    }

    // The colons before a message are copied easily.
    [GeneratedRegex(
        @"\A(?<path>.+?)(?:\((?<line>[0-9]+)(?:,[0-9]+)?\)|:(?<line>[0-9]+)(?::[0-9]+)?):?\z",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline
    )]
    private static partial Regex Form();
}
