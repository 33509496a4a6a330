namespace GitOpsGen.Cli.Running;

/// <summary>What somebody probably meant who typed a word that means nothing.</summary>
internal static class Suggestion
{
    private const int Most = 2;

    /// <summary>A sentence to follow another one, with a space before it: the nearest names, or those that begin like the word. Empty where none does.</summary>
    public static string After(string word, IEnumerable<string> names)
    {
        var known = names.ToList();
        var near = NearNames.To(word, known).ToList();
        if (near is [] && word.TrimStart('-') is not "")
            near = [.. known.Where(name => name.StartsWith(word, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

        return near is [] ? "" : $" Did you mean {string.Join(" or ", near.Take(Most).Select(name => $"'{name}'"))}?";
    }
}
