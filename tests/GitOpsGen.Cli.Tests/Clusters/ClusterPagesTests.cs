using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Clusters;

/// <summary>
/// What the pages of docs/ tell to run against a cluster, run by kubectl against a small API server: the blocks <c>sh</c> of a page that
/// call kubectl, as they are there.
/// </summary>
public sealed partial class ClusterPagesTests : IDisposable
{
    private const string Family = "upbound-provider-family-aws";
    private const string Member = "upbound-provider-aws-s3";

    private readonly TempFolder tools = new();
    private readonly WorkFolder folder = new();
    private readonly Cluster cluster = new();

    public ClusterPagesTests()
    {
        foreach (var file in (string[])[WorkFolder.Lockfile, WorkFolder.Settings])
        {
            folder.Write(file, File.ReadAllText(RepositoryRoot.Combine(file)));
        }

        tools.Write("kubeconfig", cluster.Config);
    }

    public static TheoryData<string, string> Shells => new() { { "bash", "kubectl" }, { "sh", "kubectl35" } };

    public void Dispose()
    {
        cluster.Dispose();
        folder.Dispose();
        tools.Dispose();
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void The_loop_applies_prerequisites_and_then_each_wave_when_the_one_before_is_healthy(string shell, string kubectl)
    {
        Render();

        Run(shell, kubectl, Loop("prod-eu")).Exits(0);

        Assert.Equal(
            [
                "apply imageconfigs/mirror-xpkg-crossplane-io-crossplane-contrib",
                "apply imageconfigs/mirror-xpkg-upbound-io-upbound",
                "apply functions/crossplane-contrib-function-patch-and-transform",
                $"apply providers/{Family}",
                $"look providers/{Family}",
                $"apply providers/{Member}",
                $"look providers/{Member}",
            ],
            Order().Where(line => !line.StartsWith("look functions/", StringComparison.Ordinal))
        );
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void The_loop_survives_an_empty_folder_of_prerequisites(string shell, string kubectl)
    {
        Render();
        Assert.Contains(
            "resources: []",
            File.ReadAllText(folder["manifests/overlays/tfc-cluster1/packages/prerequisites/kustomization.yaml"]),
            StringComparison.Ordinal
        );

        Run(shell, kubectl, Loop("tfc-cluster1")).Exits(0);

        Assert.Equal($"apply providers/{Member}", Order().Last(line => line.StartsWith("apply", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void The_loop_stops_at_a_wave_that_is_not_healthy_and_leaves_the_shell_as_it_was(string shell, string kubectl)
    {
        Render();
        cluster.Unhealthy.Add(Family);

        var impatient = Loop("prod-eu").Replace("--timeout=15m", "--timeout=1s", StringComparison.Ordinal);
        var run = Run(shell, kubectl, $"{impatient}\necho \"ended with $? in $PWD\"");

        Assert.EndsWith($"ended with 1 in {folder.Path}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"apply providers/{Family}", cluster.Log);
        Assert.DoesNotContain($"apply providers/{Member}", cluster.Log);
    }

    [Fact]
    public void The_loop_takes_the_tenth_wave_after_the_ninth_and_extras_last()
    {
        folder.Write(WorkFolder.Lockfile, "lockfileVersion: 1\npackages:\n" + string.Concat(Enumerable.Range(0, 12).Select(Chained)));
        folder.Write("templates/overlays/{environment}/packages/extras/config.yaml.scriban", Extra);
        Render();

        Run("sh", "kubectl", Loop("prod-eu")).Exits(0);

        var applied = Order().Where(line => line.StartsWith("apply", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            [.. Enumerable.Range(0, 12).Select(i => $"apply configurations/acme-layer-{i}"), "apply providerconfigs/default"],
            applied.Where(line => !line.Contains("imageconfigs", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_page_that_installs_the_core_uses_values_that_were_rendered()
    {
        Render();
        var block = Blocks("docs/installing.md").Single(block => block.Contains("helm upgrade --install", StringComparison.Ordinal));

        Install("helm", """while [ $# -gt 0 ]; do [ "$1" = --values ] && cat "$2"; shift; done""");
        var shown = Run("sh", "kubectl", block).Exits(0).Output;

        Assert.Contains("repository: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/crossplane/crossplane", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void With_digests_each_pin_is_applied_before_the_first_package()
    {
        RenderPinned();

        Run("sh", "kubectl", Loop("prod-eu")).Exits(0);

        var applied = Order().Where(line => line.StartsWith("apply", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            [
                "apply imageconfigs/mirror-xpkg-crossplane-io-crossplane-contrib",
                "apply imageconfigs/mirror-xpkg-upbound-io-upbound",
                .. Pins.Select(pin => $"apply imageconfigs/{pin}"),
            ],
            applied.Where(line => line.Contains("imageconfigs", StringComparison.Ordinal))
        );
        Assert.Equal(applied.TakeWhile(line => line.Contains("imageconfigs", StringComparison.Ordinal)).Count(), Pins.Length + 2);
    }

    [Fact]
    public void The_pins_that_left_Git_are_listed_with_the_command_that_deletes_them_and_no_other_ImageConfig_is()
    {
        RenderPinned();
        var block = Blocks("docs/pinning.md").Single();
        Assert.Empty(Run("sh", "kubectl", block).Exits(0).Output);
        string[] old = [$"pin-{Member}-v2.2.1", $"pin-{Member}-v2.2.0-rc.1"];
        foreach (var name in (string[])[.. Pins, .. old, "mirror-ghcr-io-pin", "pull-harbor-example-com"])
        {
            cluster.Add("pkg.crossplane.io/v1beta1", "imageconfigs", $$"""{ "metadata": { "name": "{{name}}" } }""");
        }

        var shown = Run("sh", "kubectl", block).Exits(0).Output;
        Assert.DoesNotContain(cluster.Log, line => line.StartsWith("delete", StringComparison.Ordinal));
        Run("sh", "kubectl", shown).Exits(0);

        Assert.Equal(
            old.Select(name => $"delete imageconfigs/{name}").Order(StringComparer.Ordinal),
            cluster.Log.Where(line => line.StartsWith("delete", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Activation_makes_the_waiting_revision_active()
    {
        AddPackages();

        RunBlock("docs/installing.md", "\"desiredState\":\"Active\"");

        Assert.Equal("Active", $"{cluster["providerrevisions", $"{Member}-new"]!["spec"]!["desiredState"]}");
    }

    [Fact]
    public void The_lock_is_emptied_and_not_deleted()
    {
        AddPackages();

        RunBlock("docs/switching.md", "\"packages\":[]");

        Assert.Equal("[]", cluster["locks", "lock"]!["packages"]!.ToJsonString());
    }

    [Theory]
    [InlineData("docs/switching.md")]
    [InlineData("docs/updating.md")]
    public void Inactive_revisions_are_deleted_and_no_others(string page)
    {
        AddPackages();

        RunBlock(page, "xargs -r -n 2 kubectl delete");

        Assert.Null(cluster["providerrevisions", $"{Family}-old"]);
        Assert.Null(cluster["functionrevisions", "function-old"]);
        Assert.Equal(2, cluster.Log.Count(line => line.StartsWith("delete", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_inactive_revisions_nothing_is_deleted_and_nothing_fails()
    {
        RunBlock("docs/switching.md", "xargs -r -n 2 kubectl delete");

        Assert.DoesNotContain(cluster.Log, line => line.StartsWith("delete", StringComparison.Ordinal));
    }

    [Fact]
    public void What_proves_a_move_shows_images_and_waits_for_rollouts()
    {
        AddPackages();

        var shown = RunBlock("docs/switching.md", "rollout status").Output;

        Assert.Contains("harbor.example.com/family@sha256:1", shown, StringComparison.Ordinal);
        Assert.Contains("successfully rolled out", shown, StringComparison.Ordinal);
    }

    /// <summary>The commands of the hand-over that the page shows, in its order; the ConfigMap of Argo CD and the waiting are tried elsewhere.</summary>
    [Fact]
    public void The_old_Applications_lose_finalizer_and_sync_before_the_new_ones_come_and_go_after_them()
    {
        folder.Write("manifests/overlays/main/argocd/kustomization.yaml", "resources: [a.yaml]\n");
        folder.Write(
            "manifests/overlays/main/argocd/a.yaml",
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: main-packages, namespace: argocd }\nspec: {}\n"
        );
        foreach (var name in (string[])["xp", "providers"])
        {
            cluster.Add(
                "argoproj.io/v1alpha1",
                "applications",
                $$"""{ "metadata": { "name": "{{name}}", "namespace": "argocd", "finalizers": ["resources-finalizer.argocd.argoproj.io"] }, "spec": { "syncPolicy": { "automated": { "prune": true } } } }"""
            );
        }

        var commands = HandOverCommand()
            .Matches(File.ReadAllText(RepositoryRoot.Combine("docs/switching.md")))
            .Select(match => match.Groups["command"].Value)
            .Where(command =>
                !command.Contains("configmap", StringComparison.Ordinal) && !command.StartsWith("kubectl wait", StringComparison.Ordinal)
            )
            .ToList();
        var before = commands.FindIndex(command => command.Contains(" apply ", StringComparison.Ordinal));
        Run("sh", "kubectl", string.Join('\n', commands[..before])).Exits(0);
        Assert.Null(cluster["applications", "xp"]!["metadata"]!["finalizers"]);
        Assert.Null(cluster["applications", "xp"]!["spec"]!["syncPolicy"]!["automated"]);
        Assert.Null(cluster["applications", "providers"]!["spec"]!["syncPolicy"]!["automated"]);
        Run("sh", "kubectl", string.Join('\n', commands[before..])).Exits(0);

        Assert.Equal(
            [
                "patch applications/xp",
                "patch applications/xp",
                "patch applications/providers",
                "apply applications/main-packages",
                "delete applications/xp",
                "delete applications/providers",
            ],
            cluster.Log.Where(line => !line.StartsWith("look", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Before_a_provider_is_removed_every_resource_of_its_kinds_is_listed()
    {
        AddPackages();

        var shown = RunBlock("docs/removing.md", "objectRefs").Output;

        Assert.Contains("important-bucket", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("other-config", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(cluster.Log, line => line.StartsWith("delete", StringComparison.Ordinal));
    }

    [Fact]
    public void A_provider_and_its_ImageConfig_are_deleted_by_name()
    {
        AddPackages();

        RunBlock("docs/removing.md", "kubectl delete provider.pkg");
        RunBlock("docs/removing.md", "kubectl delete imageconfig.pkg");

        Assert.Equal(
            [$"delete providers/{Member}", "delete imageconfigs/mirror-xpkg-crossplane-io-crossplane-contrib"],
            cluster.Log.Where(line => line.StartsWith("delete", StringComparison.Ordinal))
        );
    }

    private static string Chained(int index) =>
        $"""
              - package: xpkg.crossplane.io/acme/layer-{index}
                kind: Configuration
                version: v1.0.0
                dependsOn: {(
                index == 0 ? "[]" : $"[{{ package: xpkg.crossplane.io/acme/layer-{index - 1}, kind: Configuration, constraint: '>=v1.0.0' }}]"
            )}

            """;

    private const string Extra = """
        apiVersion: aws.upbound.io/v1beta1
        kind: ProviderConfig
        metadata:
          name: default

        """;

    [GeneratedRegex("^     (?<command>kubectl .*)$", RegexOptions.Multiline)]
    private static partial Regex HandOverCommand();

    private static string[] Blocks(string page) =>
        [.. ShellBlock().Matches(File.ReadAllText(RepositoryRoot.Combine(page))).Select(match => match.Groups["text"].Value)];

    private static string Loop(string environment) =>
        Blocks("docs/installing.md")
            .Single(block => block.Contains("kubectl wait", StringComparison.Ordinal))
            .Replace("tfc-cluster1", environment, StringComparison.Ordinal);

    private static string[] Pins => [$"pin-crossplane-contrib-function-patch-and-transform-v0.8.2", $"pin-{Member}-v2.2.0", $"pin-{Family}-v2.2.0"];

    private void RenderPinned()
    {
        folder.Edit(WorkFolder.Settings, "\n  prod-eu:\n", "\n  prod-eu:\n    pin: digest\n");
        folder.Write(
            WorkFolder.Lockfile,
            Version().Replace(File.ReadAllText(folder[WorkFolder.Lockfile]), $"$0    locked: $1@sha256:{new string('0', 64)}\n")
        );
        Render();
    }

    private void Render() => Gitopsgen.Built.On(folder.Path, "render").Exits(0);

    private Finished RunBlock(string page, string about) =>
        Run("bash", "kubectl", Blocks(page).Single(block => block.Contains(about, StringComparison.Ordinal))).Exits(0);

    private Finished Run(string shell, string kubectl, string script)
    {
        var program = kubectl == "kubectl35" ? RepositoryRoot.Combine("artifacts", "tools", kubectl, "kubectl") : "kubectl";
        Tool.Require(kubectl);
        if (kubectl == "kubectl35")
        {
            Install("kubectl", $"exec '{program}' \"$@\"");
        }

        var run = Tool.Require(shell)
            .Run(
                ["-c", $"PATH='{tools["bin"]}':$PATH\n{script}"],
                folder: folder.Path,
                environment: new Dictionary<string, string?> { ["KUBECONFIG"] = tools["kubeconfig"], ["HOME"] = tools["home"] }
            );
        return new(run.ExitCode, run.Output, run.Error);
    }

    private void Install(string name, string script) =>
        Tool.At("/bin/chmod").Run(["+x", tools.Write($"bin/{name}", $"#!/bin/sh\n{script}\n")]).RequireSuccess();

    // What was applied and what was looked at after that, each once.
    private string[] Order()
    {
        var order = new List<string>();
        foreach (var line in cluster.Log)
        {
            var applied = order.Contains(line.Replace("look", "apply", StringComparison.Ordinal));
            if ((line.StartsWith("apply", StringComparison.Ordinal) || applied) && !order.Contains(line))
                order.Add(line);
        }

        return [.. order];
    }

    private void AddPackages()
    {
        const string Packages = "pkg.crossplane.io/v1";
        cluster.Add(
            Packages,
            "providers",
            $$"""{ "metadata": { "name": "{{Member}}" }, "spec": { "package": "a" }, "status": { "currentRevision": "{{Member}}-new" } }"""
        );
        cluster.Add(
            Packages,
            "providerrevisions",
            $$"""
            { "metadata": { "name": "{{Member}}-new" }, "spec": {}, "status": { "objectRefs": [
              { "kind": "CustomResourceDefinition", "name": "buckets.s3.aws.upbound.io" },
              { "kind": "ManagedResourceDefinition", "name": "objects.s3.aws.upbound.io" } ] } }
            """
        );
        cluster.Add(Packages, "providerrevisions", $$"""{ "metadata": { "name": "{{Family}}-old" }, "spec": { "desiredState": "Inactive" } }""");
        cluster.Add(Packages, "providerrevisions", $$"""{ "metadata": { "name": "{{Family}}-new" }, "spec": { "desiredState": "Active" } }""");
        cluster.Add(Packages, "functionrevisions", """{ "metadata": { "name": "function-old" }, "spec": { "desiredState": "Inactive" } }""");
        cluster.Add("pkg.crossplane.io/v1beta1", "locks", """{ "metadata": { "name": "lock" }, "packages": [{ "name": "old" }] }""");
        cluster.Add("pkg.crossplane.io/v1beta1", "imageconfigs", """{ "metadata": { "name": "mirror-xpkg-crossplane-io-crossplane-contrib" } }""");
        cluster.Add("s3.aws.upbound.io/v1beta1", "buckets", """{ "metadata": { "name": "important-bucket" } }""");
        cluster.Add("aws.upbound.io/v1beta1", "providerconfigs", """{ "metadata": { "name": "other-config" } }""");
        cluster.Add(
            "apps/v1",
            "deployments",
            """
            { "metadata": { "name": "family", "namespace": "crossplane-system", "generation": 1 },
              "spec": { "replicas": 1, "selector": {}, "template": { "spec": { "containers": [{ "name": "package-runtime", "image": "harbor.example.com/family@sha256:1" }] } } },
              "status": { "observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "availableReplicas": 1 } }
            """
        );
    }

    [GeneratedRegex("^    version: (.*)\n", RegexOptions.Multiline)]
    private static partial Regex Version();

    // A block may be indented, inside of a list.
    [GeneratedRegex("^ *```sh\n(?<text>(?:.*\n)*?)^ *```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ShellBlock();
}
