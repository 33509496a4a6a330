using System.Text.Json;
using Xunit;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary><c>gitopsgen diff</c> on a real repository, one kind of change at a time.</summary>
public sealed class DiffTests : IDisposable
{
    private readonly ChangedRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public void Without_a_change_it_says_so_and_ends_with_0_whatever_is_asked()
    {
        var run = repository.Diff("--exit-code", "--fail-on", "dangerous,access-widened,major,moved-digest,removed,drift").Exits(0);

        Assert.Equal("No change.\n", run.Output);
        Assert.Matches("^base [0-9a-f]{7} \\(HEAD, because there is no remote with a default branch\\)\n$", run.Error);
        Assert.Equal("<!-- gitopsgen diff root=. -->\n\nNo change.\n", repository.Diff("--format", "markdown").Output);
    }

    [Fact]
    public void A_bump_is_told_by_package_image_object_and_file_whether_it_is_rendered_or_not()
    {
        repository.Move("v0.5.0", "v0.6.0");
        var unrendered = Diff();
        repository.Render();
        var rendered = Diff();
        repository.Git.Commit("Bump");
        var committed = Diff("--base", "HEAD~1", "--head", "HEAD");

        Assert.Equal(unrendered.GetRawText(), rendered.GetRawText());
        Assert.Equal(WithoutHead(rendered), WithoutHead(committed));
        var package = Assert.Single(rendered.GetProperty("packages").EnumerateArray());
        Assert.Equal(
            ("xpkg.crossplane.io/crossplane-contrib/function-auto-ready", "v0.5.0", "v0.6.0", "breaking"),
            (Text(package, "package"), Text(package, "from"), Text(package, "to"), Text(package, "change"))
        );
        Assert.Equal(["prod-a", "prod-b", "prod-c", "dev"], Environments(package));
        Assert.Equal(4, rendered.GetProperty("images").GetArrayLength());
        Assert.Equal(0, rendered.GetProperty("repositories").GetArrayLength());
        var change = rendered.GetProperty("objects").EnumerateArray().First(o => Environments(o).Contains("dev"));
        var value = Assert.Single(change.GetProperty("fields").EnumerateArray());
        Assert.Equal("spec.package", Text(value, "path"));
        Assert.Equal("xpkg.crossplane.io/crossplane-contrib/function-auto-ready:v0.6.0", Text(value, "to"));
        Assert.Equal(0, rendered.GetProperty("dangerous").GetArrayLength());
        Assert.Equal(0, rendered.GetProperty("access").GetProperty("gained").GetArrayLength());
    }

    [Fact]
    public void A_new_package_needs_repositories_and_access_before_the_merge()
    {
        repository.Edit(
            WorkFolder.Lockfile,
            "  - package: xpkg.crossplane.io/crossplane-contrib",
            "  - { package: xpkg.upbound.io/upbound/provider-aws-sqs, kind: Provider, version: v2.2.0, dependsOn: [], environments: [prod-*] }\n"
                + "  - package: xpkg.crossplane.io/crossplane-contrib"
        );

        var diff = Diff();

        Assert.Equal("new", Text(Assert.Single(diff.GetProperty("packages").EnumerateArray()), "change"));
        Assert.Equal(3, diff.GetProperty("repositories").GetArrayLength());
        Assert.All(
            diff.GetProperty("repositories").EnumerateArray(),
            need => Assert.Equal("mirror/upbound/provider-aws-sqs", Text(need, "repository"))
        );
        var gained = diff.GetProperty("access").GetProperty("gained").EnumerateArray().ToList();
        Assert.All(gained, access => Assert.EndsWith("/provider-aws-sqs", Text(access, "resource"), StringComparison.Ordinal));
        Assert.Contains(
            gained,
            access =>
                Text(access, "principal") == "arn:aws:iam::222222222222:role/node"
                && Text(access, "action") == "ecr:BatchGetImage"
                && Text(access, "document") == "iam/prod-b/node-policy.json"
        );
        Assert.Equal(0, diff.GetProperty("access").GetProperty("lost").GetArrayLength());
        repository.Diff("--fail-on", "access-widened").Exits(1);
        repository.Diff("--fail-on", "dangerous,major,moved-digest,removed,drift").Exits(0);
    }

    [Fact]
    public void Environments_that_change_alike_but_for_their_own_names_are_one_group()
    {
        repository.Move("v0.5.0", "v0.6.0");

        var groups = Diff().GetProperty("groups").EnumerateArray().ToList();

        Assert.Equal(["prod-a", "prod-b", "prod-c"], Environments(groups[0]));
        Assert.Equal(["dev"], Environments(groups[1]));
        Assert.Contains(
            "`prod-*`",
            Markdown("--env", "prod-*", "--env", "dev").Replace("all 4", "`prod-*`", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("a")]
    [InlineData("crossplane")]
    [InlineData("spec")]
    public void An_environment_that_is_called_like_a_word_of_the_change_still_changes_as_others_do(string name)
    {
        repository.Edit(WorkFolder.Settings, "  prod-b:", $"  {name}:");
        repository.Render();
        repository.Git.Commit("Renamed");
        repository.Move("v2.2.0", "v2.3.0");
        repository.Move("v0.5.0", "v0.6.0");

        Assert.Equal(["prod-a", name, "prod-c"], Environments(Diff().GetProperty("groups")[0]));
    }

    [Fact]
    public void A_name_may_overlap_itself_in_what_changes()
    {
        repository.Edit(WorkFolder.Settings, "  prod-b:", "  a-a:");
        repository.Edit(
            WorkFolder.Lockfile,
            "  - package: xpkg.crossplane.io/crossplane-contrib",
            "  - { package: xpkg.crossplane.io/crossplane-contrib/a-a-a, kind: Function, version: v0.4.0, dependsOn: [] }\n"
                + "  - package: xpkg.crossplane.io/crossplane-contrib"
        );
        repository.Render();
        repository.Git.Commit("Renamed");
        repository.Edit(WorkFolder.Lockfile, "v0.4.0", "v0.4.1");

        Assert.Equal(["prod-a", "a-a", "prod-c"], Environments(Diff().GetProperty("groups")[0]));
    }

    [Fact]
    public void Environments_whose_registries_move_alike_from_hosts_of_their_own_are_one_group()
    {
        repository.Edit(WorkFolder.Settings, "region: eu-west-2", "region: eu-west-1");
        repository.Edit(WorkFolder.Settings, "region: us-east-1", "region: us-west-1");
        repository.Edit(WorkFolder.Settings, "region: eu-central-1", "region: eu-central-2");

        Assert.Equal(["prod-a", "prod-b", "prod-c"], Environments(Assert.Single(Diff().GetProperty("groups").EnumerateArray())));
    }

    [Fact]
    public void Environments_with_routes_to_accounts_of_their_own_change_alike()
    {
        foreach (var (account, region) in new[] { ("111111111111", "eu-west-2"), ("222222222222", "us-east-1"), ("333333333333", "eu-central-1") })
        {
            var registry = $"registry: {{ ecr: {{ account: \"{account}\", region: {region} }}, prefix: mirror }}\n";
            var other = account.Replace('1', '4').Replace('2', '5').Replace('3', '6');
            var route = $"    upstreams: {{ xpkg.upbound.io/upbound: {{ ecr: {{ account: \"{other}\", region: {region} }}, prefix: up }} }}\n";
            repository.Edit(WorkFolder.Settings, registry, registry + route);
        }

        repository.Render();
        repository.Git.Commit("Routes");
        repository.Move("v2.2.0", "v2.3.0");
        repository.Edit(WorkFolder.Settings, "prefix: up", "prefix: upbound");

        Assert.Equal(["prod-a", "prod-b", "prod-c"], Environments(Diff().GetProperty("groups")[0]));
    }

    [Theory]
    [InlineData(true, "prod-a prod-c dev")]
    // What comes is guarded against being pruned where Flux applies it.
    [InlineData(false, "prod-a prod-c")]
    public void Names_of_their_own_make_environments_alike_and_another_name_does_not(bool isThere, string alike)
    {
        if (isThere)
        {
            repository.Write(ChangedRepository.MapTemplate, ChangedRepository.Map);
            repository.Render();
            repository.Git.Commit("A map");
        }

        repository.Write(
            ChangedRepository.MapTemplate,
            ChangedRepository.Map.Replace(
                "none",
                "{{ if environment.name == 'prod-b' }}prod-x{{ else }}{{ environment.name }}{{ end }}",
                StringComparison.Ordinal
            )
        );

        var groups = Diff().GetProperty("groups").EnumerateArray().Select(group => string.Join(' ', Environments(group)));

        Assert.Contains(alike, groups);
        Assert.Contains("prod-b", groups);
    }

    [Theory]
    [InlineData("GOG8101", "kind: Function\n", "kind: Function\n    name: renamed\n", WorkFolder.Lockfile)]
    [InlineData("GOG8102 GOG8116", "xpkg.crossplane.io/crossplane-contrib/function", "ghcr.io/acme/function", WorkFolder.Lockfile)]
    [InlineData("GOG8106 GOG8116", "{ host: harbor.example.com }", "{ host: harbor.example.com }\n    install: direct", WorkFolder.Settings)]
    [InlineData("GOG8107", "engine: none", "engine: flux", WorkFolder.Settings)]
    [InlineData("GOG8120", "settingsVersion: 1\n", "settingsVersion: 1\noutput: rendered\n", WorkFolder.Settings)]
    [InlineData(
        "GOG8108",
        "role: puller, identity: podIdentity }, nodes: { roles: [node] } }\n    gitops: { engine: flux }\n  dev",
        "role: puller, identity: irsa, oidcIssuer: oidc.eks.eu-central-1.amazonaws.com/id/A }, nodes: { roles: [node] } }\n    gitops: { engine: flux }\n  dev",
        WorkFolder.Settings
    )]
    [InlineData("GOG8109", "prefix: mirror", "prefix: other", WorkFolder.Settings)]
    [InlineData("GOG8109", "host: harbor.example.com", "host: registry.example.com", WorkFolder.Settings)]
    [InlineData(
        "GOG8109",
        "{ host: harbor.example.com }",
        "{ host: harbor.example.com }\n    upstreams: { xpkg.upbound.io: { path: elsewhere } }",
        WorkFolder.Settings
    )]
    [InlineData("GOG8110", "role: puller", "role: other", WorkFolder.Settings)]
    [InlineData("GOG8110", "roles: [node]", "roles: [other]", WorkFolder.Settings)]
    [InlineData("GOG8114", "locked: v0.5.0@sha256:aa", "locked: v0.5.0@sha256:bb", WorkFolder.Lockfile)]
    public void What_can_hurt_is_told_with_its_code_at_its_line(string codes, string old, string with, string file)
    {
        repository.Edit(file, old, with);

        var diff = Diff();
        var code = codes.Split(' ')[0];
        var danger = diff.GetProperty("dangerous").EnumerateArray().First(one => Text(one, "code") == code);

        Assert.Equal((codes, file), (Codes(diff), Text(danger, "file")));
        Assert.NotEmpty(danger.GetProperty("steps").EnumerateArray());
        Assert.NotEmpty(Environments(danger));
        Assert.Contains($"title={code}::", repository.Diff("--format", "github").Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("> [!CAUTION]\n> **", Markdown(), StringComparison.Ordinal);
        Assert.Contains("error GOG8301: dangerous: ", repository.Diff("--fail-on", "dangerous").Exits(1).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v0.5.0", "v0.4.9", "GOG8111")]
    [InlineData("v2.2.7", "v2.4.3", "GOG8112 GOG8113")]
    [InlineData("v2.2.7", "v2.2.6", "GOG8112")]
    [InlineData("v2.2.7", "v2.3.4", "")]
    public void Downgrades_and_steps_of_the_core_are_dangerous(string from, string to, string codes)
    {
        repository.Move(from, to);

        Assert.Equal(codes, Codes(Diff()));
    }

    [Theory]
    [InlineData("v2.2.7", "v2.4.1", "v2.4.1", "Take v2.4.3 instead.")]
    [InlineData("v2.2.7", "v3.0.0", "v3.0.0", "Do it when a restart of all providers hurts least.")]
    public void A_core_that_restarts_all_packages_is_told_by_its_own_versions(string from, string to, string named, string step)
    {
        repository.Move(from, to);

        var danger = Diff().GetProperty("dangerous").EnumerateArray().First(one => Text(one, "code") == "GOG8113");

        Assert.Contains($"{from}, below v2.4, to {named}", Text(danger, "title"), StringComparison.Ordinal);
        Assert.Equal(step, danger.GetProperty("steps")[0].GetString());
    }

    [Theory]
    [InlineData("GOG8119", "name: old", "name: new", "dev: Applications of Argo CD leave: `old-crossplane`, `old-packages`")]
    [InlineData("GOG8119", "namespace: argocd", "namespace: other", "dev: Applications of Argo CD leave: `old-crossplane`, `old-packages`")]
    [InlineData(
        "GOG8119",
        "https://a.example.com",
        "https://b.example.com",
        "dev: Argo CD applies to `https://b.example.com` instead of `https://a.example.com`"
    )]
    [InlineData("GOG8119", "namespace: one", "namespace: two", "dev: Argo CD installs Crossplane into the namespace `two` instead of `one`")]
    [InlineData("GOG8119", "release: first", "release: second", "dev: The Helm release `first` of Argo CD becomes `second`")]
    [InlineData("GOG8119", "name: upstream", "name: fork", "dev: Argo CD installs the chart `fork` instead of `upstream`")]
    [InlineData("GOG8107", "engine: argocd", "engine: flux")]
    [InlineData("", "revision: main", "revision: other")]
    [InlineData("", "project: default", "project: other")]
    public void An_Application_that_leaves_or_is_about_something_else_is_dangerous(string codes, string old, string with, params string[] titles)
    {
        repository.Edit(
            WorkFolder.Settings,
            "gitops: { engine: none }\n",
            """
            gitops: { engine: argocd, argocd: { name: old, namespace: argocd, project: default, revision: main, repoURL: "https://git.example.com/p.git", destination: { server: "https://a.example.com" } } }
                crossplane: { namespace: one, release: first, chart: { repository: "https://charts.example.com/x", name: upstream } }

            """
        );
        repository.Render();
        repository.Git.Commit("Argo CD");
        repository.Edit(WorkFolder.Settings, old, with);

        var diff = Diff();
        var dangers = diff.GetProperty("dangerous").EnumerateArray().Where(one => Text(one, "code") == "GOG8119").ToList();

        Assert.Equal(codes, Codes(diff));
        Assert.Equal(titles, dangers.Select(one => $"{string.Join(' ', Environments(one))}: {Text(one, "title")}"));
        Assert.All(
            dangers,
            danger =>
                Assert.Contains(danger.GetProperty("steps").EnumerateArray(), step => step.GetString()!.StartsWith("Merge", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Whom_the_role_of_a_providers_pods_trusts_is_access()
    {
        repository.Edit(
            WorkFolder.Settings,
            "  dev:\n",
            "    packages: { upbound-provider-aws-s3: { runtime: { serviceAccount: { name: s3, role: s3-manager } } } }\n  dev:\n"
        );
        var added = Diff().GetProperty("access");
        repository.Render();
        repository.Git.Commit("A role");
        repository.Edit(WorkFolder.Settings, "name: s3, role", "name: other, role");
        var moved = Diff().GetProperty("access");

        var gained = added.GetProperty("gained").EnumerateArray().First();
        Assert.Equal("arn:aws:iam::333333333333:role/s3-manager", Text(gained, "resource"));
        Assert.Equal("iam/prod-c/upbound-provider-aws-s3-trust-policy.json", Text(gained, "document"));
        Assert.Equal(0, added.GetProperty("lost").GetArrayLength());
        Assert.Equal(0, added.GetProperty("notEvaluated").GetArrayLength());
        Assert.NotEqual(0, moved.GetProperty("gained").GetArrayLength());
        Assert.NotEqual(0, moved.GetProperty("lost").GetArrayLength());
    }

    /// <summary>The documents are the same; who has them is not.</summary>
    [Theory]
    [InlineData("role: s3-manager", "role: s3-admin", "333333333333:role/s3-manager", "333333333333:role/s3-admin", "trust")]
    [InlineData("role: puller", "role: other", "333333333333:role/puller", "333333333333:role/other", "policy trust")]
    [InlineData("roles: [node]", "roles: [other]", "333333333333:role/node", "333333333333:role/other", "policy")]
    [InlineData("roles: [node]", "roles: [node, other]", null, "333333333333:role/other", "policy")]
    public void A_role_that_takes_the_place_of_another_has_its_access_and_the_other_loses_it(
        string old,
        string with,
        string? loser,
        string winner,
        string documents
    )
    {
        repository.Edit(
            WorkFolder.Settings,
            "  dev:\n",
            "    packages: { upbound-provider-aws-s3: { runtime: { serviceAccount: { name: s3, role: s3-manager } } } }\n  dev:\n"
        );
        repository.Render();
        repository.Git.Commit("A role");
        repository.Edit(WorkFolder.Settings, old, with);

        var access = Diff("--env", "prod-c").GetProperty("access");

        Assert.Equal([winner], Roles("gained"));
        Assert.Equal(loser is null ? [] : [loser], Roles("lost"));
        Assert.All(access.GetProperty("gained").EnumerateArray(), gained => Assert.False(gained.GetProperty("drift").GetBoolean()));
        Assert.Equal(
            documents,
            string.Join(
                ' ',
                access
                    .GetProperty("gained")
                    .EnumerateArray()
                    .Select(one => Text(one, "document").Contains("trust", StringComparison.Ordinal) ? "trust" : "policy")
                    .Distinct()
                    .Order(StringComparer.Ordinal)
            )
        );

        // What a trust policy is about is the role; what a policy is about is whoever has it.
        IEnumerable<string> Roles(string list) =>
            access
                .GetProperty(list)
                .EnumerateArray()
                .Select(one => Text(one, "document").Contains("trust", StringComparison.Ordinal) ? Text(one, "resource") : Text(one, "principal"))
                .Select(arn => arn["arn:aws:iam::".Length..])
                .Distinct();
    }

    [Fact]
    public void A_package_that_leaves_is_deleted_by_hand_dependents_first()
    {
        var text = File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Lockfile));
        repository.Write(WorkFolder.Lockfile, text[..text.IndexOf("  - package: xpkg.upbound.io", StringComparison.Ordinal)]);

        var diff = Diff();

        Assert.Equal("GOG8103 GOG8104 GOG8116", Codes(diff));
        Assert.Equal(
            [
                "kubectl delete providers.pkg.crossplane.io upbound-provider-aws-s3",
                "kubectl delete functions.pkg.crossplane.io crossplane-contrib-function-auto-ready",
                "kubectl delete providers.pkg.crossplane.io upbound-provider-family-aws",
                "kubectl delete imageconfigs.pkg.crossplane.io mirror-xpkg-crossplane-io-crossplane-contrib",
                "kubectl delete imageconfigs.pkg.crossplane.io mirror-xpkg-upbound-io-upbound",
            ],
            diff.GetProperty("deletions").EnumerateArray().Select(one => Text(one, "command")).Distinct()
        );
        Assert.NotEmpty(diff.GetProperty("access").GetProperty("lost").EnumerateArray());
        repository.Diff("--fail-on", "removed").Exits(1);
    }

    [Fact]
    public void A_runtime_is_deleted_after_its_package_and_before_what_redirects_pulls()
    {
        const string Runtime = "    packages: { upbound-provider-aws-s3: { runtime: { replicas: 2 } } }\n";
        repository.Edit(WorkFolder.Settings, "    gitops: { engine: none }\n", "    gitops: { engine: none }\n" + Runtime);
        repository.Render();
        repository.Git.Commit("A runtime");
        repository.Edit(WorkFolder.Settings, Runtime, "");
        var text = File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Lockfile));
        repository.Write(WorkFolder.Lockfile, text[..text.IndexOf("  - package: xpkg.upbound.io", StringComparison.Ordinal)]);

        Assert.Equal(
            [
                "providers.pkg.crossplane.io upbound-provider-aws-s3",
                "functions.pkg.crossplane.io crossplane-contrib-function-auto-ready",
                "providers.pkg.crossplane.io upbound-provider-family-aws",
                "deploymentruntimeconfigs.pkg.crossplane.io upbound-provider-aws-s3",
                "imageconfigs.pkg.crossplane.io mirror-xpkg-crossplane-io-crossplane-contrib",
                "imageconfigs.pkg.crossplane.io mirror-xpkg-upbound-io-upbound",
            ],
            Diff("--env", "dev").GetProperty("deletions").EnumerateArray().Select(one => Text(one, "command")["kubectl delete ".Length..])
        );
    }

    [Fact]
    public void A_pin_of_an_old_version_is_deleted_by_hand_and_not_dangerous()
    {
        repository.Edit(WorkFolder.Settings, "{ host: harbor.example.com }", "{ host: harbor.example.com }\n    pin: digest");
        repository.Render();
        repository.Git.Commit("Pinned");
        repository.Move("v0.5.0", "v0.6.0");

        var diff = Diff();

        Assert.Equal("", Codes(diff));
        Assert.Equal(
            "kubectl delete imageconfigs.pkg.crossplane.io pin-crossplane-contrib-function-auto-ready-v0.5.0",
            Text(Assert.Single(diff.GetProperty("deletions").EnumerateArray()), "command")
        );
    }

    [Theory]
    [InlineData("  releaseName: crossplane\n", "  releaseName: other\n", "GOG8117")]
    [InlineData("  targetNamespace: crossplane-system\n", "  targetNamespace: other\n", "GOG8117")]
    [InlineData("  storageNamespace: crossplane-system\n", "  storageNamespace: other\n", "GOG8117")]
    [InlineData("  interval: 1h\n", "  interval: 2h\n", "")]
    [InlineData("  storageNamespace: crossplane-system\n", "", "GOG8117")]
    public void A_HelmRelease_is_dangerous_where_Flux_would_uninstall_its_release(string old, string with, string codes)
    {
        repository.Edit("manifests/overlays/prod-a/crossplane/helmrelease.yaml", old, with);
        repository.Git.Commit("By hand");

        Assert.Equal(codes, Codes(Diff()));
    }

    [Theory]
    [InlineData("packages/wave-0/crossplane-contrib-function-auto-ready.yaml", "GOG8115")]
    [InlineData("packages/prerequisites/deploymentruntimeconfig-crossplane-contrib-function-auto-ready.yaml", "")]
    public void A_package_that_changes_its_wave_is_dangerous_where_its_own_object_may_be_pruned(string unguarded, string codes)
    {
        repository.Edit(
            WorkFolder.Settings,
            "gitops: { engine: flux }\n  dev:",
            "gitops: { engine: flux }\n    packages: { crossplane-contrib-function-auto-ready: { runtime: { replicas: 2 } } }\n  dev:"
        );
        repository.Render();
        repository.Edit($"manifests/overlays/prod-c/{unguarded}", "kustomize.toolkit.fluxcd.io/prune: disabled", "example.com/other: x");
        repository.Git.Commit("By hand");
        repository.MakeAutoReadyDependOnS3();

        Assert.Equal(codes, Codes(Diff()));
    }

    [Theory]
    [InlineData("v0.5.0", "v0.5.1")]
    [InlineData("v0.5.0@sha256:aa", "v0.5.0@sha256:bb")]
    public void A_package_that_is_activated_by_hand_is_dangerous_whenever_it_moves(string old, string with)
    {
        repository.Edit(
            WorkFolder.Settings,
            "{ host: harbor.example.com }",
            "{ host: harbor.example.com }\n    packages: { crossplane-contrib-function-auto-ready: { spec: { revisionActivationPolicy: Manual } } }"
        );
        repository.Render();
        repository.Git.Commit("By hand");
        repository.Edit(WorkFolder.Lockfile, old, with);

        var danger = Assert.Single(Diff().GetProperty("dangerous").EnumerateArray(), one => Text(one, "code") == "GOG8118");

        Assert.Equal(["dev"], Environments(danger));
    }

    [Fact]
    public void A_finding_that_base_has_too_is_not_new_wherever_its_line_is()
    {
        repository.Edit(
            WorkFolder.Lockfile,
            "packages:\n",
            "packages:\n  - { package: ghcr.io/acme/function-old, kind: Function, version: v1.0.0 }\n"
        );
        repository.Render();
        repository.Git.Commit("A package that is not locked");
        repository.Edit(
            WorkFolder.Lockfile,
            "packages:\n",
            "packages:\n  - { package: ghcr.io/acme/function-new, kind: Function, version: v1.0.0 }\n"
        );

        var json = repository.Diff("--format", "json").Exits(0).Json.GetProperty("diagnostics").EnumerateArray();
        var unlocked = json.Where(found => Text(found, "code") == "GOG2109")
            .ToDictionary(
                found => Text(found, "message").Contains("function-new", StringComparison.Ordinal),
                found => found.GetProperty("new").GetBoolean()
            );
        var told = repository.Diff().Error.Split('\n').Where(line => line.Contains("GOG2109", StringComparison.Ordinal)).ToList();
        var sarif = repository.Diff("--format", "sarif").Json.GetProperty("runs")[0].GetProperty("results").EnumerateArray();

        Assert.Equal(new() { [true] = true, [false] = false }, unlocked);
        Assert.Equal(2, told.Count);
        Assert.Contains(
            "GOG2109: (new) ",
            Assert.Single(told, line => line.Contains("function-new", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "(new)",
            Assert.Single(told, line => line.Contains("function-old", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["new", "unchanged"],
            sarif.Where(result => Text(result, "ruleId") == "GOG2109").Select(result => Text(result, "baselineState")).Order()
        );
        Assert.DoesNotContain("(new)", repository.Lint().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_the_change_brings_is_told_from_one_that_base_has()
    {
        repository.Write("templates/iam/{environment}/own.json.scriban", "{ {{ environment.name }}");
        repository.Git.Commit("A document that is not JSON");
        repository.Write("templates/iam/{environment}/other.json.scriban", "{ {{ environment.name }}");

        var found = repository.Diff("--format", "json").Exits(1).Json.GetProperty("diagnostics").EnumerateArray().ToList();

        Assert.All(
            found,
            error => Assert.Equal(Text(error, "file").EndsWith("other.json.scriban", StringComparison.Ordinal), error.GetProperty("new").GetBoolean())
        );
        Assert.Equal(2, found.Select(error => Text(error, "file")).Distinct().Count());
    }

    [Fact]
    public void An_environment_that_leaves_is_dangerous_and_one_that_comes_is_not()
    {
        repository.Edit(WorkFolder.Settings, "  dev:\n    registry: { host: harbor.example.com }\n    gitops: { engine: none }\n", "");
        Assert.Equal("GOG8105", Codes(Diff()));

        repository.Git.Run("checkout", "--quiet", ".");
        repository.Edit(
            WorkFolder.Settings,
            "  dev:\n",
            "  new:\n    registry: { host: harbor.example.com }\n    gitops: { engine: none }\n  dev:\n"
        );
        var diff = Diff();
        Assert.Equal("", Codes(diff));
        Assert.Equal(4, diff.GetProperty("packages").GetArrayLength());
    }

    [Fact]
    public void What_no_input_asks_for_is_drift()
    {
        var path = Path.Combine("manifests", "overlays", "dev", "packages", "wave-0", "crossplane-contrib-function-auto-ready.yaml");
        repository.Edit(path, ":v0.5.0", ":v0.5.1");
        repository.Git.Commit("By hand");

        var diff = Diff();

        Assert.Equal(0, diff.GetProperty("packages").GetArrayLength());
        Assert.Equal(0, diff.GetProperty("objects").GetArrayLength());
        var drift = Assert.Single(diff.GetProperty("drift").EnumerateArray());
        Assert.Equal((true, "dev"), (drift.GetProperty("drift").GetBoolean(), Assert.Single(Environments(drift))));
        Assert.Contains("Part of it is drift", Markdown(), StringComparison.Ordinal);
        Assert.Contains(
            "drift: Function/crossplane-contrib-function-auto-ready",
            repository.Diff("--fail-on", "drift").Exits(1).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_base_that_cannot_be_rendered_leaves_objects_and_access()
    {
        var lockfile = File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Lockfile));
        repository.Write(WorkFolder.Lockfile, $"<<<<<<< HEAD\n{lockfile}");
        repository.Git.Commit("Broken");
        repository.Write(WorkFolder.Lockfile, lockfile);
        repository.Move("v0.5.0", "v0.6.0");

        var diff = Diff();

        Assert.StartsWith("packages.lock.yaml(1,1): GOG1003", Text(diff.GetProperty("summary"), "baseProblem"), StringComparison.Ordinal);
        Assert.Equal(0, diff.GetProperty("packages").GetArrayLength());
        Assert.NotEmpty(diff.GetProperty("objects").EnumerateArray());
        Assert.Contains("Packages are not compared.", Markdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_with_errors_is_no_half_report()
    {
        repository.Write(WorkFolder.Lockfile, "packages: [");

        var run = repository.Diff("--format", "markdown").Exits(1);

        Assert.StartsWith(
            "<!-- gitopsgen diff root=. -->\n### GitOpsGen: This change cannot be compared\n\n- `packages.lock.yaml(",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Before the merge", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_of_a_head_with_errors_leave_where_they_do_not_fit()
    {
        repository.Write(
            WorkFolder.Lockfile,
            $"lockfileVersion: 1\npackages:\n{string.Concat(Enumerable.Range(0, 30).Select(i => $"  - {{ package: '道{i}', kind: Nothing, version: x }}\n"))}"
        );

        var run = repository.Diff("--format", "markdown", "--max-length", "2000").Exits(1);

        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(run.Output), 1000, 2000);
        Assert.Matches("\n\nand [0-9]+ more\n$", run.Output);
    }

    [Fact]
    public void A_repository_without_settings_at_base_is_all_new()
    {
        repository.Git.Run("rm", "--quiet", "-r", "--cached", ".");
        repository.Git.Run("commit", "--quiet", "--allow-empty", "-m", "Nothing");

        var diff = Diff();

        Assert.Equal(4, diff.GetProperty("packages").GetArrayLength());
        Assert.All(diff.GetProperty("packages").EnumerateArray(), package => Assert.Equal("new", Text(package, "change")));
        Assert.Equal("", Codes(diff));
    }

    [Fact]
    public void A_document_of_the_users_own_that_stays_is_no_change_and_one_for_no_environment_is_told_too()
    {
        const string Document = """{"Version": "2012-10-17", "Statement": []}""" + "\n";
        repository.Write("templates/iam/{environment}/own.json.scriban", Document);
        repository.Write("templates/iam/registries/own.json.scriban", Document);
        repository.Render();
        repository.Git.Commit("Own");
        repository.Move("v0.5.0", "v0.6.0");
        Assert.Equal(0, Diff().GetProperty("access").GetProperty("notEvaluated").GetArrayLength());

        repository.Write("templates/iam/registries/own.json.scriban", Document.Replace("[]", "{}", StringComparison.Ordinal));

        var told = Assert.Single(Diff().GetProperty("access").GetProperty("notEvaluated").EnumerateArray());
        Assert.Equal("iam/registries/own.json", Text(told, "document"));
        Assert.Empty(Environments(told));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_document_of_the_users_own_counts_as_wider_because_nobody_evaluates_it(bool isGone)
    {
        const string Own = "templates/iam/{environment}/own.json.scriban";
        repository.Write(Own, """{"Version": "2012-10-17", "Statement": []}""" + "\n");
        if (isGone)
        {
            repository.Render();
            repository.Git.Commit("Own");
            File.Delete(Path.Combine(repository.Root, Own));
        }

        var diff = Diff();

        Assert.Equal(
            ["iam/dev/own.json", "iam/prod-a/own.json", "iam/prod-b/own.json", "iam/prod-c/own.json"],
            diff.GetProperty("access").GetProperty("notEvaluated").EnumerateArray().Select(one => Text(one, "document"))
        );
        repository.Diff("--fail-on", "access-widened").Exits(1);
        Assert.Contains("::notice title=GOG8201::", repository.Diff("--format", "github").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Environments_can_be_chosen_and_a_pattern_that_matches_none_is_an_error()
    {
        repository.Move("v0.5.0", "v0.6.0");

        Assert.Equal(["dev"], Environments(Assert.Single(Diff("--env", "dev").GetProperty("packages").EnumerateArray())));
        Assert.Contains("GOG1106: --env", repository.Diff("--env", "qa").Exits(1).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--max-length", "100")]
    [InlineData("--fail-on", "everything")]
    [InlineData("--link", "Report=javascript:alert(1)")]
    [InlineData("--link", "Report=http://example.org")]
    [InlineData("--base", "-x")]
    public void Wrong_usage_ends_with_64(params string[] arguments) => repository.Diff(arguments).Exits(64);

    [Fact]
    public void A_root_below_the_top_of_the_repository_is_named_in_the_marker()
    {
        using var below = new ChangedRepository("platform/crossplane");
        below.Move("v0.5.0", "v0.6.0");

        var text = below.Diff("--format", "markdown", "--link", "Full report=https://example.org/diff.html").Exits(0).Output;

        Assert.StartsWith(
            "<!-- gitopsgen diff root=platform/crossplane -->\n### GitOpsGen: 4 of 4 environments change\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("[Full report](https://example.org/diff.html)", text, StringComparison.Ordinal);
        below.Diff("--exit-code").Exits(2);
    }

    private JsonElement Diff(params string[] arguments) => repository.Diff([.. arguments, "--format", "json"]).Exits(0).Json.GetProperty("diff");

    private string Markdown(params string[] arguments) => repository.Diff([.. arguments, "--format", "markdown"]).Exits(0).Output;

    private static string Codes(JsonElement diff) =>
        string.Join(' ', diff.GetProperty("dangerous").EnumerateArray().Select(one => Text(one, "code")).Distinct().Order(StringComparer.Ordinal));

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static IEnumerable<string?> Environments(JsonElement element) =>
        element.GetProperty("environments").EnumerateArray().Select(name => name.GetString());

    private static string WithoutHead(JsonElement diff) =>
        string.Join(
            '\n',
            diff.EnumerateObject().Where(property => property.Name is not "head" and not "base").Select(property => property.Value.GetRawText())
        );
}
