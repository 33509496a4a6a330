using GitOpsGen.Cli.Starter;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

public sealed class InitTests
{
    [Fact]
    public void Init_writes_files_whose_only_findings_are_digests()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = new WorkFolder();
        var run = gitopsgen.On(folder.Path, "init").Exits(0);
        Assert.Equal(
            [".config/gitopsgen.schema.json", ".config/gitopsgen.yaml", ".config/packages.lock.schema.json", ".gitattributes", "packages.lock.yaml"],
            folder.Snapshot().Keys.Select(k => k.Replace('\\', '/')).Order(StringComparer.Ordinal)
        );
        Assert.Contains("added    packages.lock.yaml\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(["GOG2109", "GOG2109", "GOG2109"], gitopsgen.On(folder.Path, "lint", "--format", "json").Exits(0).Codes);
    }

    [Fact]
    public void A_pipe_in_the_place_of_gitattributes_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        using var folder = new WorkFolder();
        Tool.Require("mkfifo").Run([folder[".gitattributes"]]).RequireSuccess();

        Assert.Contains(
            ".gitattributes(1,1): error GOG5007: .gitattributes cannot be written: it is not a regular file.",
            InProcess.Run(folder.Path, "init").Exits(1).Error,
            StringComparison.Ordinal
        );

        Assert.Equal([folder[".gitattributes"]], Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    /// <summary>An engine reads from the top of the repository, and finds nothing at a path that begins at the root.</summary>
    [Theory]
    [InlineData("argocd", "teams/a", "path: teams/a/manifests/overlays/dev/packages")]
    [InlineData("flux", "teams/it's #1", "path: \"./teams/it's #1/manifests/overlays/dev/packages/prerequisites\"")]
    [InlineData("argocd", "not: allowed", "path: manifests/overlays/dev/packages")]
    [InlineData("argocd", ".", "path: manifests/overlays/dev/packages")]
    [InlineData("none", "teams/a", null)]
    public void Below_the_top_of_a_repository_the_engine_is_told_where_the_output_is(string engine, string root, string? path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such name of a folder.");
        using var folder = new WorkFolder();
        Directory.CreateDirectory(folder[".git"]);
        Directory.CreateDirectory(folder[root]);

        InProcess.Run(folder[root], "init", "--engine", engine).Exits(0);
        InProcess.Run(folder[root], "render").Exits(0);

        var rendered = Directory.EnumerateFiles(folder[root], "*.yaml", SearchOption.AllDirectories).Select(File.ReadAllText).ToArray();
        Assert.Equal(path is not null, rendered.Any(text => text.Contains($"  {path}\n", StringComparison.Ordinal)));
        Assert.Equal(
            root is "teams/a" && engine == "argocd",
            File.ReadAllText(folder[$"{root}/{WorkFolder.Settings}"]).Contains("    path: teams/a/manifests # ")
        );
    }

    [Theory]
    [InlineData("0.4.2", "gitopsgen: \">=0.4.2 <0.5.0\" # ")]
    [InlineData("0.0.0", null)]
    public void The_settings_ask_for_the_version_that_wrote_them(string tool, string? expected)
    {
        var lines = StarterFiles.SettingsFor(tool).Split('\n');

        Assert.Equal(expected, lines.SingleOrDefault(line => line.StartsWith("gitopsgen", StringComparison.Ordinal))?[..expected!.Length]);
    }

    [Theory]
    [InlineData("argocd", "argocd/")]
    [InlineData("flux", "flux/")]
    [InlineData("none", null)]
    public void What_init_was_told_renders_without_an_error(string engine, string? rendered)
    {
        using var folder = new WorkFolder();
        InProcess
            .Run(folder.Path, "init", "--engine", engine, "--account", "000000000042", "--region", "cn-north-1", "--env", "dev", "--env", "prod")
            .Exits(0);

        Assert.All(InProcess.Run(folder.Path, "lint", "--format", "json").Exits(0).Codes, code => Assert.Equal("GOG2109", code));
        InProcess.Run(folder.Path, "render").Exits(0);
        Assert.Equal(["dev", "prod"], Directory.GetDirectories(folder["manifests/overlays"]).Select(path => Path.GetFileName(path)).Order());
        Assert.Equal(rendered is not null, Directory.Exists(folder[$"manifests/overlays/prod/{engine}"]));
        var settings = File.ReadAllText(folder[WorkFolder.Settings]);
        Assert.DoesNotContain("123456789012", settings, StringComparison.Ordinal);
        Assert.DoesNotContain("eu-west-2", settings, StringComparison.Ordinal);
        Assert.Contains("oidc.eks.cn-north-1.amazonaws.com.cn/id/", settings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--engine", "fluxcd")]
    [InlineData("--account", "42")]
    [InlineData("--region", "europe")]
    [InlineData("--env", "Prod")]
    [InlineData("--env", "prod-*")]
    public void A_value_that_cannot_be_is_wrong_usage_and_writes_nothing(string option, string value)
    {
        using var folder = new WorkFolder();
        Assert.Contains(
            $"'{value}' after '{option}' is not ",
            InProcess.Run(folder.Path, "init", option, value).Exits(64).Error,
            StringComparison.Ordinal
        );
        Assert.Empty(folder.Snapshot());
    }

    /// <summary>As an editor does: the schema that the first line names, relative to the file, without a network.</summary>
    [Theory]
    [InlineData(WorkFolder.Lockfile)]
    [InlineData(WorkFolder.Settings)]
    [InlineData("deep/er/settings.yaml")]
    public void The_first_line_names_a_schema_that_accepts_the_file(string file)
    {
        using var folder = new WorkFolder();
        string[] elsewhere = file.StartsWith("deep", StringComparison.Ordinal) ? ["--settings", folder[file]] : [];
        InProcess.Run(folder.Path, ["init", .. elsewhere]).Exits(0);
        const string Modeline = "# yaml-language-server: $schema=";
        var first = File.ReadLines(folder[file]).First();
        Assert.StartsWith(Modeline, first, StringComparison.Ordinal);
        var schema = Path.GetFullPath(first[Modeline.Length..], Path.GetDirectoryName(folder[file])!);

        var text = File.ReadAllText(folder[file]);
        Assert.Equal("[]", Validate(schema, text));
        Assert.Contains("additionalProperties", Validate(schema, $"{text}\nunknown: 1\n"), StringComparison.Ordinal);
    }

    private static string Validate(string schema, string yaml)
    {
        var json = Tool.Require("python3").Run(["-c", "import sys, yaml, json; json.dump(yaml.safe_load(sys.stdin), sys.stdout)"], yaml).Output;
        const string Script =
            "const ajv = new (require('ajv').default)({ strict: false }); const check = ajv.compile(JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')));"
            + " check(JSON.parse(require('fs').readFileSync(0, 'utf8'))); process.stdout.write(JSON.stringify(check.errors ?? []));";
        var run = Tool.Require("ajv").Run(["-e", Script, schema], json);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }

    [Theory]
    [InlineData("packages.lock.yaml")]
    [InlineData(".config/gitopsgen.yaml")]
    public void Init_refuses_where_a_file_stands_and_writes_nothing(string existing)
    {
        using var folder = new WorkFolder();
        folder.Write(existing, "mine");
        var run = Gitopsgen.Built.On(folder.Path, "init", "--format", "json").Exits(1);
        Assert.Equal(["GOG5008"], run.Codes);
        Assert.Equal("mine", Assert.Single(folder.Snapshot()).Value);
    }

    [Fact]
    public void Init_that_cannot_write_all_writes_nothing()
    {
        using var folder = new WorkFolder();
        folder.Write(".config", "a file where a folder has to be");

        InProcess.Run(folder.Path, "init").Exits(1);

        Assert.Equal([".config"], folder.Snapshot().Keys);
    }

    [Theory]
    [InlineData("", "manifests/** text eol=lf\n")]
    [InlineData("*.png binary\n", "*.png binary\nmanifests/** text eol=lf\n")]
    [InlineData("*.png binary", "*.png binary\nmanifests/** text eol=lf\n")]
    [InlineData("a text\r\n*.png binary", "a text\r\n*.png binary\r\nmanifests/** text eol=lf\r\n")]
    [InlineData("manifests/** text eol=lf", "manifests/** text eol=lf")]
    [InlineData("manifests/**\ttext eol=lf linguist-generated\r\n", "manifests/**\ttext eol=lf linguist-generated\r\n")]
    [InlineData("# manifests/** text eol=lf\n", "# manifests/** text eol=lf\nmanifests/** text eol=lf\n")]
    public void Git_attributes_are_completed_in_their_own_line_endings(string existing, string expected) =>
        Assert.Equal(expected, existing + StarterFiles.MissingAttributes(existing));

    [Fact]
    public void Existing_git_attributes_are_kept_byte_for_byte()
    {
        using var folder = new WorkFolder();
        byte[] existing = [.. "*.dat binary # "u8, 0xE4, .. "\r\n"u8];
        File.WriteAllBytes(folder[".gitattributes"], existing);
        Assert.Contains("changed  .gitattributes\n", Gitopsgen.Built.On(folder.Path, "init").Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal([.. existing, .. "manifests/** text eol=lf\r\n"u8], File.ReadAllBytes(folder[".gitattributes"]));
    }
}
