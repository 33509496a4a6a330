using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Packages;
using GitOpsGen.Planning;
using GitOpsGen.Review;
using GitOpsGen.Settings;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>Plans from the entries of <see cref="Locks"/>, for environments that are written as settings have them.</summary>
internal static class Plans
{
    private const string Plain = "registry: { host: harbor.example.com }, gitops: { engine: none }";

    public static ProjectSettings Settings(params string[] environments)
    {
        var text = "settingsVersion: 1\nenvironments:\n" + string.Concat(environments.Select(environment => $"  {environment}\n"));
        var (settings, found) = SettingsReader.Read(".config/gitopsgen.yaml", Encoding.UTF8.GetBytes(text));
        Assert.Empty(found.Where(one => one.Severity == Severity.Error));
        return settings!;
    }

    public static Plan Of(string[] entries, params string[] environments)
    {
        var settings = Settings(environments);
        var lockfile = Locks.Read(entries.DefaultIfEmpty("  []\n"));
        var (graphs, _) = GraphBuilder.Build(lockfile, [.. settings.Environments.Select(e => e.Name.Value)], _ => true);
        return Planner.Plan(lockfile, settings, graphs, _ => true).Plan;
    }

    /// <summary>The environment <c>dev</c> with other entries.</summary>
    public static EnvironmentPair Pair(string[] before, string[] after, string settings = Plain) =>
        new("dev", Dev(before, settings), Dev(after, settings));

    /// <summary>The environment <c>dev</c> with other settings.</summary>
    public static EnvironmentPair Pair(string[] entries, string before, string after) => new("dev", Dev(entries, before), Dev(entries, after));

    private static EnvironmentPlan Dev(string[] entries, string settings) => Assert.Single(Of(entries, $"dev: {{ {settings} }}").Environments);
}
