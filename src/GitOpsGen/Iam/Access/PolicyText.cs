namespace GitOpsGen.Iam.Access;

/// <summary>The texts of a policy that stand for several: actions, resources and values with wildcards and variables.</summary>
internal static class PolicyText
{
    private const int ArnParts = 6;

    /// <summary>Whether IAM replaces something in the text: <c>${aws:PrincipalTag/team}</c>.</summary>
    public static bool HasVariable(string text) => text.Contains("${", StringComparison.Ordinal);

    /// <summary>The text with <c>*</c> for each variable: all that it can become.</summary>
    private static string Widened(string text)
    {
        if (!HasVariable(text))
            return text;

        var widened = new StringBuilder();
        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            var start = rest.IndexOf("${", StringComparison.Ordinal);
            widened.Append(start < 0 ? rest : rest[..start]);
            if (start < 0)
                break;

            widened.Append('*');
            var end = rest[start..].IndexOf('}');
            rest = end < 0 ? [] : rest[(start + end + 1)..];
        }

        return widened.ToString();
    }

    /// <summary>Case is folded as far as IAM's grammar for actions goes.</summary>
    public static string Folded(string action) => action.ToLowerInvariant();

    /// <summary>
    /// Resources are compared with case. Surely a match: part by part, as the parts of an ARN are. Perhaps a match: where a wildcard
    /// would have to cross a colon, where a part is missing, and where a variable stands (IAM User Guide, "Resource": the last <c>*</c> of a part
    /// "can expand to match beyond the colon boundaries").
    /// </summary>
    public static Certainty ResourceMatches(string pattern, string resource)
    {
        if (pattern == "*")
            return Certainty.Yes;

        var byParts = HasVariable(pattern) ? Certainty.Maybe : ArnMatches(pattern, resource);
        return byParts == Certainty.No ? Certain.And(Certainty.Maybe, Certain.Of(Wildcard.Matches(WidestResource(pattern), resource))) : byParts;
    }

    /// <summary>All that a resource can mean, as one pattern in which <c>*</c> stands for anything.</summary>
    private static string WidestResource(string pattern)
    {
        var widened = Widened(pattern);
        return pattern.Split(':', ArnParts).Length < ArnParts && widened != "*" && !widened.EndsWith('*') ? widened + ":*" : widened;
    }

    /// <summary>Whether whatever the inner pattern can mean is surely among the outer's. The outer has no variable that counts.</summary>
    public static bool ActionContains(string outer, string inner)
    {
        var (foldedOuter, foldedInner) = (Folded(outer), Folded(inner));
        return foldedOuter == foldedInner || (IsPlainService(foldedOuter) && Wildcard.Contains(foldedOuter, foldedInner));
    }

    /// <inheritdoc cref="ActionContains"/>
    public static bool ResourceContains(string outer, string inner)
    {
        if (outer == "*" || HasVariable(outer))
            return outer == "*";

        var (patterns, parts) = (outer.Split(':', ArnParts), WidestResource(inner).Split(':', ArnParts));
        return patterns.Length == ArnParts && parts.Length == ArnParts && patterns.Zip(parts).All(pair => Wildcard.Contains(pair.First, pair.Second));
    }

    /// <summary>Whether something may be of both patterns.</summary>
    public static bool ActionsMayOverlap(string one, string other) => Wildcard.MayOverlap(Folded(one), Folded(other));

    /// <inheritdoc cref="ActionsMayOverlap"/>
    public static bool ResourcesMayOverlap(string one, string other) => Wildcard.MayOverlap(WidestResource(one), WidestResource(other));

    /// <summary>Whether an ARN is of a pattern, each of the six parts by itself; perhaps where the pattern is no ARN.</summary>
    public static Certainty ArnMatches(string pattern, string arn)
    {
        var (patterns, parts) = (pattern.Split(':', ArnParts), arn.Split(':', ArnParts));
        if (patterns.Length < ArnParts)
            return Certainty.Maybe;

        return parts.Length < ArnParts
            ? Certainty.No
            : Certain.All(patterns.Zip(parts), pair => Certain.Of(Wildcard.Matches(pair.First, pair.Second)));
    }

    private static bool IsPlainService(string action) =>
        action == "*" || (action.IndexOf(':') is > 0 and var colon && !Wildcard.IsPattern(action[..colon]));
}
