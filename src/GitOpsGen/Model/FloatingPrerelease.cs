using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace GitOpsGen.Model;

/// <summary>
/// NuGet's floating versions that reach pre-releases: <c>2.3.1-*</c>, <c>2.3.1-rc.*</c>, <c>2.*-*</c>. The release itself belongs to them.
/// Unlike in NuGet, <c>RC</c> and <c>rc</c> are two things, for as tags they are.
/// </summary>
internal sealed partial record FloatingPrerelease
{
    private readonly string numbers;
    private readonly string prefix;

    private FloatingPrerelease(string text, string numbers, string prefix) => (Text, this.numbers, this.prefix) = (text, numbers, prefix);

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out FloatingPrerelease? floating)
    {
        var match = Form().Match(text);
        floating = match.Success ? new(text, match.Groups["numbers"].Value, match.Groups["prefix"].Value) : null;
        return floating is not null;
    }

    public bool Accepts(VersionPrecedence version) =>
        $"{version.Major}.{version.Minor}.{version.Patch}" is var all
        && (numbers.EndsWith('*') ? all.StartsWith(numbers[..^1], StringComparison.Ordinal) : all == numbers)
        && (!version.IsPrerelease || version.Prerelease.StartsWith(prefix, StringComparison.Ordinal));

    [GeneratedRegex(
        @"\Av?(?<numbers>\*|[0-9]+\.\*|[0-9]+\.[0-9]+\.(?:\*|[0-9]+))-(?<prefix>[0-9A-Za-z.-]*)\*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Form();
}
