using System.Globalization;
using System.Text;
using GitOpsGen.Model;

namespace GitOpsGen.Output;

/// <summary>Differences as text, in the form of <c>git diff</c>, with a bound on their length.</summary>
/// <param name="folder">What stands before each path: the output, relative to the root.</param>
/// <param name="limits">How much is printed; what is left out is counted.</param>
public sealed class UnifiedDiff(RelativePath folder, DiffLimits limits)
{
    /// <summary>All changes, one after the other, each line ended by a line feed.</summary>
    public string Of(IEnumerable<Change> changes)
    {
        var text = new StringBuilder();
        var left = limits.Lines;
        var omitted = 0;
        foreach (var change in changes)
        {
            if (left <= 0)
                omitted++;
            else
                left -= Append(text, change, Math.Min(left, limits.LinesPerFile));
        }

        if (omitted > 0)
            text.Append(CultureInfo.InvariantCulture, $"... {omitted} more {(omitted == 1 ? "file differs" : "files differ")}\n");
        return text.ToString();
    }

    /// <summary>One change.</summary>
    public string Of(Change change) => Of([change]);

    private int Append(StringBuilder text, Change change, int max)
    {
        var path = $"{folder}/{change.Path}";
        text.Append(change.Kind == ChangeKind.Added ? "--- /dev/null\n" : $"--- a/{path}\n");
        text.Append(change.New is null ? "+++ /dev/null\n" : $"+++ b/{path}\n");
        const int Headers = 2;
        var (printed, omitted) = (0, 0);
        foreach (var line in Body(change))
        {
            if (printed < max)
                text.Append(line).Append('\n');
            _ = printed < max ? printed++ : omitted++;
        }

        if (omitted > 0)
            text.Append(CultureInfo.InvariantCulture, $"... {omitted} more {(omitted == 1 ? "line" : "lines")}\n");
        return printed + Headers;
    }

    private static IEnumerable<string> Body(Change change)
    {
        if (change is { Old: null, OldLength: > 0 })
            return [Sizes("Too large to compare", change)];
        var before = DiffText.TryDecode((change.Old ?? default).Span);
        var after = DiffText.TryDecode((change.New ?? default).Span);
        return before is null || after is null ? [Sizes("Not text", change)] : new DiffHunks(DiffText.Lines(before), DiffText.Lines(after)).Lines();
    }

    private static string Sizes(string what, Change change) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}: {change.OldLength} bytes before, {change.New?.Length ?? 0} after");
}
