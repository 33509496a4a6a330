namespace GitOpsGen.Registry.Http;

/// <summary>The <c>Link</c> header (RFC 8288), with which registries page their lists.</summary>
internal static class LinkHeader
{
    /// <summary>The target of the first link whose relation is <c>next</c>; <see langword="null"/> on the last page.</summary>
    public static string? Next(IEnumerable<string> values) => values.SelectMany(Links).FirstOrDefault();

    private static IEnumerable<string> Links(string value)
    {
        // A target may contain commas and semicolons, so the brackets are searched first.
        for (var open = value.IndexOf('<', StringComparison.Ordinal); open >= 0; )
        {
            var close = value.IndexOf('>', open);
            if (close < 0)
                yield break;

            var following = value.IndexOf('<', close);
            var parameters = value[(close + 1)..(following < 0 ? value.Length : following)];
            if (parameters.Split(';', ',').Any(IsNext))
                yield return value[(open + 1)..close];

            open = following;
        }
    }

    private static bool IsNext(string parameter) =>
        parameter.Split('=', 2) is [var name, var relation]
        && name.Trim().Equals("rel", StringComparison.OrdinalIgnoreCase)
        && relation.Trim().Trim('"').Equals("next", StringComparison.OrdinalIgnoreCase);
}
