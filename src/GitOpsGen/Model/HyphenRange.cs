using System.Text;

namespace GitOpsGen.Model;

/// <summary>
/// The form <c>1.2 - 1.4.5</c>, which is <c>&gt;= 1.2, &lt;= 1.4.5</c>. Masterminds replaces text, before it looks at <c>||</c> and with
/// the white space before the range gone; so <c>&lt;9 1 - 2</c> and <c>1 - 2||3 - 4</c> become <c>&lt;9&gt;= 1, …</c> and worse, and are
/// errors. They are here too: what Crossplane refuses must not pass.
/// </summary>
internal static class HyphenRange
{
    /// <summary>The constraint with comparators in place of its hyphen ranges.</summary>
    public static string Rewrite(string constraint)
    {
        if (!constraint.Contains('-', StringComparison.Ordinal))
        {
            return constraint;
        }
        var rewritten = new StringBuilder();
        var position = 0;
        while (position < constraint.Length)
        {
            if (Read(constraint, position) is var (low, high, end))
            {
                rewritten.Append(">= ").Append(low).Append(", <= ").Append(high).Append(' ');
                position = end;
            }
            else
            {
                rewritten.Append(constraint[position++]);
            }
        }
        return rewritten.ToString();
    }

    private static (string Low, string High, int End)? Read(string constraint, int start)
    {
        var scanner = new ConstraintScanner(constraint, start);
        scanner.SkipSpace();
        if (
            !scanner.TryReadVersion(out var low)
            || !scanner.SkipSpace()
            || !scanner.TrySkip('-')
            || !scanner.SkipSpace()
            || !scanner.TryReadVersion(out var high)
        )
        {
            return null;
        }
        scanner.SkipSpace();
        return (low.Text, high.Text, scanner.Position);
    }
}
