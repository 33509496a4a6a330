namespace GitOpsGen.Rendering;

/// <summary>Words for messages.</summary>
internal static class Sentences
{
    private const int Longest = 20;

    /// <summary>Names in a row, cut where nobody would read on.</summary>
    public static string Listing(IEnumerable<string> names)
    {
        var shown = names.Take(Longest + 1).ToList();
        return shown.Count switch
        {
            0 => "nothing",
            > Longest => string.Join(", ", shown.Take(Longest)) + " and others",
            _ => string.Join(", ", shown),
        };
    }
}
