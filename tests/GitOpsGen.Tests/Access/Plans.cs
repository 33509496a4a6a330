using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Planning;
using GitOpsGen.Settings;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Access;

/// <summary>The product's own plan of a scenario.</summary>
internal static class Plans
{
    /// <summary>Every planned document with its number from 0 and its path.</summary>
    public static IEnumerable<(PlannedDocument Planned, int Number, string Path)> Of(Scenario scenario)
    {
        var plan = PlanOf(scenario);
        var documents = new PlannedDocuments(plan);
        foreach (
            var file in FolderSnapshot
                .Of(scenario.Output)
                .Files.Keys.Where(path =>
                    path.StartsWith("iam/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal) && path != AccessIndex.Path
                )
        )
        {
            var planned = documents.Find(RelativePath.Parse(file));
            Assert.True(planned is not null, $"{file} is not planned.");
            var rest = file[planned.Stem.Length..^".json".Length];
            yield return (planned, rest.Length == 0 ? 0 : int.Parse(rest[1..], System.Globalization.CultureInfo.InvariantCulture) - 1, file);
        }
    }

    public static Plan PlanOf(Scenario scenario)
    {
        var inputs = new InputTree(scenario.Folder);
        var file = inputs.ReadSettings(TestContext.Current.CancellationToken);
        var settings = SettingsReader.Read(file.Path, file.Content!.Value.Span).Value!;
        var locked = inputs.ReadLockfile(settings.Lockfile, TestContext.Current.CancellationToken);
        var lockfile = LockfileReader.Read(locked.Path, locked.Content!.Value.Span).Value!;
        return PlanOf(settings, lockfile);
    }

    public static Plan PlanOf(ProjectSettings settings, PackageLock lockfile)
    {
        var graphs = GraphBuilder.Build(lockfile, [.. settings.Environments.Select(e => e.Name.Value)], _ => true).Item1;
        return Planner.Plan(lockfile, settings, graphs, _ => true).Plan;
    }
}
