using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Planning;
using GitOpsGen.Settings;

namespace GitOpsGen.Review;

/// <summary>
/// Which environments change alike. Their own name, account, region and registry host become placeholders, and nothing else; what is equal
/// then is one group.
/// </summary>
internal static class EnvironmentGroups
{
    // Characters of a private area, which no text of a repository has a reason to hold.
    private const char FirstPlaceholder = '\uE000';

    private const int Steps = 11;

    private const char Separator = '\uE100';

    /// <summary>The groups, the largest first; environments without a change are in none.</summary>
    /// <param name="pairs">The environments, in the order of the report.</param>
    /// <param name="items">All that changes.</param>
    /// <param name="files">The files that differ, below the output.</param>
    /// <param name="contents">What else happens in an environment, and is in no item.</param>
    public static ImmutableArray<EnvironmentGroup> Of(
        IEnumerable<EnvironmentPair> pairs,
        IEnumerable<ReviewItem> items,
        IEnumerable<FileChange> files,
        IEnumerable<(string Environment, string Text)> contents
    )
    {
        var all = pairs.ToList();
        var lines = items
            .SelectMany(item => item.Environments.Select(name => new Line(name, $"{item.GetType().Name}\0{item.Key}")))
            .Concat(
                from file in files
                join pair in all on file.Environment equals pair.Name
                select new Line(pair.Name, $"{file.Change}\0{file.Path}")
            )
            .Concat(from content in contents join pair in all on content.Environment equals pair.Name select new Line(pair.Name, content.Text));
        var said = Neutral([.. lines], all).ToLookup(line => line.Environment, line => line.Text, StringComparer.Ordinal);
        return
        [
            .. all.Where(pair => said.Contains(pair.Name))
                .GroupBy(pair => string.Join(Separator, said[pair.Name].Order(StringComparer.Ordinal)), StringComparer.Ordinal)
                .Select(group => new EnvironmentGroup([.. group.Select(pair => pair.Name)]))
                .OrderByDescending(group => group.Environments.Length),
        ];
    }

    // What several environments say word for word is about none of them, though one may be called like a word of it. So value after value is
    // replaced, and only where all that say a line agree on what it becomes.
    private static List<Line> Neutral(List<Line> lines, List<EnvironmentPair> pairs)
    {
        var own = pairs.ToDictionary(pair => pair.Name, OwnOf, StringComparer.Ordinal);
        for (var step = 0; step < Steps; step++)
        {
            lines = [.. lines.GroupBy(line => line.Text, StringComparer.Ordinal).SelectMany(same => Neutral(same, own, step))];
        }

        return lines;
    }

    private static IEnumerable<Line> Neutral(IGrouping<string, Line> same, Dictionary<string, string?[]> own, int step)
    {
        var forms = same.Select(line => Replaced(same.Key, own[line.Environment][step], (char)(FirstPlaceholder + step)))
            .ToHashSet(StringComparer.Ordinal);
        return forms.Count > 1 ? same : same.Select(line => line with { Text = forms.First() });
    }

    // Whole words only: the environment dev is not in device.
    private static string Replaced(string text, string? value, char placeholder)
    {
        if (value is null)
        {
            return text;
        }

        var (replaced, done) = (new StringBuilder(), 0);
        for (var at = text.IndexOf(value, StringComparison.Ordinal); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.Ordinal))
        {
            var end = at + value.Length;
            if (at >= done && !IsInWord(text, at) && !IsInWord(text, end))
            {
                replaced.Append(text, done, at - done).Append(placeholder);
                done = end;
            }
        }

        return done == 0 ? text : replaced.Append(text, done, text.Length - done).ToString();
    }

    private static bool IsInWord(string text, int place) =>
        place > 0 && place < text.Length && char.IsLetterOrDigit(text[place - 1]) && char.IsLetterOrDigit(text[place]);

    // The host has the account and the region in it, so it goes first; a name is an environment's own most surely in the path of a file.
    private static string?[] OwnOf(EnvironmentPair pair) =>
        [.. PlaceOf(pair.After), .. PlaceOf(pair.Before), $"\0iam/{pair.Name}/", $"\0overlays/{pair.Name}/", pair.Name];

    private static string?[] PlaceOf(EnvironmentPlan? plan) =>
        [
            .. PlacesOf(plan?.Settings.Routes.Default),
            .. plan?.Settings.Routes.Own.SelectMany(PlacesOf) ?? [],
            plan?.Settings.ClusterAccount?.ToString(),
        ];

    private static string?[] PlacesOf(UpstreamRoute? route) =>
        [route?.Registry?.Host.Value, route?.Registry?.Ecr?.Account.ToString(), route?.Registry?.Ecr?.Region.ToString()];

    private readonly record struct Line(string Environment, string Text);
}
