using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Planning;

namespace GitOpsGen.Review;

/// <summary>
/// Which environments change alike. Their own name, account, region and registry host become placeholders, and nothing else; what is equal
/// then is one group.
/// </summary>
internal static class EnvironmentGroups
{
    /// <summary>The groups, the largest first; environments without a change are in none.</summary>
    /// <param name="pairs">The environments, in the order of the report.</param>
    /// <param name="items">All that changes.</param>
    /// <param name="files">The files that differ, below the output.</param>
    public static ImmutableArray<EnvironmentGroup> Of(
        IEnumerable<EnvironmentPair> pairs,
        IEnumerable<ReviewItem> items,
        IEnumerable<FileChange> files
    )
    {
        var said = pairs.ToDictionary(pair => pair.Name, _ => new List<string>(), StringComparer.Ordinal);
        foreach (var item in items)
        {
            foreach (var environment in item.Environments)
            {
                said[environment].Add($"{item.GetType().Name}\0{item.Key}");
            }
        }

        foreach (var file in files)
        {
            if (file.Path.Split('/') is [_, var environment, _, ..] && said.TryGetValue(environment, out var lines))
            {
                lines.Add($"{file.Change}\0{file.Path}");
            }
        }

        return
        [
            .. pairs
                .Where(pair => said[pair.Name].Count > 0)
                .GroupBy(pair => Neutral(said[pair.Name], pair), StringComparer.Ordinal)
                .Select(group => new EnvironmentGroup([.. group.Select(pair => pair.Name)]))
                .OrderByDescending(group => group.Environments.Length),
        ];
    }

    // The host has the account and the region in it, so it goes first.
    private static string Neutral(List<string> lines, EnvironmentPair pair)
    {
        var text = new StringBuilder(string.Join('\n', lines.Order(StringComparer.Ordinal)));
        foreach (var (value, placeholder) in Own(pair.After ?? pair.Before!))
        {
            text.Replace(value, placeholder);
        }

        return string.Join('\n', text.ToString().Split('\n').Order(StringComparer.Ordinal));
    }

    // Characters that no input can have: they are refused as controls.
    private static IEnumerable<(string Value, string Placeholder)> Own(EnvironmentPlan plan)
    {
        var settings = plan.Settings;
        yield return (settings.Registry.Host.Value, "\u0001");
        if (settings.Registry.Ecr is { } ecr)
        {
            yield return (ecr.Account.ToString(), "\u0002");
            yield return (ecr.Region.ToString(), "\u0003");
        }

        if (settings.ClusterAccount is { } account)
        {
            yield return (account.ToString(), "\u0004");
        }

        yield return (settings.Name.Value.Value, "\u0005");
    }
}
