using GitOpsGen.Diagnostics;
using GitOpsGen.Settings;
using GitOpsGen.Tests.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Settings;

/// <summary>Every key of the settings is read, and every error is told at once.</summary>
public class SettingsReaderTests
{
    [Fact]
    public void The_contract_s_example_has_the_right_shape() =>
        Assert.DoesNotContain(SettingsText.Read(Documents.Settings).Diagnostics, d => d.Rule.Code.StartsWith("GOG10", StringComparison.Ordinal));

    [Fact]
    public void Registries_are_read_with_their_places()
    {
        var routes = SettingsText
            .Sound(
                """
                settingsVersion: 1
                registries:
                  xpkg.upbound.io: { endpoint: https://proxy.example.com:8443/xpkg/, caFile: ./certs/proxy.pem }
                  harbor.example.com:5000: { caFile: certs/harbor.pem }
                  xpkg.crossplane.io: { endpoint: "http://[::1]:5000" }
                environments: { a: { install: direct, registry: { host: harbor.example.com } } }
                """
            )
            .Registries;
        Assert.Equal(["xpkg.upbound.io", "harbor.example.com:5000", "xpkg.crossplane.io"], routes.Select(route => route.Host.Value));
        Assert.Equal(["https://proxy.example.com:8443/xpkg/", null, "http://[::1]:5000/"], routes.Select(route => route.Endpoint?.ToString()));
        Assert.Equal(["certs/proxy.pem", "certs/harbor.pem", null], routes.Select(route => route.CaFile?.Value.Value));
        Assert.Equal((4, 38), (routes[1].CaFile!.Value.Span.Start.Line, routes[1].CaFile!.Value.Span.Start.Column));
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var settings = SettingsText.Sound(
            """
            settingsVersion: 1
            lockfile: ./locks/all.yaml
            templates: our/templates/
            output: out
            rules: { GOG2109: "off", GOG2003: error }
            environments:
              b:
                install: direct
                registry: { ecr: { account: "123456789012", region: us-gov-west-1 }, prefix: { xpkg.upbound.io: up, default: xpkg } }
                pin: digest
                crossplane: { namespace: xp, release: core, chart: { repository: https://charts.example.com/ }, values: { replicas: 2 } }
                iam:
                  packageManager: { role: pull, identity: irsa, oidcIssuer: oidc.example.com/id/A }
                  nodes: { roles: [nodes, "arn:aws-us-gov:iam::123456789012:role/fargate"] }
                  resources: wildcard
                gitops:
                  engine: argocd
                  path: clusters/out
                  argocd: { repoURL: https://git.example.com/p.git, revision: v1, project: infra, namespace: gitops, destination: { name: in-cluster } }
              a: { install: direct, registry: { host: harbor.example.com, prefix: mirror } }
            """
        );
        Assert.Equal(("locks/all.yaml", "our/templates", "out"), (settings.Lockfile.Value, settings.Templates.Value, settings.Output.Value));
        Assert.Equal(["a", "b"], settings.Environments.Select(e => e.Name.Value.Value));
        var (a, b) = (settings.Environments[0], settings.Environments[1]);
        Assert.Equal(
            ("harbor.example.com", null, PinMode.Tag, null, "out", null),
            (a.Routes.Registry!.Host.Value, a.Routes.HomeEcr, a.Pin, a.Iam, a.GitOps.Path, a.GitOps.ArgoCd)
        );
        Assert.Equal(
            ("crossplane-system", "crossplane", null, null),
            (a.Crossplane.Namespace, a.Crossplane.Release, a.Crossplane.Chart.Repository, a.Crossplane.Values)
        );
        Assert.Equal("harbor.example.com/mirror/up/x", a.Routes.PlaceOf(new("xpkg.upbound.io", "up/x")).Repository.ToString());
        Assert.Equal(
            ("123456789012.dkr.ecr.us-gov-west-1.amazonaws.com", "aws-us-gov", PinMode.Digest),
            (b.Routes.Registry!.Host.Value, b.Routes.HomeEcr!.Region.Partition.Id, b.Pin)
        );
        Assert.EndsWith("/up/upbound/x", b.Routes.PlaceOf(new("xpkg.upbound.io", "upbound/x")).Repository.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("/xpkg/x", b.Routes.PlaceOf(new("ghcr.io", "x")).Repository.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ("xp", "core", "https://charts.example.com"),
            (b.Crossplane.Namespace, b.Crossplane.Release, b.Crossplane.Chart.Repository?.Value.Url)
        );
        Assert.Equal("replicas", Assert.Single(b.Crossplane.Values!.Entries).Key.Text);
        Assert.Equal(
            ("pull", "oidc.example.com/id/A", ResourceForm.Wildcard),
            (b.Iam!.PackageManager!.Role.Value.Name, b.Iam.PackageManager.OidcIssuer?.Value.Value, b.Iam.Resources)
        );
        Assert.Equal(["nodes", "fargate"], b.Iam.NodeRoles.Select(r => r.Value.Name));
        var argoCd = b.GitOps.ArgoCd!;
        Assert.Equal(
            ("clusters/out", "https://git.example.com/p.git", "v1", "infra", "gitops", "name", "in-cluster"),
            (b.GitOps.Path, argoCd.RepoUrl, argoCd.Revision, argoCd.Project, argoCd.Namespace, argoCd.DestinationKey, argoCd.Destination)
        );
        Diagnostic[] some = [new(Rules.NoDigest, "", "", null), new(Rules.GlobMatchesNothing, "", "", null)];
        Assert.Equal((Rules.GlobMatchesNothing, Severity.Error), settings.Severities.Apply(some).Select(d => (d.Rule, d.Severity)).Single());
    }

    [Fact]
    public void All_errors_are_told_at_once_each_at_its_place() =>
        Assert.Equal(
            [
                "GOG1013 1:18",
                "GOG1012 2:11",
                "GOG1013 4:3",
                "GOG1013 4:12",
                "GOG1013 5:12",
                "GOG1011 9:17",
                "GOG1015 10:25",
                "GOG1010 11:5",
                "GOG1012 12:10",
                "GOG1012 13:17",
                "GOG1013 14:23",
                "GOG1012 15:28",
                "GOG1013 16:33",
                "GOG1010 17:5",
                "GOG1012 18:5",
            ],
            SettingsText
                .Read(
                    """
                    settingsVersion: 0
                    lockfile: [a]
                    rules:
                      gog2107: warn
                      GOG2107: Warning
                    environments:
                      a:
                        install: direct
                        registry: { prefix: a }
                        cluster: { account: 123456789012 }
                        install2: 1
                        pin: true
                        crossplane: x
                        iam: { resources: Exact }
                        packages: { p: { spec: [] } }
                        gitops: { flux: { interval: 1 hour } }
                        gitOps: {}
                      b:
                    """
                )
                .Diagnostics.Places()
        );

    [Theory]
    [InlineData("/")]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("..")]
    [InlineData("/abs")]
    [InlineData("a/../b")]
    [InlineData("a/../../b")]
    [InlineData("'C:\\x'")]
    [InlineData("'a\\b'")]
    [InlineData("con")]
    [InlineData("out/nul.txt")]
    [InlineData("out.")]
    [InlineData("'out '")]
    [InlineData("'a:b'")]
    [InlineData("~/x\\y")]
    public void A_path_that_leaves_the_root_or_a_platform_refuses_is_an_error_at_its_place(string path)
    {
        Assert.All(
            ["output", "lockfile", "templates"],
            key => Assert.Equal([$"GOG1104 6:{key.Length + 3}"], SettingsText.With($"{key}: {path}").Diagnostics.Places())
        );
    }

    [Theory]
    [InlineData("output: .config")]
    [InlineData("output: .config/out")]
    [InlineData("output: .git")]
    [InlineData("output: .GIT/x")]
    [InlineData("output: .Config")]
    [InlineData("output: templates")]
    [InlineData("output: Templates/out")]
    [InlineData("output: packages.lock.yaml")]
    [InlineData("output: packages.lock.yaml/x")]
    [InlineData("output: Packages.Lock.YAML")]
    [InlineData("lockfile: manifests/lock.yaml")]
    [InlineData("lockfile: Manifests/lock.yaml")]
    [InlineData("templates: manifests")]
    [InlineData("templates: MANIFESTS/base")]
    [InlineData("output: a\nlockfile: a/b/c.yaml")]
    [InlineData("output: a/b\ntemplates: A")]
    public void The_output_shares_no_folder_with_what_people_write(string more) =>
        Assert.Equal(Rules.PathEscapes, Assert.Single(SettingsText.With(more).Diagnostics).Rule);

    [Theory]
    [InlineData("output: out/")]
    [InlineData("output: ./a/b")]
    [InlineData("output: templates2\ntemplates: templates")]
    [InlineData("output: .configs")]
    [InlineData("lockfile: manifests.yaml")]
    public void A_folder_of_its_own_is_fine(string more) => Assert.Empty(SettingsText.With(more).Diagnostics);

    [Theory]
    [InlineData("crossplane: { values: { a: yes } }", "GOG1101 7:32")]
    [InlineData("crossplane: { values: { a: [1, [x, 0123]] } }", "GOG1101 7:40")]
    [InlineData("crossplane: { values: { on: 1 } }", "GOG1101 7:29")]
    [InlineData("crossplane: { values: { a: { b: 1:20 }, c: 'yes', d: 2001-01-01 } }", "GOG1101 7:37", "GOG1101 7:58")]
    [InlineData("packages: { p: { spec: { x: off } } }", "GOG1101 7:33")]
    [InlineData("crossplane: { values: { a: \"yes\", b: 'on', 'off': true, c: 1, d: 1.5, e: text } }")]
    public void A_free_value_that_YAML_1_1_reads_differently_is_refused_at_its_place(string text, params string[] places) =>
        Assert.Equal(
            places,
            SettingsText.With($"defaults:\n    {text}").Diagnostics.Where(d => d.Rule == Rules.AmbiguousScalar).ToArray() is var found
                ? [.. found.Select(d => $"GOG1101 {d.Span!.Value.Start.Line}:{d.Span.Value.Start.Column}")]
                : []
        );

    [Theory]
    [InlineData("1h30m0.5s", true)]
    [InlineData("99999h", true)]
    [InlineData("99999999999h", false)]
    [InlineData("1m1m1m1m1m1m1m1m1m", false)]
    public void A_duration_is_one_that_Go_can_hold(string text, bool isOne) =>
        Assert.Equal(
            isOne ? [] : ["GOG1013 7:31"],
            SettingsText.With($"defaults:\n  gitops: {{ flux: {{ interval: {text} }} }}").Diagnostics.Places()
        );

    [Theory]
    [InlineData("GOG9999: off")]
    [InlineData("GOG2104: off")]
    public void An_unknown_or_fixed_rule_points_to_its_code(string rule) =>
        Assert.Equal(["GOG1105 7:3"], SettingsText.With($"rules:\n  {rule}").Diagnostics.Places());

    [Fact]
    public void A_region_of_no_partition_is_the_only_finding_about_its_registry() =>
        Assert.Equal(
            ["GOG3007 5:57"],
            SettingsText
                .Read(
                    "settingsVersion: 1\nenvironments:\n  dev:\n    install: direct\n    registry: { ecr: { account: '123456789012', region: eu-west } }\n    iam: { nodes: { roles: [n] } }"
                )
                .Diagnostics.Places()
        );

    [Fact]
    public void No_environments_are_settings_and_a_warning()
    {
        var (settings, found) = SettingsText.Read("settingsVersion: 1\nenvironments: {}");

        Assert.Empty(settings!.Environments);
        Assert.Equal(["GOG1107 2:15"], found.Places());
    }

    [Fact]
    public void A_thousand_environments_without_a_role_are_a_hundred_findings_and_a_count() =>
        Assert.Equal(
            DiagnosticBag.ReadableLimit + 1,
            SettingsText
                .Read(
                    "settingsVersion: 1\nenvironments:\n"
                        + string.Concat(
                            Enumerable.Range(0, 1_000).Select(i => $"  e{i}: {{ {SettingsText.Ecr}, iam: {{ packageManager: {{}} }} }}\n")
                        )
                )
                .Diagnostics.Length
        );

    [Fact]
    public void Two_names_that_a_disk_may_take_for_one_are_impossible() =>
        Assert.Equal(
            ["GOG1013 4:3"],
            SettingsText
                .Read(
                    $"settingsVersion: 1\nenvironments:\n  dev: {{ install: direct, {SettingsText.Ecr} }}\n  Dev: {{ install: direct, {SettingsText.Ecr} }}"
                )
                .Diagnostics.Places()
        );
}
