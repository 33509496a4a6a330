using System.Text.Encodings.Web;

namespace GitOpsGen.Model;

/// <summary>
/// From text to comparators, in the steps of Masterminds semver v3.5.0: limit the length, rewrite hyphen ranges, split at
/// <c>||</c>, split each part into comparators, resolve their versions. A scanner replaces its regular expressions, so that no
/// text takes long. An empty part is an error, and so is an empty constraint.
/// </summary>
internal static class ConstraintGrammar
{
    private const int MaxBytes = 512;
    private const int MaxGroups = 32;

    /// <summary>Reads a constraint into its groups.</summary>
    public static bool TryParse(string text, out ImmutableArray<ComparatorGroup> groups, [NotNullWhen(false)] out string? error)
    {
        groups = [];
        error = Limit(text);
        if (error is not null)
            return false;
        var parts = HyphenRange.Rewrite(text).Split("||");
        if (parts.Length > MaxGroups)
        {
            error = $"too many constraint groups (max {MaxGroups})";
            return false;
        }
        var read = ImmutableArray.CreateBuilder<ComparatorGroup>(parts.Length);
        foreach (var part in parts)
        {
            if (!TryParseGroup(part, out var group, out error))
                return false;
            read.Add(group);
        }
        groups = read.MoveToImmutable();
        error = null;
        return true;
    }

    private static string? Limit(string text) =>
        text.Length > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes ? $"constraint string is too long (max {MaxBytes} bytes)" : null;

    private static bool TryParseGroup(string part, [NotNullWhen(true)] out ComparatorGroup? group, [NotNullWhen(false)] out string? error)
    {
        group = null;
        if (!TrySplit(part, out var written))
        {
            error = $"improper constraint: \"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(part)}\"";
            return false;
        }
        var comparators = ImmutableArray.CreateBuilder<VersionComparator>(written.Count);
        foreach (var (comparison, version) in written)
        {
            if (!version.TryResolve(out var bound, out var precision))
            {
                error = $"constraint parser error: \"{version.Text}\" is not a version";
                return false;
            }
            comparators.Add(new(comparison, bound, precision));
        }
        group = new(comparators.MoveToImmutable());
        error = null;
        return true;
    }

    // White space, or one comma with or without white space around it, separates comparators.
    private static bool TrySplit(string part, out List<(ComparisonOperator, WrittenVersion)> comparators)
    {
        comparators = [];
        var scanner = new ConstraintScanner(part);
        scanner.SkipSpace();
        do
        {
            if (!scanner.TryReadOperator(out var comparison))
                return false;
            scanner.SkipSpace();
            if (!scanner.TryReadVersion(out var version))
                return false;
            comparators.Add((comparison, version));
            var apart = scanner.SkipSpace();
            if (scanner.AtEnd)
                return true;
            apart |= scanner.TrySkip(',');
            scanner.SkipSpace();
            if (!apart)
                return false;
        } while (true);
    }
}

/// <summary>
/// The form <c>1.2 - 1.4.5</c>, which is <c>&gt;= 1.2, &lt;= 1.4.5</c>. Masterminds replaces the text, and the white space before it,
/// before it looks at <c>||</c>; so <c>&lt;9 1 - 2</c> and <c>1 - 2||3 - 4</c> become <c>&lt;9&gt;= 1, …</c> and worse, and are
/// errors. They are errors here too: what Crossplane refuses must not pass.
/// </summary>
internal static class HyphenRange
{
    /// <summary>The constraint with comparators in place of its hyphen ranges.</summary>
    public static string Rewrite(string constraint)
    {
        if (!constraint.Contains('-', StringComparison.Ordinal))
            return constraint;
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
