using System.Globalization;
using System.Text.Json.Nodes;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>Every kustomization of every scenario, built by real Kustomize.</summary>
public sealed class KustomizeTests
{
    [Theory]
    [InlineData("kubectl")] // Kustomize 5.5
    [InlineData("kubectl35")] // Kustomize 5.7
    public void Every_kustomization_builds_to_the_expected_objects(string program)
    {
        var kustomize = Kustomize.Require(program);
        // The newer one what is applied, the older one each part of it too.
        var folders = LongProof
            .Of(Scenario.Rendering())
            .SelectMany(scenario => Kustomizations(scenario.Output))
            .Where(folder => IsBuilt(folder) && (program == "kubectl" || IsApplied(folder)))
            .ToList();
        kustomize.BuildAll(folders);

        Assert.InRange(folders.Count, LongProof.Count(100, 30), int.MaxValue);
        Assert.All(folders, folder => kustomize.Build(folder));
        foreach (var scenario in LongProof.Of(Scenario.Rendering()))
        {
            foreach (var environment in ExpectedPlan.Of(scenario).Environments)
            {
                var overlay = Path.Combine(scenario.Output, "overlays", environment.Name);
                var packages = kustomize.Build(Applied(overlay)[0]);
                // A runtime of the user's template says more than the settings.
                var isOwn = File.Exists(Path.Combine(scenario.Folder, RuntimeTemplate));
                var usersOwn = Objects(Written(overlay).Where(written => IsUsers(written.File, environment)).Select(written => written.Object));
                Assert.Equal(Compared(environment.Packages.SelectMany(Objects).Distinct().Concat(usersOwn)), Compared(Objects(packages)));

                IEnumerable<string> Compared(IEnumerable<string> objects) =>
                    objects.Where(o => !isOwn || !o.Contains(" DeploymentRuntimeConfig ", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("kubectl")] // Kustomize 5.5
    [InlineData("kubectl35")] // Kustomize 5.7
    public void One_apply_sends_prerequisites_first_then_each_wave_then_extras(string program)
    {
        var kustomize = Kustomize.Require(program);
        var compared = 0;
        foreach (var scenario in LongProof.Of(Scenario.Rendering()))
        {
            foreach (var environment in ExpectedPlan.Of(scenario).Environments)
            {
                var overlay = Path.Combine(scenario.Output, "overlays", environment.Name);
                var places = Written(overlay)
                    .DistinctBy(written => written.Object.Id)
                    .ToDictionary(written => written.Object.Id, written => Place(written.File));
                foreach (var folder in Applied(overlay))
                {
                    var order = kustomize.Build(folder).Select(o => places.GetValueOrDefault(o.Id, BeforeAll)).ToList();
                    Assert.Equal(order.Order(), order);
                    compared += order.Contains(0) && order.Contains(-1) ? 1 : 0;
                }
            }
        }

        Assert.InRange(compared, LongProof.Count(20, 5), int.MaxValue);
    }

    [Fact]
    public void Every_base_builds_to_an_object_without_a_package()
    {
        var kustomize = Kustomize.Require();
        using var temp = new TempFolder();
        var bases = Scenario
            .Rendering()
            .SelectMany(scenario => Bases(scenario.Output))
            .DistinctBy(folder => File.ReadAllText(Path.Combine(folder, "package.yaml")))
            .ToList();
        Assert.InRange(bases.Count, 20, int.MaxValue);

        // One build for all: a hundred programs would take longer to start than to work.
        var parents = bases
            .GroupBy(folder => Path.GetFileName(folder)!)
            .SelectMany(same => same.Select((folder, number) => (folder, number)))
            .GroupBy(pair => pair.number);
        foreach (var parent in parents)
        {
            var resources = parent.Select(pair => "- " + Path.GetRelativePath(temp[$"{parent.Key}"], pair.folder).Replace('\\', '/'));
            temp.Write($"{parent.Key}/kustomization.yaml", "resources:\n" + string.Join('\n', resources) + "\n");
            var objects = kustomize.Build(temp[$"{parent.Key}"]);

            Assert.Equal(parent.Count(), objects.Count);
            Assert.All(objects, o => Assert.Empty(o.Content["spec"]!.AsObject()));
        }
    }

    [Fact]
    public void A_package_stands_in_a_later_wave_than_what_it_needs()
    {
        var compared = 0;
        foreach (var scenario in Scenario.Rendering())
        {
            foreach (var environment in ExpectedPlan.Of(scenario).Environments)
            {
                var packages = Path.Combine(scenario.Output, "overlays", environment.Name, "packages");
                var waves = environment.Packages.ToDictionary(package => package.Upstream, package => WaveOf(packages, package.ObjectName));
                foreach (var package in environment.Packages)
                {
                    var needed = (package.DependsOn ?? []).Where(waves.ContainsKey).Select(upstream => waves[upstream]).ToList();
                    if (package.DependsOn is not null)
                        Assert.Equal(needed.Count == 0 ? 0 : needed.Max() + 1, waves[package.Upstream]);
                    else
                        Assert.All(
                            environment.Packages.Where(p => p.DependsOn?.Contains(package.Upstream) == false),
                            p => Assert.True(waves[p.Upstream] < waves[package.Upstream])
                        );
                    compared++;
                }
            }
        }

        Assert.InRange(compared, 100, int.MaxValue);
    }

    private const string RuntimeTemplate = "templates/overlays/{environment}/packages/prerequisites/deploymentruntimeconfig-{runtime}.yaml.scriban";

    private const int BeforeAll = -2; // what installs the core, and whatever stands beside it

    /// <summary>The objects in the files of an overlay that one apply sends; a patch of a package is its package here.</summary>
    private static IEnumerable<(string File, BuiltObject Object)> Written(string overlay) =>
        Directory
            .GetFiles(Path.Combine(overlay, "packages"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "kustomization.yaml")
            .SelectMany(file => Documents.ReadAll(File.ReadAllText(file)).Select(document => (file, new BuiltObject((JsonObject)document!))));

    private static bool IsUsers(string file, ExpectedEnvironment environment) =>
        Path.GetFileNameWithoutExtension(file) is var name
        && Path.GetFileName(Path.GetDirectoryName(file)!) switch
        {
            "prerequisites" => !name.StartsWith("imageconfig-", StringComparison.Ordinal)
                && !name.StartsWith("deploymentruntimeconfig-", StringComparison.Ordinal),
            var folder when folder.StartsWith("wave-", StringComparison.Ordinal) => environment.Packages.All(package => package.ObjectName != name),
            _ => true,
        };

    private static int Place(string file) =>
        file.Split(Path.DirectorySeparatorChar)
            .Last(segment => segment is "prerequisites" or "extras" || segment.StartsWith("wave-", StringComparison.Ordinal)) switch
        {
            "prerequisites" => -1,
            "extras" => int.MaxValue,
            var wave => int.Parse(wave["wave-".Length..], CultureInfo.InvariantCulture),
        };

    private static IEnumerable<string> Kustomizations(string output) =>
        !Directory.Exists(Path.Combine(output, "overlays"))
            ? []
            : Directory
                .GetFiles(Path.Combine(output, "overlays"), "kustomization.yaml", SearchOption.AllDirectories)
                .Select(file => Path.GetDirectoryName(file)!);

    private static string[] Bases(string output) =>
        Directory.Exists(Path.Combine(output, "base")) ? Directory.GetDirectories(Path.Combine(output, "base")) : [];

    /// <summary>Kustomize builds each folder that a kustomization names by itself: what holds nothing else is built with the folder above.</summary>
    private static bool IsBuilt(string folder) =>
        Path.GetFileName(folder) switch
        {
            "packages" => HoldsTheCore(Path.GetDirectoryName(folder)!),
            "prerequisites" => false,
            var name => !name.StartsWith("wave-", StringComparison.Ordinal),
        };

    private static bool IsApplied(string folder) =>
        Path.GetFileName(folder) == "packages" || Path.GetFileName(Path.GetDirectoryName(folder)) == "overlays";

    /// <summary>What one apply may be given, the packages first. Without the core, the overlay builds to the packages and nothing else.</summary>
    private static string[] Applied(string overlay) => HoldsTheCore(overlay) ? [Path.Combine(overlay, "packages"), overlay] : [overlay];

    /// <summary>With Flux, the core is in the overlay beside the packages: see FluxTests.</summary>
    private static bool HoldsTheCore(string overlay) => File.Exists(Path.Combine(overlay, "crossplane", "kustomization.yaml"));

    // What ImageConfigs do is asked for in PullTests, in whatever objects it is written.
    private static IEnumerable<string> Objects(IEnumerable<BuiltObject> built) =>
        built.Where(o => o.Kind != "ImageConfig").Select(o => Object(o.Content["apiVersion"]!.GetValue<string>(), o.Kind, o.Name, o.Content["spec"]));

    private static IEnumerable<string> Objects(ExpectedPackage package)
    {
        yield return Object("pkg.crossplane.io/v1", package.Kind, package.ObjectName, package.Spec);
        if (package.RuntimeSpec is { } runtime)
            yield return Object("pkg.crossplane.io/v1beta1", "DeploymentRuntimeConfig", package.RuntimeName, runtime);
    }

    private static string Object(string version, string kind, string name, JsonNode? spec) => $"{version} {kind} {name} {Documents.Canonical(spec)}";

    private static int WaveOf(string packages, string name) =>
        int.Parse(
            Path.GetFileName(Directory.GetDirectories(packages, "wave-*").Single(wave => File.Exists(Path.Combine(wave, name + ".yaml"))))[
                "wave-".Length..
            ],
            CultureInfo.InvariantCulture
        );
}
