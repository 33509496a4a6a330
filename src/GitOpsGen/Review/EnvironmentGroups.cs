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

    // The group of environments without a change.
    private const int Silent = 0;

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
        if (all.Count == 0)
            return [];

        var places = all.Index().ToDictionary(pair => pair.Item.Name, pair => pair.Index, StringComparer.Ordinal);
        var shared = new Dictionary<ImmutableArray<string>, List<int>>();
        var lines = items
            .Select(item => new Line($"{item.GetType().Name}\0{item.Key}", PlacesIn(item.Environments)))
            .Concat(
                from file in files
                join pair in all on file.Environment equals pair.Name
                select new Line($"{file.Change}\0{file.Path}", [places[pair.Name]])
            )
            .Concat(
                from content in contents
                join pair in all on content.Environment equals pair.Name
                select new Line(content.Text, [places[pair.Name]])
            );
        var groups = Divided(Neutral(lines, OwnOf(all)), all.Count);
        return
        [
            .. all.Where((_, place) => groups[place] != Silent)
                .GroupBy(pair => groups[places[pair.Name]])
                .Select(group => new EnvironmentGroup([.. group.Select(pair => pair.Name)]))
                .OrderByDescending(group => group.Environments.Length),
        ];

        List<int> PlacesIn(ImmutableArray<string> names) =>
            shared.TryGetValue(names, out var known) ? known : shared[names] = [.. names.Select(name => places[name])];
    }

    // What several environments say word for word is about none of them, though one may be called like a word of it. So value after value is
    // replaced, and only where it is the same for all that say a line.
    private static List<Line> Neutral(IEnumerable<Line> lines, string?[][] own)
    {
        var told = Told(lines);
        for (var step = 0; step < own[0].Length; step++)
        {
            var placeholder = (char)(FirstPlaceholder + step);
            told = Told(
                told.Select(line =>
                    own[line.Environments[0]][step] is { } value && line.Environments.TrueForAll(place => own[place][step] == value)
                        ? line with
                        {
                            Text = Replaced(line.Text, value, placeholder),
                        }
                        : line
                )
            );
        }

        return told;
    }

    // Each line once. Many environments say what a document says that they share, so their number does not multiply it.
    private static List<Line> Told(IEnumerable<Line> lines) =>
        [
            .. lines
                .Where(line => line.Environments.Count > 0)
                .GroupBy(line => line.Text, StringComparer.Ordinal)
                .Select(same => same.Skip(1).Any() ? new(same.Key, [.. same.SelectMany(line => line.Environments)]) : same.First()),
        ];

    // Line by line, environments part that do not say it equally often. Returns a number for each.
    private static int[] Divided(List<Line> lines, int environments)
    {
        var (groups, last) = (new int[environments], Silent);
        foreach (var saying in lines.Select(line => line.Environments).Distinct())
        {
            var parts = new Dictionary<(int Group, int Times), int>();
            foreach (var (place, times) in saying.CountBy(place => place))
                groups[place] = parts.TryGetValue((groups[place], times), out var known) ? known : parts[(groups[place], times)] = ++last;
        }

        return groups;
    }

    // Whole words only: the environment dev is not in device.
    private static string Replaced(string text, string value, char placeholder)
    {
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

    // For each environment, the values that are its own, in one order for all. The host has the account and the region in it, so it goes
    // first; a name is an environment's own most surely in the path of a file.
    private static string?[][] OwnOf(List<EnvironmentPair> pairs)
    {
        var routes = pairs.SelectMany(pair => new[] { pair.After, pair.Before }).Max(plan => RoutesOf(plan).Count());
        return
        [
            .. pairs.Select(pair =>
                (string?[])
                    [.. PlacesOf(pair.After, routes), .. PlacesOf(pair.Before, routes), $"\0iam/{pair.Name}/", $"\0overlays/{pair.Name}/", pair.Name]
            ),
        ];
    }

    private static IEnumerable<string?> PlacesOf(EnvironmentPlan? plan, int routes) =>
        RoutesOf(plan)
            .Concat(Enumerable.Repeat<UpstreamRoute?>(null, routes))
            .Take(routes)
            .SelectMany(route =>
                new[] { route?.Registry?.Host.Value, route?.Registry?.Ecr?.Account.ToString(), route?.Registry?.Ecr?.Region.ToString() }
            )
            .Append(plan?.Settings.ClusterAccount?.ToString());

    private static IEnumerable<UpstreamRoute?> RoutesOf(EnvironmentPlan? plan) =>
        plan is null ? [] : [plan.Settings.Routes.Default, .. plan.Settings.Routes.Own];

    /// <param name="Text">What happens.</param>
    /// <param name="Environments">The places of the environments in which it does, one as often as it says it.</param>
    private readonly record struct Line(string Text, List<int> Environments);
}
