namespace GitOpsGen.Validation.Schemas;

/// <summary><c>minimum</c> and <c>maximum</c>, with or without the bounds themselves, and the ranges of numeric formats.</summary>
internal sealed class RangeConstraint(decimal? minimum, decimal? maximum, bool excludesMinimum = false, bool excludesMaximum = false) : Constraint
{
    /// <summary>The rule that a number outside of the range breaks.</summary>
    public Rule Rule { get; init; } = Rules.FieldValue;

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlScalar scalar || NodeEquality.Number(scalar) is not { } approximate)
            return;

        if (Compare(scalar, approximate, minimum) is < 0 || (excludesMinimum && Compare(scalar, approximate, minimum) == 0))
        {
            inspection.Report(
                Rule,
                value,
                $"is {Excerpt.Of(scalar.Text)}, which is too small",
                $"Give a number {(excludesMinimum ? "above" : "of at least")} {Text(minimum)}."
            );
        }
        else if (Compare(scalar, approximate, maximum) is > 0 || (excludesMaximum && Compare(scalar, approximate, maximum) == 0))
        {
            inspection.Report(
                Rule,
                value,
                $"is {Excerpt.Of(scalar.Text)}, which is too large",
                $"Give a number {(excludesMaximum ? "below" : "of at most")} {Text(maximum)}."
            );
        }
    }

    // Whole numbers exactly: a double cannot tell the neighbours of 2^53 apart.
    private static int? Compare(YamlScalar scalar, double approximate, decimal? bound) =>
        bound is null ? null
        : scalar.ToInteger() is { } whole ? decimal.Compare(whole, bound.Value)
        : approximate.CompareTo((double)bound.Value);

    private static string Text(decimal? bound) => bound!.Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary><c>minLength</c> and <c>maxLength</c>, which count code points.</summary>
internal sealed class LengthConstraint(long minimum, long maximum) : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlScalar { Kind: ScalarKind.String } scalar)
            return;

        var length = CodePoints(scalar.Text);
        if (length < minimum)
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                length == 0 ? "is empty" : $"has {length} characters, fewer than {minimum}",
                $"Give at least {minimum} character{(minimum == 1 ? "" : "s")}."
            );
        }
        else if (length > maximum)
        {
            inspection.Report(Rules.FieldValue, value, $"has {length} characters, more than {maximum}", $"Give at most {maximum} characters.");
        }
    }

    public static int CodePoints(string text)
    {
        var count = text.Length;
        for (var i = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') + 1; i > 0 && i < text.Length; i++)
            count -= char.IsSurrogatePair(text[i - 1], text[i]) ? 1 : 0;

        return count;
    }
}

/// <summary><c>enum</c>.</summary>
internal sealed class EnumConstraint(YamlSequence allowed) : Constraint
{
    private const int MostNamed = 12;

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        foreach (var item in allowed.Items)
        {
            if (NodeEquality.Instance.Equals(item, value))
                return;
        }

        var actual = value is YamlScalar scalar ? $"is '{Excerpt.Of(scalar.Text)}', which is not allowed" : "has a value that is not allowed";
        inspection.Report(Rules.FieldValue, value, actual, $"Use one of {Names()}.");
    }

    private string Names()
    {
        var names = allowed.Items.Take(MostNamed).Select(item => item is YamlScalar scalar ? $"'{Excerpt.Of(scalar.Text, 40)}'" : "...");
        return string.Join(", ", names) + (allowed.Items.Length > MostNamed ? ", ..." : "");
    }
}

/// <summary><c>pattern</c>, which may match any part of the text. It is translated when a value first needs it.</summary>
internal sealed class PatternConstraint(string pattern) : Constraint
{
    private readonly Lazy<GoPattern> translated = new(() => GoPattern.Translate(pattern));

    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is not YamlScalar { Kind: ScalarKind.String } text)
            return;

        switch (translated.Value.IsMatch(text.Text))
        {
            case false:
                inspection.Report(
                    Rules.FieldValue,
                    value,
                    $"is '{Excerpt.Of(text.Text)}', which does not match the pattern of the schema",
                    $"Give a value that matches {Excerpt.Of(pattern, 200)}."
                );
                break;
            case null:
                inspection.Leave(
                    Rules.NotEvaluated,
                    value,
                    $"is not checked against the pattern {Excerpt.Of(pattern)}: {translated.Value.WhyNotMatched}",
                    "Check it on a cluster."
                );
                break;
        }
    }
}

/// <summary><c>format</c> of a string.</summary>
internal sealed class FormatConstraint(string name, Func<string, bool> isValid) : Constraint
{
    public override void Check(Schema schema, YamlNode value, Inspection inspection)
    {
        if (value is YamlScalar { Kind: ScalarKind.String } text && !isValid(text.Text))
        {
            inspection.Report(
                Rules.FieldValue,
                value,
                $"is '{Excerpt.Of(text.Text)}', which is not in the format {name}",
                $"Write it in the format {name}."
            );
        }
    }
}
