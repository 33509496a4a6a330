using GitOpsGen.Iam;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>Makes the plan from settings and graphs: first what each registry holds for all environments, then each environment.</summary>
internal static class Planner
{
    public static (Plan Plan, ImmutableArray<Diagnostic> Found) Plan(
        PackageLock lockfile,
        ProjectSettings settings,
        ImmutableArray<PackageGraph> graphs,
        Func<EnvironmentName, bool> isSelected
    )
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var graphOf = graphs
            .SelectMany(graph => graph.Environments.Select(name => (name, graph)))
            .ToDictionary(pair => pair.name, pair => pair.graph);
        var registries = new RegistryContents(bag);
        foreach (var environment in settings.Environments)
            registries.Add(environment, graphOf[environment.Name.Value]);

        var policies = new RolePolicies(registries.Locked);
        var findings = new GraphFindings();
        var environments = settings.Environments.Where(environment => isSelected(environment.Name.Value)).Select(PlanEnvironment).ToImmutableArray();
        NameRules.Check(lockfile.Packages, environments.Select(e => (e.Settings, graphOf[e.Settings.Name.Value])), findings, bag);
        findings.AddTo(bag);
        SharedRoles.Check(environments, bag);
        EngineObjects.Check(settings.Environments.Select(environment => (environment, graphOf[environment.Name.Value].Waves.Length)), bag);
        PackagePatterns.Check(settings.Environments, isSelected, graphOf, bag);
        var registryPlans = registries.Plans();
        var plan = new Plan(environments, BasePackages(lockfile), registryPlans, ArgoCd(settings), AccessIndex.Of(AllAccess(), registryPlans));
        return (plan, bag.ToImmutable());

        EnvironmentPlan PlanEnvironment(EnvironmentSettings environment)
        {
            var planned = PlannerOf(environment, findings, bag).Plan();
            FluxVariables.Check(planned, findings.In(environment.Name.Value));
            return planned;
        }

        EnvironmentPlanner PlannerOf(EnvironmentSettings environment, GraphFindings found, DiagnosticBag reported)
        {
            var graph = graphOf[environment.Name.Value];
            return new(environment, graph, registries.ImagesOf(environment.Routes, graph), policies, found.In(environment.Name.Value), reported);
        }

        // The index is of all environments; what is wrong with those that are not rendered is said when they are.
        IEnumerable<(EnvironmentSettings, AccessPlan?)> AllAccess()
        {
            var planned = environments.ToDictionary(environment => environment.Settings.Name.Value, environment => environment.Access);
            return settings.Environments.Select(environment =>
                (environment, planned.TryGetValue(environment.Name.Value, out var access) ? access : PlannerOf(environment, new(), new()).Access())
            );
        }
    }

    private static ImmutableArray<BasePackage> BasePackages(PackageLock lockfile) =>
        [
            .. lockfile
                .Packages.Where(entry => entry.Kind != PackageKind.Crossplane)
                .GroupBy(
                    entry => (entry.Kind, entry.ObjectName),
                    (package, entries) => new BasePackage(package.Kind, package.ObjectName, [.. entries])
                )
                .OrderBy(package => package.Name),
        ];

    private static ArgoCdInstance? ArgoCd(ProjectSettings settings) =>
        settings.Environments.Select(e => e.GitOps.ArgoCd?.Namespace).OfType<string>().Distinct().ToArray() switch
        {
            [] => null,
            [var one] => new(one),
            _ => new(Namespace: null),
        };
}
