using GitOpsGen.Cli.Tests.Updating;
using Xunit;

namespace GitOpsGen.Cli.Tests.Importing;

/// <summary>What 'import' does and how it ends.</summary>
public sealed class ImportTests
{
    private const string Provider = """
        apiVersion: pkg.crossplane.io/v1
        kind: Provider
        metadata: { name: upbound-provider-aws-s3 }
        spec: { package: "xpkg.upbound.io/upbound/provider-aws-s3:v2.2.0" }

        """;

    private const string Family = """
        ---
        apiVersion: pkg.crossplane.io/v1
        kind: Provider
        metadata: { name: upbound-provider-family-aws }
        spec: { package: "xpkg.upbound.io/upbound/provider-family-aws:v2.2.0" }

        """;

    [Fact]
    public void What_is_complete_is_written_and_renders()
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider + Family);

        var run = InProcess.Run(folder.Path, "import", ".").Exits(0);

        Assert.Contains("added    packages.lock.yaml\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("Both files render.", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder[".config/gitopsgen.schema.json"]));
        Assert.Contains("manifests/** text eol=lf", File.ReadAllText(folder[".gitattributes"]), StringComparison.Ordinal);
        InProcess.Run(folder.Path, "render").Exits(0);
        Assert.True(File.Exists(folder["manifests/base/upbound-provider-aws-s3/package.yaml"]));
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_named_and_the_rest_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider + Family);
        folder.Write("closed/more.yaml", "a: 1");
        var version = Gitopsgen.Shell("/", $"{Gitopsgen.WithoutRights}{Gitopsgen.Built.ShellWords("--version")}");
        Assert.SkipUnless(version.ExitCode == 0, "no other user can run the program here");

        var run = Gitopsgen.Shell(
            folder.Path,
            $"chmod a+rx .; chmod a+r packages.yaml; chmod 0 closed; {Gitopsgen.WithoutRights}{Gitopsgen.Built.ShellWords("import", ".", "--dry-run")}; code=$?; chmod 700 closed; exit $code"
        );

        run.Exits(1);
        Assert.Contains("closed(1,1): error GOG8302: closed cannot be read: Permission denied.", run.Error, StringComparison.Ordinal);
        Assert.Contains("main ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_only_a_core_no_step_waits_for_packages()
    {
        using var folder = new WorkFolder();
        folder.Write(
            "crossplane.yaml",
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: crossplane, namespace: argocd }
            spec:
              project: default
              source: { repoURL: https://charts.crossplane.io/stable, chart: crossplane, targetRevision: 2.3.4 }
              destination: { server: https://kubernetes.default.svc, namespace: crossplane-system }

            """
        );

        var run = InProcess.Run(folder.Path, "import", ".", "--dry-run");

        Assert.Contains("Hand-over", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("kubectl wait", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WorkFolder.Lockfile)]
    [InlineData(WorkFolder.Settings)]
    public void A_file_that_is_there_is_never_overwritten(string there)
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider);
        folder.Write(there, "mine\n");
        var before = folder.Snapshot();

        var run = InProcess.Run(folder.Path, "import", "packages.yaml", "--format", "json").Exits(1);

        Assert.Equal(["GOG5008"], run.Codes);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void A_version_that_can_move_is_written_as_it_is_and_ends_with_2()
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider.Replace("v2.2.0", "latest", StringComparison.Ordinal));

        var run = InProcess.Run(folder.Path, "import", ".", "--format", "json").Exits(2);

        Assert.Contains("GOG8401", run.Codes);
        Assert.Contains("GOG1014", run.Codes);
        Assert.Contains("version: latest", File.ReadAllText(folder[WorkFolder.Lockfile]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind: Provider\n  broken: [crossplane", "GOG8302")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n", "GOG8309")]
    public void Without_a_readable_package_nothing_is_written(string content, string code)
    {
        using var folder = new WorkFolder();
        folder.Write("source.yaml", content);
        var before = folder.Snapshot();

        var run = InProcess.Run(folder.Path, "import", "source.yaml", "--format", "json").Exits(1);

        Assert.Contains(code, run.Codes);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void A_source_that_is_not_there_is_a_finding()
    {
        using var folder = new WorkFolder();
        Assert.Contains("GOG8302", InProcess.Run(folder.Path, "import", "nowhere", "--format", "json").Exits(1).Codes);
    }

    [Fact]
    public void Two_guesses_that_contradict_write_nothing()
    {
        using var folder = new WorkFolder();
        const string Flux = """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: crossplane, namespace: flux-system }
            spec: { path: ./overlays/NAME, sourceRef: { kind: GitRepository, name: flux-system } }

            """;
        foreach (var name in new[] { "dev", "prod", "stage" })
        {
            folder.Write($"overlays/{name}/packages.yaml", Provider);
        }

        foreach (var name in new[] { "dev", "prod" })
        {
            folder.Write($"clusters/{name}/crossplane.yaml", Flux.Replace("NAME", name, StringComparison.Ordinal));
        }

        var run = InProcess.Run(folder.Path, "import", ".", "--format", "json").Exits(1);

        Assert.Contains("GOG8307", run.Codes);
        Assert.False(File.Exists(folder[WorkFolder.Lockfile]));
        InProcess.Run(folder.Path, "import", "--env", "dev=clusters/dev", "--env", "prod=clusters/prod", "--dry-run").Exits(0);
    }

    [Theory]
    [InlineData]
    [InlineData(".", "--env", "prod")]
    [InlineData(".", "--set", "NAME")]
    [InlineData(".", "--upstream", "=x")]
    public void A_command_line_that_cannot_be_meant_is_wrong_usage(params string[] arguments)
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider);

        InProcess.Run(folder.Path, ["import", .. arguments]).Exits(64);
    }

    [Fact]
    public void A_dry_run_prints_both_files_and_writes_nothing()
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider + Family);
        var before = folder.Snapshot();

        var run = InProcess.Run(folder.Path, "import", ".", "--dry-run").Exits(0);

        Assert.Contains("\nlockfileVersion: 1\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nsettingsVersion: 1\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }

    [Theory]
    [InlineData("v2.2.0", 0)]
    [InlineData("v2", 1)]
    public void Findings_alone_end_with_1_where_one_is_an_error(string version, int code)
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", (Provider + Family).Replace("v2.2.0", version, StringComparison.Ordinal));
        var before = folder.Snapshot();

        InProcess.Run(folder.Path, "import", ".", "--only-findings", "--format", "sarif").Exits(code);

        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void Findings_alone_are_annotations_and_end_with_0_where_none_is_an_error()
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider);

        var run = InProcess.Run(folder.Path, "import", ".", "--only-findings", "--format", "github").Exits(0);

        Assert.StartsWith("::notice file=packages.yaml,line=4,", run.Output, StringComparison.Ordinal);
        Assert.Contains("GOG8506", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Hand-over", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("lockfileVersion", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_says_what_env_is_here()
    {
        Assert.Contains("--env <name=path>", InProcess.Run(Path.GetTempPath(), "import", "--help").Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("--env <glob>", InProcess.Run(Path.GetTempPath(), "render", "--help").Exits(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live", "--env", "live=-")]
    [InlineData("live", "-", "--env", "live=-")]
    [InlineData("main", "-")]
    public void The_standard_input_is_a_source_of_an_environment(string environment, params string[] arguments)
    {
        using var folder = new WorkFolder();
        folder.Write("stream.yaml", Provider + Family);

        var run = Gitopsgen.Shell(folder.Path, $"{Gitopsgen.Built.ShellWords(["import", .. arguments, "--format", "json"])} < stream.yaml").Exits(0);

        Assert.Equal(environment, run.Json.GetProperty("import").GetProperty("environments")[0].GetProperty("name").GetString());
        Assert.Contains($"  {environment}:", File.ReadAllText(folder[WorkFolder.Settings]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_that_is_named_twice_has_both_paths()
    {
        using var folder = new WorkFolder();
        folder.Write("a.yaml", Provider);
        folder.Write("b.yaml", Family);

        var run = InProcess.Run(folder.Path, "import", "--env", "dev=a.yaml", "--env", "dev=b.yaml", "--format", "json").Exits(0);

        var environment = Assert.Single(run.Json.GetProperty("import").GetProperty("environments").EnumerateArray());
        Assert.Equal(2, environment.GetProperty("packages").GetInt32());
    }

    [Fact]
    public void Two_names_that_become_one_write_nothing()
    {
        using var folder = new WorkFolder();
        folder.Write("a.yaml", Provider);
        folder.Write("b.yaml", Family);

        Assert.Contains(
            "GOG8307",
            InProcess.Run(folder.Path, "import", "--env", "Prod_EU=a.yaml", "--env", "prod-eu=b.yaml", "--format", "json").Exits(1).Codes
        );
        Assert.False(File.Exists(folder[WorkFolder.Lockfile]));
    }

    [Fact]
    public void A_root_behind_a_link_is_read()
    {
        using var folder = new WorkFolder();
        folder.Write("real/a.yaml", Provider + Family);
        try
        {
            Directory.CreateSymbolicLink(folder["link"], folder["real"]);
        }
        catch (IOException e)
        {
            Assert.Skip($"This machine makes no symbolic links: {e.Message}");
        }

        InProcess.Run(folder["link"], "import", ".", "--dry-run").Exits(0);
        Assert.Contains("GOG8302", InProcess.Run(folder.Path, "import", "link", "--dry-run", "--format", "json").Exits(1).Codes);
    }

    [Fact]
    public void A_placeholder_is_open_until_it_is_set()
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider.Replace("v2.2.0", "${VERSION}", StringComparison.Ordinal) + Family);

        Assert.Contains("GOG8306", InProcess.Run(folder.Path, "import", ".", "--dry-run", "--format", "json").Exits(2).Codes);
        Assert.DoesNotContain(
            "GOG8306",
            InProcess.Run(folder.Path, "import", ".", "--dry-run", "--format", "json", "--set", "VERSION=v2.2.0").Exits(0).Codes
        );
    }

    [Theory]
    [InlineData(":v1", "v1.2.0")]
    [InlineData("", "v2.0.0")]
    public void A_registry_says_which_version_a_tag_stands_for(string tag, string version)
    {
        using var registry = new SmallRegistry()
            .With("Function", "acme/function", ["v1.0.0", "v1.2.0", "v2.0.0"])
            .Tagged("acme/function", "v1.2.0", "v1")
            .Tagged("acme/function", "v2.0.0", "latest");
        registry.Folder.Write(
            "a.yaml",
            $"apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: {{ name: acme-function }}\nspec: {{ package: '{registry.Host}/acme/function{tag}' }}\n"
        );

        Assert.Contains("GOG8401", registry.Run("import", "a.yaml", "--dry-run", "--format", "json").Exits(2).Codes);
        var resolved = registry.Run("import", "a.yaml", "--dry-run", "--resolve", "--format", "json").Exits(2); // GOG8404: nobody says whose copy it is
        Assert.DoesNotContain("GOG8401", resolved.Codes);
        Assert.Contains($"version: {version}\n", resolved.Json.GetProperty("import").GetProperty("lockfile").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_that_is_down_ends_with_3_and_nothing_is_written()
    {
        using var registry = new SmallRegistry().With("Function", "acme/function", ["v1.0.0"]);
        registry.Fails = true;
        registry.Folder.Write(
            "a.yaml",
            $"apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: {{ name: acme-function }}\nspec: {{ package: '{registry.Host}/acme/function:v1' }}\n"
        );

        registry.Run("import", "a.yaml", "--resolve").Exits(3);
        Assert.False(File.Exists(registry.Folder[WorkFolder.Lockfile]));
    }

    [Fact]
    public void A_comparison_is_clean_after_the_import_and_ends_with_2_once_a_source_changes()
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider + Family);
        InProcess.Run(folder.Path, "import", "packages.yaml").Exits(0);
        var before = folder.Snapshot();

        var clean = InProcess.Run(folder.Path, "import", "packages.yaml", "--compare").Exits(0);
        Assert.Contains("main: 2 of 2 objects are the same\n", clean.Output, StringComparison.Ordinal);

        folder.Write("packages.yaml", Provider.Replace("s3:v2.2.0", "s3:v2.1.0", StringComparison.Ordinal) + Family);
        var run = InProcess.Run(folder.Path, "import", "packages.yaml", "--compare", "--format", "json").Exits(2);
        var difference = Assert.Single(run.Json.GetProperty("import").GetProperty("differences").EnumerateArray());
        Assert.Equal(
            ("main", "Provider upbound-provider-aws-s3", "pull", "differs", "packages.yaml", 4),
            (Text("environment"), Text("object"), Text("field"), Text("verdict"), Text("file"), difference.GetProperty("line").GetInt32())
        );
        Assert.Equal("xpkg.upbound.io/upbound/provider-aws-s3:v2.1.0", Text("existing"));
        Assert.Equal("xpkg.upbound.io/upbound/provider-aws-s3:v2.2.0", Text("rendered"));
        Assert.Equal(2, run.Json.GetProperty("import").GetProperty("objects").GetInt32());

        folder.Write("packages.yaml", Provider + Family);
        Assert.Equal(before, folder.Snapshot());

        string? Text(string key) => difference.GetProperty(key).GetString();
    }

    [Fact]
    public void A_comparison_with_files_that_cannot_be_rendered_ends_with_1()
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider.Replace("v2.2.0", "v2", StringComparison.Ordinal) + Family);
        InProcess.Run(folder.Path, "import", "packages.yaml").Exits(2);

        Assert.Contains("GOG1014", InProcess.Run(folder.Path, "import", "packages.yaml", "--compare", "--format", "json").Exits(1).Codes);
        File.Delete(folder[WorkFolder.Settings]);
        Assert.Contains("GOG1001", InProcess.Run(folder.Path, "import", "packages.yaml", "--compare", "--format", "json").Exits(1).Codes);
    }

    [Fact]
    public void The_hand_over_is_printed_and_written_as_markdown()
    {
        using var folder = new WorkFolder();
        folder.Write("packages.yaml", Provider + Family);

        var run = InProcess.Run(folder.Path, "import", ".", "--report", $"markdown={folder["hand-over.md"]}").Exits(0);

        Assert.Contains("Hand-over\n1. Merge", run.Output, StringComparison.Ordinal);
        var page = File.ReadAllText(folder["hand-over.md"]);
        Assert.StartsWith("# Hand-over\n\n## 1. Merge", page, StringComparison.Ordinal);
        Assert.Contains(
            "```sh\nkubectl wait --for=condition=Healthy --timeout=15m providers.pkg.crossplane.io --all\n```\n",
            page,
            StringComparison.Ordinal
        );
    }
}
