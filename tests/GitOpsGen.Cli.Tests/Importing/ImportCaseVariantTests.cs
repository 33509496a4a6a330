using System.Text.Json;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Importing;

/// <summary>The cases once more: repaired, changed, compared and rendered.</summary>
public sealed class ImportCaseVariantTests : IDisposable
{
    private readonly WorkFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>What differs after an import of what a person has repaired: by design, and nothing else, where it can be expressed.</summary>
    [Theory]
    [InlineData(
        "01-by-hand-ecr",
        "1112223334445→111222333444,latest→v2.3.4",
        "by design Provider provider-family-aws spec.skipDependencyResolution",
        "by design Function function-auto-ready spec.skipDependencyResolution"
    )]
    [InlineData(
        "02-argocd-umbrella-public",
        ":v1\n→:v2.2.0\n",
        "by design Function crossplane-contrib-function-auto-ready apiVersion",
        "by design core values.image.tag"
    )]
    [InlineData(
        "03-flux-overlays-rewrite",
        "",
        "by design ImageConfig upbound",
        "by design ImageConfig contrib",
        "by design core values.image.tag",
        "by design ImageConfig upbound",
        "by design ImageConfig contrib",
        "by design core values.image.tag"
    )]
    [InlineData(
        "04-ecr-direct-rendered",
        "",
        "by design Provider upbound-provider-family-aws spec.skipDependencyResolution",
        "by design Provider kubernetes-provider spec.skipDependencyResolution"
    )]
    [InlineData("05-cluster-export", "", "by design ImageConfig to-gar", "by design ImageConfig to-gar-contrib", "by design core values.image.tag")]
    [InlineData(
        "06-controllerconfig-1x",
        "",
        "by design Provider provider-aws spec.package",
        "by design Provider provider-aws spec.runtimeConfigRef.name",
        "by design Provider upbound-provider-terraform spec.runtimeConfigRef.name",
        "by design core values.image.tag"
    )]
    [InlineData(
        "07-chart-packages-and-policies",
        "",
        "differs Function crossplane-contrib-function-go-templating pull",
        "by design ImageConfig contrib-to-ecr",
        "by design core values.image.tag",
        "by design core values.provider",
        "by design core values.function",
        "by design core values.customAnnotations"
    )]
    public void What_a_case_renders_differs_by_design(string name, string edits, params string[] expected)
    {
        Copy(name);
        foreach (var edit in edits.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(edit => edit.Split('→')))
        {
            Edit(edit[0], edit[1]);
        }

        var arguments = name.StartsWith("06", StringComparison.Ordinal) ? new[] { ".", "--set", "ACCOUNT_ID=345678901234" } : ["."];
        var run = InProcess.Run(folder.Path, ["import", .. arguments, "--dry-run", "--format", "json"]);

        Assert.Equal(expected, Differences(run));
    }

    [Fact]
    public void What_cannot_be_used_stands_in_the_files_as_it_was_written_and_lint_leads_to_it()
    {
        Copy("01-by-hand-ecr");

        InProcess.Run(folder.Path, "import", ".").Exits(2);

        Assert.Contains("version: latest\n", File.ReadAllText(folder[WorkFolder.Lockfile]), StringComparison.Ordinal);
        Assert.Contains("account: \"1112223334445\"\n", File.ReadAllText(folder[WorkFolder.Settings]), StringComparison.Ordinal);
        var lint = InProcess.Run(folder.Path, "lint", "--format", "json").Exits(1);
        Assert.Equal(["GOG1014", "GOG1014", "GOG1015"], lint.Codes.Where(code => code!.StartsWith("GOG1", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Without_values_of_the_core_there_is_no_core_and_the_account_alone_is_open()
    {
        Copy("01-by-hand-ecr");
        File.Delete(folder["helm-values.yaml"]);

        var run = InProcess.Run(folder.Path, "import", ".", "--format", "json").Exits(2);

        Assert.DoesNotContain("Crossplane", File.ReadAllText(folder[WorkFolder.Lockfile]).Split("packages:\n")[1], StringComparison.Ordinal);
        Assert.DoesNotContain("crossplane:", File.ReadAllText(folder[WorkFolder.Settings]), StringComparison.Ordinal);
        Assert.Equal(
            ["GOG1015", "GOG8403", "GOG8501", "GOG8502", "GOG8503", "GOG8504"],
            run.Codes.Where(code => !code!.StartsWith("GOG2", StringComparison.Ordinal)).Distinct().Order()
        );
    }

    [Fact]
    public void A_value_that_the_chart_does_not_have_is_found_in_the_written_files()
    {
        Copy("02-argocd-umbrella-public");
        Edit(":v1\n", ":v2.2.0\n");

        var run = InProcess.Run(folder.Path, "import", ".", "--format", "json").Exits(0);

        Assert.Contains("GOG3102", run.Codes);
        var found = run.Json.GetProperty("diagnostics").EnumerateArray().First(one => one.GetProperty("code").GetString() == "GOG3102");
        Assert.Equal(WorkFolder.Settings, found.GetProperty("file").GetString());
        Assert.Contains("resources", found.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_says_which_environments_are_a_guess()
    {
        Copy("03-flux-overlays-rewrite");

        var lines = InProcess.Run(folder.Path, "import", ".", "--dry-run").Exits(0).Output.Split('\n');

        Assert.Matches(@"^ENVIRONMENT +FROM +ENGINE +INSTALL +CORE +PACKAGES +TOLD BY$", lines[0]);
        Assert.Matches(@"^dev +clusters/dev\.yaml \+ overlays/dev +flux +rewrite +v2\.3\.4 +3 +guess$", lines[1]);
        Assert.Matches(@"^prod +clusters/prod\.yaml \+ overlays/prod +flux +rewrite +v2\.3\.4 +3 +guess$", lines[2]);
    }

    [Fact]
    public void Deprecated_patches_and_components_give_the_same()
    {
        Copy("03-flux-overlays-rewrite");
        var before = Files(".");
        folder.Write(
            "components/role/kustomization.yaml",
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatchesStrategicMerge: [role.yaml]\n"
        );
        File.Move(folder["overlays/prod/role.yaml"], folder["components/role/role.yaml"]);
        var overlay = File.ReadAllText(folder["overlays/prod/kustomization.yaml"]);
        Assert.Contains("  - path: role.yaml\n", overlay, StringComparison.Ordinal);
        File.WriteAllText(
            folder["overlays/prod/kustomization.yaml"],
            overlay.Replace("  - path: role.yaml\n", "", StringComparison.Ordinal) + "components: [../../components/role]\n"
        );

        Assert.Equal(before, Files("."));
    }

    [Fact]
    public void A_prefix_of_names_is_not_followed_and_kubectl_kustomize_is_the_way()
    {
        Copy("03-flux-overlays-rewrite");
        File.AppendAllText(folder["overlays/prod/kustomization.yaml"], "namePrefix: a-\n");

        var run = InProcess.Run(folder.Path, "import", ".", "--dry-run", "--format", "json").Exits(2);

        var found = run.Json.GetProperty("diagnostics").EnumerateArray().Single(one => one.GetProperty("code").GetString() == "GOG8305");
        Assert.Equal("overlays/prod/kustomization.yaml", found.GetProperty("file").GetString());
        Assert.Contains("kubectl kustomize", found.GetProperty("fix").GetString(), StringComparison.Ordinal);
    }

    /// <summary>What a clone says of its remote decides nothing: the Application does.</summary>
    [Fact]
    public void The_repository_is_that_of_the_Application_whatever_the_clone_says()
    {
        Copy("02-argocd-umbrella-public");
        folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        folder.Write(".git/config", "[remote \"origin\"]\n\turl = https://git.example.com/somebody/else.git\n");

        var settings = Files(".")[1];

        Assert.Contains("repoURL: https://git.example.com/acme/platform.git\n", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("else.git", settings, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_bytes_on_the_standard_input_give_the_same_with_its_places()
    {
        Copy("05-cluster-export");
        var file = InProcess.Run(folder.Path, "import", "--env", "live=live.yaml", "--dry-run", "--format", "json").Exits(0);

        var input = Gitopsgen
            .Shell(folder.Path, $"{Gitopsgen.Built.ShellWords(["import", "--env", "live=-", "--dry-run", "--format", "json"])} < live.yaml")
            .Exits(0);

        foreach (var key in new[] { "lockfile", "settings" })
        {
            Assert.Equal(Imported(file).GetProperty(key).GetString(), Imported(input).GetProperty(key).GetString());
        }

        Assert.Equal(Places(file).Select(place => place.Replace("live.yaml", "-", StringComparison.Ordinal)), Places(input));

        static IEnumerable<string> Places(Finished run) =>
            run
                .Json.GetProperty("diagnostics")
                .EnumerateArray()
                .Where(found => found.GetProperty("code").GetString()!.StartsWith("GOG84", StringComparison.Ordinal))
                .Select(found => $"{found.GetProperty("file")}({found.GetProperty("line")},{found.GetProperty("column")})");
    }

    [Fact]
    public void A_variable_that_nobody_sets_is_told_where_it_is_and_stays_as_it_is()
    {
        Copy("06-controllerconfig-1x");

        var run = InProcess.Run(folder.Path, "import", ".", "--dry-run", "--format", "json").Exits(2);

        var found = run.Json.GetProperty("diagnostics").EnumerateArray().Single(one => one.GetProperty("code").GetString() == "GOG8306");
        Assert.Equal(("all.yaml", 29), (found.GetProperty("file").GetString(), found.GetProperty("line").GetInt32()));
        Assert.Contains("arn:aws:iam::${ACCOUNT_ID}:role/", Imported(run).GetProperty("settings").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_and_issuer_render_policies_that_grant_what_was_granted_and_what_was_missing()
    {
        Copy("07-chart-packages-and-policies");
        InProcess.Run(folder.Path, "import", ".").Exits(2);
        InProcess.Run(folder.Path, "render").Exits(0);

        var packages = File.ReadAllText(folder["manifests/iam/main/package-manager-policy.json"]);
        var nodes = File.ReadAllText(folder["manifests/iam/main/node-policy.json"]);
        foreach (var repository in new[] { "provider-helm", "function-go-templating" })
        {
            var arn = $"arn:aws:ecr:eu-north-1:222233334444:repository/xpkg/crossplane-contrib/{repository}";
            Assert.Contains(arn, packages, StringComparison.Ordinal);
            Assert.Contains(arn, nodes, StringComparison.Ordinal);
            Assert.DoesNotContain(repository, File.ReadAllText(folder["iam/nodes-pull.json"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_a_trust_policy_the_role_stays_a_Helm_value()
    {
        Copy("07-chart-packages-and-policies");
        File.Delete(folder["iam/packages-trust.json"]);

        var run = InProcess.Run(folder.Path, "import", ".", "--dry-run", "--format", "json").Exits(2);

        Assert.Contains("GOG8409", run.Codes);
        var settings = Imported(run).GetProperty("settings").GetString();
        Assert.DoesNotContain("packageManager", settings, StringComparison.Ordinal);
        Assert.Contains("serviceAccount:\n          customAnnotations:\n            eks.amazonaws.com/role-arn:", settings, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_of_arguments_decides_nothing()
    {
        Copy("08-conflicts");
        Assert.Equal(Files("providers.yaml", "more.yaml"), Files("more.yaml", "providers.yaml"));
    }

    [Fact]
    public void What_options_say_is_for_the_environment_that_they_name()
    {
        const string Package =
            "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: { name: crossplane-contrib-function-kcl }\nspec: { package: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/crossplane-contrib/function-kcl:v0.11.2 }\n";
        foreach (var name in new[] { "dev", "prod" })
        {
            folder.Write($"{name}/packages.yaml", Package);
            folder.Write(
                $"{name}/values.yaml",
                "image: { repository: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/crossplane/crossplane }\npackageCache: { sizeLimit: 20Mi }\n"
            );
        }

        string[] arguments =
        [
            "--env",
            "dev=dev",
            "--env",
            "prod=prod",
            "--core",
            "v2.3.3",
            "--core",
            "prod:v2.3.4",
            "--node-role",
            "dev:nodes-dev",
            "--pull-role",
            "prod:arn:aws:iam::123456789012:role/pull",
            "--oidc-issuer",
            "prod:https://oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLE1",
        ];
        var run = InProcess.Run(folder.Path, ["import", .. arguments, "--dry-run", "--format", "json"]).Exits(0);

        Assert.Equal(
            ["v2.3.3", "v2.3.4"],
            Imported(run).GetProperty("environments").EnumerateArray().Select(environment => environment.GetProperty("core").GetString())
        );
        var settings = Imported(run).GetProperty("settings").GetString()!;
        var (dev, prod) = (settings[settings.IndexOf("\n  dev:", StringComparison.Ordinal)..].Split("\n  prod:")[0], settings.Split("\n  prod:")[1]);
        Assert.Contains("roles:\n          - nodes-dev", dev, StringComparison.Ordinal);
        Assert.DoesNotContain("packageManager", dev, StringComparison.Ordinal);
        Assert.Contains("role: pull\n", prod, StringComparison.Ordinal);
        Assert.Contains("oidcIssuer: oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLE1", prod, StringComparison.Ordinal);
        Assert.DoesNotContain("nodes-dev", prod, StringComparison.Ordinal);
    }

    private static JsonElement Imported(Finished run) => run.Json.GetProperty("import");

    private static IEnumerable<string> Differences(Finished run) =>
        Imported(run)
            .GetProperty("differences")
            .EnumerateArray()
            .Select(one => $"{one.GetProperty("verdict")} {one.GetProperty("object")} {one.GetProperty("field")}".TrimEnd());

    private string[] Files(params string[] paths)
    {
        var imported = Imported(InProcess.Run(folder.Path, ["import", .. paths, "--dry-run", "--format", "json"]));
        return [imported.GetProperty("lockfile").GetString()!, imported.GetProperty("settings").GetString()!];
    }

    private void Copy(string name)
    {
        var from = Path.Combine(SharedData.Require("cases", "import", name), "in");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            folder.Write(Path.GetRelativePath(from, file), File.ReadAllText(file));
        }
    }

    private void Edit(string old, string @new)
    {
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace(old, @new, StringComparison.Ordinal));
        }
    }
}
