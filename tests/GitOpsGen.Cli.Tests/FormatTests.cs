using System.Globalization;
using System.Text.Json;
using Xunit;

namespace GitOpsGen.Cli.Tests;

public sealed class FormatTests
{
    private const string Generated = "manifests/overlays/dev/packages/wave-1/upbound-provider-aws-s3.yaml";

    [Fact]
    public void Json_is_one_object_in_every_outcome()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = new WorkFolder();
        Expect("check", 1, "no root");
        Expect("init", 0);
        Expect("init", 1, "refused");
        Expect("check", 2, "nothing rendered yet");
        Expect("render", 0);
        Expect("render", 0, "nothing to do");
        Expect("check", 0);
        Expect("lint", 0);
        Expect("graph", 0);
        Expect("why provider-aws-s3", 0);
        Expect("schema lockfile", 0);
        Expect("schema settings", 0);
        File.AppendAllText(folder[Generated], "# mine\n");
        Expect("check", 1, "edited");
        Expect("render", 1, "edited");
        Expect("render --force", 0);
        File.WriteAllText(folder[WorkFolder.Lockfile], "[");
        Expect("lint", 1);
        Expect("graph", 1);
        Expect("render", 1);

        void Expect(string line, int exitCode, string why = "")
        {
            string[] words = line.Split(' ');
            var run = gitopsgen.On(folder.Path, [.. words, "--format", "json", "--verbose"]).Exits(exitCode);
            var json = run.Json;
            Assert.Equal(1, json.GetProperty("formatVersion").GetInt32());
            Assert.Equal(words[0], json.GetProperty("command").GetString());
            Assert.Equal(exitCode, json.GetProperty("exitCode").GetInt32());
            Assert.Equal(JsonValueKind.Array, json.GetProperty("changes").ValueKind);
            Assert.True(exitCode != 1 || run.Codes.Any(), why);
            Assert.True(exitCode == 1 || json.TryGetProperty(words[0], out _), why);
            Assert.DoesNotContain("GOG", run.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>Escape sequences and characters that turn the direction of text, in names of files, in a file, and in the root's own name.</summary>
    [Theory]
    [InlineData("render", "text")]
    [InlineData("render", "github")]
    [InlineData("render", "json")]
    [InlineData("lint", "sarif")]
    [InlineData("check --diff", "text")]
    [InlineData("template list", "text")]
    [InlineData("validate {0}", "github")]
    public void Nothing_but_printable_characters_reaches_a_terminal_or_a_log(string line, string format)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "No such names are possible.");
        var gitopsgen = Gitopsgen.Built;
        using var folder = new WorkFolder();
        var root = Directory.CreateDirectory(folder["a\e[31m\u202eb"]).FullName;
        gitopsgen.On(root, "init").Exits(0);
        gitopsgen.On(root, "render").Exits(0);
        File.AppendAllText(Path.Combine(root, Generated), "# \e[31m\u2067\u202e\r\u0007\n");
        foreach (var name in new[] { "e\e[31m.yaml", "\u202e\u2066.txt" })
            File.WriteAllText(
                Path.Combine(Directory.CreateDirectory(Path.Combine(root, "templates")).FullName, $"{name}.scriban"),
                "{{ \u202e\e[31m"
            );
        File.WriteAllText(Path.Combine(root, "o\e[31m.yaml"), "kind: \"\e\u202e\n");
        string[] words = [.. line.Split(' ').Select(word => word == "{0}" ? "." : word)];

        var run = gitopsgen.On(root, [.. words, "--format", format, "--verbose"]);

        Assert.NotEmpty(run.Output + run.Error);
        Assert.DoesNotMatch(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}-[\n\t]]", run.Output + run.Error);
    }

    [Fact]
    public void Json_names_places_changes_and_the_diff()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        var json = gitopsgen.On(folder.Path, "check", "--format", "json").Exits(2).Json;
        var diagnostic = json.GetProperty("diagnostics").EnumerateArray().First(d => d.GetProperty("code").GetString() == "GOG2109");
        Assert.Equal(
            ["code", "severity", "message", "fix", "file", "line", "column", "endLine", "endColumn"],
            diagnostic.EnumerateObject().Select(p => p.Name)
        );
        Assert.Equal("packages.lock.yaml", diagnostic.GetProperty("file").GetString());
        Assert.Equal(6, diagnostic.GetProperty("line").GetInt32());
        Assert.Contains(
            json.GetProperty("changes").EnumerateArray(),
            c => c.GetProperty("path").GetString() == Generated && c.GetProperty("change").GetString() == "changed"
        );
        Assert.Contains($"--- a/{Generated}\n", json.GetProperty("check").GetProperty("diff").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Github_annotates_findings_and_stale_files_on_stdout()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);
        var line = LineOfTheVersion(folder);
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        var run = gitopsgen.On(folder.Path, "check", "--format", "github").Exits(2);
        Assert.Contains(
            "::warning file=packages.lock.yaml,line=6,col=14,endLine=6,endColumn=54,title=GOG2109::",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains($"::error file={Generated},line={line},col=1,", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("text", "{0}({1},1): error GOG5010: ")]
    [InlineData("json", "\"file\": \"{0}\",\n      \"line\": {1},")]
    [InlineData("github", "::error file={0},line={1},col=1,endLine={1},endColumn=1,title=GOG5010::")]
    [InlineData(
        "sarif",
        "\"uri\": \"{0}\",\n                  \"uriBaseId\": \"%SRCROOT%\"\n                }},\n                \"region\": {{\n                  \"startLine\": {1},"
    )]
    public void A_file_that_is_out_of_date_is_a_finding_at_its_first_differing_line(string form, string expected)
    {
        using var folder = WorkFolder.Rendered(Gitopsgen.Built);
        var line = LineOfTheVersion(folder);
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");

        var run = InProcess.Run(folder.Path, "check", "--format", form).Exits(2);

        var place = string.Format(CultureInfo.InvariantCulture, expected, Generated, line);
        Assert.Contains(place, form == "text" ? run.Error : run.Output, StringComparison.Ordinal);
    }

    private static int LineOfTheVersion(WorkFolder folder) =>
        Array.FindIndex(File.ReadAllLines(folder[Generated]), line => line.Contains("v2.2.0", StringComparison.Ordinal)) + 1;

    [Fact]
    public void A_finding_that_only_moves_stays_the_same_one_in_sarif()
    {
        using var folder = WorkFolder.Started(Gitopsgen.Built);
        var before = Results();
        File.WriteAllText(folder[WorkFolder.Lockfile], "# one line more\n" + File.ReadAllText(folder[WorkFolder.Lockfile]));
        var after = Results();

        Assert.Equal(3, before.Length);
        Assert.Equal(before.Select(result => result.Line + 1), after.Select(result => result.Line));
        Assert.Equal(before.Select(result => result.Identity), after.Select(result => result.Identity));
        Assert.Equal(3, before.DistinctBy(result => result.Identity).Count());

        (int Line, string Identity)[] Results() =>
            [
                .. InProcess
                    .Run(folder.Path, "lint", "--format", "sarif")
                    .Exits(0)
                    .Json.GetProperty("runs")[0]
                    .GetProperty("results")
                    .EnumerateArray()
                    .Select(result =>
                        (
                            result
                                .GetProperty("locations")[0]
                                .GetProperty("physicalLocation")
                                .GetProperty("region")
                                .GetProperty("startLine")
                                .GetInt32(),
                            result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()!
                        )
                    ),
            ];
    }

    [Fact]
    public void Sarif_refers_to_its_rules()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);
        folder.Edit(WorkFolder.Lockfile, "version: v2.3.4", "version: latest");
        var run = gitopsgen.On(folder.Path, "check", "--format", "sarif").Exits(1);
        Assert.Empty(run.Error);
        Assert.Equal("2.1.0", run.Json.GetProperty("version").GetString());
        var sarif = run.Json.GetProperty("runs")[0];
        var rules = sarif.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var result = Assert.Single(sarif.GetProperty("results").EnumerateArray(), r => r.GetProperty("ruleId").GetString() == "GOG1014");
        Assert.Equal("GOG1014", rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        Assert.Equal("error", result.GetProperty("level").GetString());
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("packages.lock.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(8, place.GetProperty("region").GetProperty("startLine").GetInt32());
    }

    [Fact]
    public void Report_files_are_written_beside_the_result_in_any_form()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        using var elsewhere = new WorkFolder();
        elsewhere.Write("text", "old");
        var run = gitopsgen
            .Run(
                elsewhere.Path,
                "check",
                "-C",
                folder.Path,
                "--report",
                "sarif=new/folder/a.sarif",
                "--report",
                "json=a.json",
                "--report",
                "github=g",
                "--report",
                "text=text"
            )
            .Exits(2);
        Assert.Contains("error GOG5010", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["a.json", "g", "new/folder/a.sarif", "text"],
            elsewhere.Snapshot().Keys.Select(k => k.Replace('\\', '/')).Order(StringComparer.Ordinal)
        );
        Assert.Equal("2.1.0", JsonElement.Parse(File.ReadAllText(elsewhere["new/folder/a.sarif"])).GetProperty("version").GetString());
        Assert.Equal(gitopsgen.On(folder.Path, "check", "--format", "json").Output, File.ReadAllText(elsewhere["a.json"]));
        Assert.Equal(gitopsgen.On(folder.Path, "check", "--format", "github").Output, File.ReadAllText(elsewhere["g"]));
        Assert.Equal(run.Error + run.Output, File.ReadAllText(elsewhere["text"]));
    }

    [Fact]
    public void A_report_that_cannot_be_written_is_an_error_in_the_result()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);
        folder.Write("file", "");
        var run = gitopsgen.Run(folder.Path, "check", "--format", "json", "--report", "sarif=file/below").Exits(1);
        Assert.Contains("GOG5007", run.Codes);
        Assert.Equal(1, run.Json.GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public void Quiet_leaves_errors_and_the_paths_of_a_failing_check()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        var differs = gitopsgen.On(folder.Path, "check", "--quiet").Exits(2);
        Assert.All(differs.Error.TrimEnd('\n').Split('\n'), line => Assert.Matches(@"^manifests/.*\(1,1\): error GOG5010: ", line));
        Assert.Empty(differs.Output);
        var rendered = gitopsgen.On(folder.Path, "render", "--quiet").Exits(0);
        Assert.Empty(rendered.Output + rendered.Error);
        File.WriteAllText(folder[WorkFolder.Lockfile], "[");
        Assert.Contains("error GOG1003", gitopsgen.On(folder.Path, "lint", "--quiet").Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_are_of_all_findings_and_the_list_is_what_is_cut()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = Fleet.Create(environments: 1, packages: 3000);
        folder.Edit(WorkFolder.Settings, "GOG2109: off", "GOG2109: error");

        var run = gitopsgen.On(folder.Path, "lint", "--format", "json").Exits(1);
        var listed = run.Codes.Count(code => code == "GOG2109");

        Assert.InRange(listed, 2, 200);
        Assert.Equal(3000, run.Json.GetProperty("lint").GetProperty("errors").GetInt32());
        Assert.StartsWith("3000 errors", gitopsgen.On(folder.Path, "lint").Exits(1).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lockfile")]
    [InlineData("settings")]
    public void A_schema_is_printed_as_one_document(string document)
    {
        using var folder = new WorkFolder();
        var schema = Gitopsgen.Built.On(folder.Path, "schema", document).Exits(0).Json;
        Assert.True(schema.TryGetProperty("$schema", out _));
        var inside = Gitopsgen
            .Built.On(folder.Path, "schema", document, "--format", "json")
            .Exits(0)
            .Json.GetProperty("schema")
            .GetProperty(document);
        Assert.True(JsonElement.DeepEquals(schema, inside));
    }
}
