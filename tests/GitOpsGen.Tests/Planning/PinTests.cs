using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Planning;

/// <summary>
/// Clusters that live through several locks with <c>pin: digest</c> and <c>rewrite</c>. Nothing that was applied is ever deleted, every tag
/// of every registry has moved, and Crossplane's matching is <see cref="ImageConfigs"/>.
/// </summary>
public sealed class PinTests
{
    private static readonly int Seconds = LongProof.IsWhole ? 5 : 2;

    // Repositories and versions of which one is the beginning of another, with and without an organisation, and of the registry itself.
    private static readonly (string Repository, string Kind, string More)[] Packages =
    [
        ("xpkg.upbound.io/upbound/provider-aws-s3", "Provider", ""),
        ("xpkg.upbound.io/upbound/provider-aws-s3control", "Provider", ""),
        ("xpkg.upbound.io/upbound/provider-aws-s3/deeper", "Function", "    name: upbound\n"),
        ("ghcr.io/provider-aws-s3", "Provider", ""),
        ("ghcr.io/acme/configuration-with-a-name-that-leaves-no-room-for-its-version", "Configuration", ""),
        ("harbor.example.com/own/function-x", "Function", ""),
        ("harbor.example.com/configuration-own", "Configuration", ""),
    ];

    private static readonly string[] Versions =
    [
        "v2.2.1",
        "v2.2.10",
        "v2.2.100",
        "v2.2.1-rc.1",
        "v2.2.1-rc.10",
        "v2.2.1-RC.1",
        "v2.2.1-rc-1",
        "v2.2.10-rc.1",
        "2.2.1",
    ];

    private static readonly Gen<Step> AnyStep =
        from entries in Gen.Select(Gen.Int[-1, Versions.Length - 1], Gen.Int[0, 2]).Array[Packages.Length]
        from prefix in Gen.OneOf("\"\"", "xpkg", "{ ghcr.io: gh, default: all }")
        from engine in Gen.OneOf("none", "argocd", "flux")
        from hasSecret in Gen.Bool
        select new Step(entries, prefix, engine, hasSecret);

    [Fact]
    public void Every_pull_is_of_the_locked_digest_at_its_mirror_whatever_was_pinned_before() =>
        AnyStep
            .Array[1, 5]
            .Sample(
                steps =>
                {
                    using var cluster = new Cluster();
                    Array.ForEach(steps, cluster.Move);
                },
                time: Seconds,
                threads: 1
            );

    // What the law above can see, and why a pin has the version in its name.
    [Fact]
    public void With_one_name_for_all_versions_a_package_would_follow_a_tag_until_it_is_updated()
    {
        using var cluster = new Cluster { NameOf = name => name.Split('.')[0] };
        cluster.Move(Only("v2.2.1"));

        var failure = Assert.ThrowsAny<Exception>(() => cluster.Move(Only("v2.2.10")));

        Assert.Contains("harbor.example.com/upbound/provider-aws-s3:v2.2.1", failure.Message, StringComparison.Ordinal);
    }

    // What docs/pinning.md says about the way back.
    [Theory]
    [InlineData("v2.2.10", "0")]
    [InlineData("v2.2.1-rc.1", "-rc.1")]
    public void A_pin_that_was_left_catches_a_longer_version_only_where_that_has_no_pin(string version, string rest)
    {
        using var cluster = new Cluster();
        cluster.Move(Only("v2.2.1"));
        var left = cluster.Pull($"{Packages[0].Repository}:{version}");
        cluster.Move(Only(version));

        Assert.Equal($"harbor.example.com/upbound/provider-aws-s3@{Step.Digest(Packages[0].Repository, "v2.2.1", 0)}{rest}", left);
        Assert.Equal(
            $"harbor.example.com/upbound/provider-aws-s3@{Step.Digest(Packages[0].Repository, version, 0)}",
            cluster.Pull($"{Packages[0].Repository}:{version}")
        );
    }

    [Theory]
    [InlineData("argocd", "argocd.argoproj.io/sync-options", "Delete=false,Prune=false,SkipDryRunOnMissingResource=true", true)]
    [InlineData("argocd", "argocd.argoproj.io/compare-options", "IgnoreExtraneous", false)]
    [InlineData("argocd", "argocd.argoproj.io/sync-wave", "-1", true)]
    [InlineData("flux", "kustomize.toolkit.fluxcd.io/prune", "disabled", true)]
    public void A_pin_comes_before_packages_and_stays_without_disturbing_an_engine(string engine, string annotation, string value, bool isForAll)
    {
        using var cluster = new Cluster();
        cluster.Move(Only("v2.2.1") with { Engine = engine });

        Assert.Equal(
            [("mirror-xpkg-upbound-io-upbound", isForAll ? value : null), ("pin-upbound-provider-aws-s3-v2.2.1", value)],
            cluster.Configs.Select(config => (config.Key, config.Value["metadata"]!["annotations"]?[annotation]?.GetValue<string>()))
        );
    }

    [Theory]
    [InlineData("argocd")]
    [InlineData("flux")]
    public void An_update_deletes_no_pin(string engine)
    {
        var kustomize = Kustomize.Require();
        using var before = new Cluster();
        using var after = new Cluster();
        before.Move(Only("v2.2.1") with { Engine = engine });
        after.Move(Only("v2.2.10") with { Engine = engine });

        Assert.Empty(Deleted(isGuarded: true));
        Assert.Equal(["pin-upbound-provider-aws-s3-v2.2.1"], Deleted(isGuarded: false).Select(o => o.Name));

        IEnumerable<BuiltObject> Deleted(bool isGuarded)
        {
            var change = new GarbageCollection(kustomize, before.Output, after.Output, isGuarded);
            return engine == "flux" ? change.ByFlux("one") : change.ByArgoCd("one");
        }
    }

    // A pull by digest asks for what a pull by tag asks for: the manifest (ecr:BatchGetImage) and its layers (ecr:GetDownloadUrlForLayer).
    [Theory]
    [InlineData("several-organisations-rewritten")]
    [InlineData("own-packages-beside-rewritten-ones")]
    public void Access_is_the_same_by_tag_and_by_digest(string scenario)
    {
        var byTag = RenderedScenario.Of(new(scenario));
        using var run = new ScenarioRun(new(scenario), root => Pin(Path.Combine(root, ".config", "gitopsgen.yaml")));

        var byDigest = run.Render();

        Assert.False(byDigest.HasErrors);
        Assert.Contains(byDigest.Changes, change => change.Path.Name.StartsWith("imageconfig-pin-", StringComparison.Ordinal));
        var access = byTag.Output.Below("iam");
        Assert.NotEmpty(access.Files);
        Assert.Equal("", access.DifferenceTo(run.Output(byDigest).Below("iam")));
    }

    private static void Pin(string settings) =>
        File.WriteAllText(
            settings,
            File.ReadAllText(settings).Replace("\nenvironments:", "\ndefaults: { pin: digest }\nenvironments:", StringComparison.Ordinal)
        );

    private static Step Only(string version) =>
        new([(Array.IndexOf(Versions, version), 0), .. Enumerable.Repeat((-1, 0), Packages.Length - 1)], "\"\"", "none", HasSecret: false);

    /// <summary>One lock and its settings: of each package the version, if any, and which of its images was locked.</summary>
    private sealed record Step((int Version, int Content)[] Entries, string Prefix, string Engine, bool HasSecret)
    {
        public string Lockfile =>
            "lockfileVersion: 1\npackages:\n"
            + string.Concat(
                Entries
                    .Zip(Packages)
                    .Where(pair => pair.First.Version >= 0)
                    .Select(pair =>
                    {
                        var ((repository, kind, more), version) = (pair.Second, Versions[pair.First.Version]);
                        return $"  - package: {repository}\n    kind: {kind}\n    version: {version}\n    locked: {version}@{Digest(repository, version, pair.First.Content)}\n    dependsOn: []\n{more}";
                    })
            );

        public string Settings =>
            $"settingsVersion: 1\nenvironments:\n  one:\n    registry: {{ host: harbor.example.com, prefix: {Prefix}{(HasSecret ? ", pullSecret: login" : "")} }}\n    pin: digest\n"
            + $"    gitops: {{ engine: {Engine}{(Engine == "argocd" ? ", argocd: { repoURL: https://example.com/x.git, destination: { name: one } }" : "")} }}\n";

        public static string Digest(string repository, string version, int content) =>
            "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{repository}:{version}#{content}")));
    }

    /// <summary>A cluster to which every step is applied as the engines do: the prerequisites, then package by package.</summary>
    private sealed class Cluster : IDisposable
    {
        private readonly TempFolder temp = new();
        private readonly Dictionary<string, (string Reference, HashSet<string> Pulls)> packages = new(StringComparer.Ordinal);

        /// <summary>The name of an ImageConfig in this cluster.</summary>
        public Func<string, string> NameOf { get; init; } = name => name;

        public SortedDictionary<string, JsonNode> Configs { get; } = new(StringComparer.Ordinal);

        public string Output => temp["manifests"];

        public string Pull(string reference) => new ImageConfigs(Configs.Values).Rewrite(reference);

        public void Move(Step step)
        {
            temp.Write("packages.lock.yaml", step.Lockfile);
            temp.Write(".config/gitopsgen.yaml", step.Settings);
            Assert.DoesNotContain(
                Generator.Render(new InputTree(temp.Path), new(), null, CancellationToken.None).Diagnostics,
                found => found.Severity == Severity.Error
            );
            var environment = ExpectedPlan
                .Of(Documents.ReadAll(step.Settings).Single()!, Documents.ReadAll(step.Lockfile).Single()!, new())
                .Environments.Single();
            foreach (var config in Rendered())
            {
                var name = NameOf(config["metadata"]!["name"]!.GetValue<string>());
                Configs[name] = config;
            }

            // A package that still runs the version that is locked anew follows its pin at once.
            foreach (var package in environment.Packages.Where(package => packages.ContainsKey(package.ObjectName)))
            {
                if (packages[package.ObjectName].Reference == package.Reference)
                    packages[package.ObjectName] = (package.Reference, [package.PulledReference]);
            }

            Check(step, environment);
            foreach (var package in environment.Packages)
            {
                packages[package.ObjectName] = (package.Reference, [package.PulledReference]);
                Check(step, environment);
            }
        }

        public void Dispose() => temp.Dispose();

        private IEnumerable<JsonNode> Rendered() => PullMatrix.Rendered(Output, "one");

        private void Check(Step step, ExpectedEnvironment environment)
        {
            var configs = new ImageConfigs(Configs.Values);
            foreach (var (reference, pulls) in packages.Values)
            {
                var pulled = configs.Rewrite(reference);
                Assert.True(pulls.Contains(pulled), $"{reference} is pulled from {pulled}, and not {string.Join(" or ", pulls)}");
                Assert.Matches("@sha256:[0-9a-f]{64}$", pulled);
                // The Secret is for the places of today: a package that moves to another prefix waits there for its new version.
                if (step.HasSecret && environment.Packages.Any(package => package.PulledReference == pulled))
                    Assert.Equal("login", configs.PullSecret(pulled));
            }
        }
    }
}
