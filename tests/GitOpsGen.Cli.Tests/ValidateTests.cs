using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>
/// <c>gitopsgen validate</c> on the files of <c>init</c>: two Providers, an ImageConfig, two Applications and a ConfigMap, which needs
/// no definition.
/// </summary>
public sealed class ValidateTests
{
    private const string Provider = "manifests/overlays/dev/packages/wave-0/upbound-provider-family-aws.yaml";

    /// <summary>Every kind that is rendered, open to any field.</summary>
    private static readonly string All = string.Join(
        "---\n",
        Crd("pkg.crossplane.io", "Provider", "v1"),
        Crd("pkg.crossplane.io", "ImageConfig", "v1beta1"),
        Crd("argoproj.io", "Application", "v1alpha1")
    );

    [Fact]
    public void Objects_that_the_definitions_take_are_valid_and_nothing_is_written()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write("crds.yaml", All);
        var before = folder.Snapshot();
        var run = gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"], "--strict").Exits(0);
        Assert.Equal("6 objects of 1 environment: 6 valid, 0 invalid, 0 not checked in full.\n", run.Output);
        Assert.DoesNotContain("GOG7", run.Error, StringComparison.Ordinal);
        Assert.Empty(gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"], "--quiet").Exits(0).Output);
        Assert.Equal(before, folder.Snapshot());
    }

    [Theory]
    [InlineData("../definitions")]
    [InlineData("absolute")]
    public void Definitions_may_be_outside_of_the_root_and_no_other_command_needs_them(string place)
    {
        var gitopsgen = Gitopsgen.Built;
        using var around = new WorkFolder();
        var root = around["repository"];
        Directory.CreateDirectory(root);
        gitopsgen.On(root, "init").Exits(0);
        var definitions = around["definitions"];
        File.AppendAllText(Path.Combine(root, WorkFolder.Settings), $"crds: ['{(place == "absolute" ? definitions : place)}']\n");

        gitopsgen.On(root, "render").Exits(0);
        gitopsgen.On(root, "check").Exits(0);
        gitopsgen.On(root, "lint").Exits(0);
        Assert.Contains("error GOG1001", gitopsgen.On(root, "validate").Exits(1).Error, StringComparison.Ordinal);

        around.Write("definitions/crds.yaml", Crd("pkg.crossplane.io", "Provider", "v1", "required: [owner]"));
        Assert.Contains("GOG7102", gitopsgen.On(root, "validate").Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_names_object_field_file_and_line_of_what_is_rendered()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write(
            "crds.yaml",
            Crd("pkg.crossplane.io", "Provider", "v1", "required: [owner], properties: { package: { type: string, maxLength: 3 } }")
        );
        var run = gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"]).Exits(1);
        Assert.Contains("6 objects of 1 environment: 4 valid, 2 invalid, 0 not checked in full.\n", run.Output, StringComparison.Ordinal);

        gitopsgen.On(folder.Path, "render").Exits(0);
        var line = 1 + Array.FindIndex(File.ReadAllLines(folder[Provider]), l => l.StartsWith("  package: ", StringComparison.Ordinal));
        Assert.InRange(line, 2, 20);
        Assert.Contains(
            $"{Provider}({line},12): error GOG7104: Provider/upbound-provider-family-aws: spec.package ",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            " It is written at templates/overlays/{environment}/packages/wave-{wave}/{object}.yaml.scriban(19,",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"{Provider}({line},3): error GOG7102: Provider/upbound-provider-family-aws: spec.owner is missing.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_cannot_be_checked_is_an_error_only_when_strict()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write(
            "templates/overlays/{environment}/packages/prerequisites/thing.yaml.scriban",
            "apiVersion: example.org/v1\nkind: Thing\nmetadata:\n  name: a\n"
        );
        Assert.Equal(["GOG7201"], Gaps(0));
        Assert.Equal(["GOG7201"], Gaps(1, "--strict"));
        folder.Edit(WorkFolder.Settings, "settingsVersion: 1", "settingsVersion: 1\nrules: { GOG7201: off }");
        Assert.Empty(Gaps(0));
        Assert.Equal(["GOG7201"], Gaps(1, "--strict"));

        IEnumerable<string?> Gaps(int exitCode, params string[] more)
        {
            var run = gitopsgen.On(folder.Path, ["validate", "--format", "json", .. more]).Exits(exitCode);
            var counts = run.Json.GetProperty("validate");
            Assert.Equal((1, 7, 6, 0, 1), (Count("environments"), Count("objects"), Count("valid"), Count("invalid"), Count("unchecked")));
            return run.Codes.Where(code => code!.StartsWith("GOG7", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

            int Count(string name) => counts.GetProperty(name).GetInt32();
        }
    }

    [Fact]
    public void A_version_that_the_definition_does_not_serve_is_invalid()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write("crds.yaml", All.Replace("v1alpha1", "v2", StringComparison.Ordinal));

        var run = gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"], "--format", "json").Exits(1);

        Assert.Equal(["GOG7202", "GOG7202"], Codes(run));
        Assert.Equal(2, run.Json.GetProperty("validate").GetProperty("invalid").GetInt32());
    }

    /// <summary>Argo CD's Applications say how it applies, and a template of the user can change that.</summary>
    [Fact]
    public void A_null_is_an_error_or_a_warning_by_how_the_engine_applies()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write(
            "crds.yaml",
            All.Replace(
                "x-kubernetes-preserve-unknown-fields: true",
                "x-kubernetes-preserve-unknown-fields: true, properties: { verification: { type: object } }",
                StringComparison.Ordinal
            )
        );
        gitopsgen.On(folder.Path, "template", "eject", "overlays/{environment}/packages/prerequisites/imageconfig-{imageconfig}.yaml").Exits(0);
        folder.Edit(
            "templates/overlays/{environment}/packages/prerequisites/imageconfig-{imageconfig}.yaml.scriban",
            "spec:\n",
            "spec:\n  verification:\n"
        );
        Assert.Equal(["GOG7103"], Codes(Validate(1)));

        gitopsgen.On(folder.Path, "template", "eject", "overlays/{environment}/argocd/packages.yaml").Exits(0);
        folder.Edit("templates/overlays/{environment}/argocd/packages.yaml.scriban", "      - ServerSideApply=true\n", "");
        Assert.Equal(["GOG7110"], Codes(Validate(0)));

        Finished Validate(int exitCode) => gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"], "--format", "json").Exits(exitCode);
    }

    [Fact]
    public void What_is_rendered_needs_no_definition()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        Assert.Empty(Codes(gitopsgen.On(folder.Path, "validate", "--format", "json", "--strict").Exits(0)));
        Assert.Equal(
            ["GOG7003"],
            Codes(gitopsgen.On(folder.Path, "validate", "--format", "json", "--strict", "--crds", folder[WorkFolder.Lockfile]).Exits(0))
        );
        Assert.Contains("valid", gitopsgen.On(RepositoryRoot.Path, "validate", "--strict").Exits(0).Output, StringComparison.Ordinal);
    }

    /// <summary>A role binding beside the package that needs it, and the configuration of that package.</summary>
    [Fact]
    public void A_provider_in_its_own_cluster_is_valid()
    {
        var root = SharedData.Require("cases", "situations", "17-provider-kubernetes-incluster");
        Assert.Empty(Codes(Gitopsgen.Built.On(root, "validate", "--format", "json", "--strict").Exits(0)));
    }

    [Fact]
    public void A_definition_that_is_given_wins_over_the_built_in_one()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write("provider.yaml", Crd("pkg.crossplane.io", "Provider", "v9"));
        Assert.Contains("GOG7202", Codes(gitopsgen.On(folder.Path, "validate", "--format", "json", "--crds", folder["provider.yaml"]).Exits(1)));
    }

    [Fact]
    public void Definitions_come_from_files_and_folders_of_the_command_line_and_the_settings()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write("one/deep/provider.yml", Crd("pkg.crossplane.io", "Provider", "v1"));
        folder.Write("one/deep/notes.txt", "[");
        folder.Write("two/image.json", """{ "apiVersion": "v1", "kind": "List", "items": [] }""");
        folder.Write("image.yaml", Crd("pkg.crossplane.io", "ImageConfig", "v1beta1"));
        folder.Write("elsewhere/argo.yaml", Crd("argoproj.io", "Application", "v1alpha1"));
        folder.Edit(WorkFolder.Settings, "settingsVersion: 1", "settingsVersion: 1\ncrds: [./one/, image.yaml]");

        // Those of the settings are relative to the root, those of the command line to the current folder; what is named twice is read once.
        var run = gitopsgen
            .Run(
                folder["elsewhere"],
                "validate",
                "--strict",
                "--crds",
                "argo.yaml",
                "--crds",
                "../two",
                "--crds",
                "../image.yaml",
                "--format",
                "json"
            )
            .Exits(0);
        Assert.Equal(6, run.Json.GetProperty("validate").GetProperty("valid").GetInt32());
        folder.Write("two/again.yaml", All);
        Assert.Equal(
            ["GOG7002", "GOG7002", "GOG7002"],
            Codes(gitopsgen.Run(folder["elsewhere"], "validate", "--crds", "argo.yaml", "--crds", "../two", "--format", "json").Exits(0))
        );
    }

    [Fact]
    public void Definitions_that_cannot_be_read_are_an_error_where_they_are_named()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        Directory.CreateDirectory(folder["empty/folder"]);
        folder.Write("crds.yaml", All);
        Assert.Equal("missing.yaml:1", Named("--crds", folder["missing.yaml"]));
        Assert.Equal("", Named("--crds", folder["empty"]));
        Assert.Equal("", Named("--crds", folder["crds.yaml"], "--crds", folder["empty/"]));
        folder.Edit(WorkFolder.Settings, "settingsVersion: 1", "settingsVersion: 1\ncrds:\n- crds.yaml\n- missing");
        Assert.Equal($"{WorkFolder.Settings}:6", Named());
        folder.Edit(WorkFolder.Settings, "- missing", "- empty");
        Assert.Equal($"{WorkFolder.Settings}:6", Named());
        folder.Edit(WorkFolder.Settings, "- empty", "- ../crds.yaml");
        Assert.Equal($"{WorkFolder.Settings}:6", Named());

        string Named(params string[] crds)
        {
            var run = gitopsgen.On(folder.Path, ["validate", "--format", "json", .. crds]).Exits(1);
            var error = Assert.Single(run.Json.GetProperty("diagnostics").EnumerateArray(), d => d.GetProperty("severity").GetString() == "error");
            Assert.Contains(error.GetProperty("code").GetString(), (string[])["GOG1001", "GOG1104"]);
            return error.GetProperty("file").GetString() is { } file ? $"{file}:{error.GetProperty("line").GetInt32()}" : "";
        }
    }

    [Fact]
    public void Hostile_definitions_are_findings_in_their_file()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        Refused("GOG1003", "a: [");
        Refused("GOG1002", "a: \0");
        Refused("GOG1004", "a: &a [b]\nc: *a\n");
        Refused("GOG1005", new string('[', 100_000));
        Refused("GOG7001", Crd("a", "A", "v1").Replace("k8s.io/v1", "k8s.io/v1beta1", StringComparison.Ordinal));
        Refused("GOG7001", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n");

        void Refused(string code, string text)
        {
            folder.Write("crds/a.yaml", text);
            var run = gitopsgen.On(folder.Path, "validate", "--crds", folder["crds"], "--format", "json").Exits(1);
            Assert.Contains(
                run.Json.GetProperty("diagnostics").EnumerateArray(),
                d => d.GetProperty("code").GetString() == code && d.GetProperty("file").GetString() == "crds/a.yaml"
            );
            Assert.False(run.Json.TryGetProperty("validate", out _));
        }
    }

    [Fact]
    public void Findings_have_every_form()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write("crds.yaml", Crd("pkg.crossplane.io", "Provider", "v1", "properties: { package: { type: integer } }"));
        var json = gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"], "--format", "json").Exits(1).Json;
        Assert.Equal(
            Provider,
            Assert
                .Single(
                    json.GetProperty("diagnostics").EnumerateArray(),
                    d =>
                        d.GetProperty("code").GetString() == "GOG7103"
                        && d.GetProperty("message").GetString()!.Contains("family", StringComparison.Ordinal)
                )
                .GetProperty("file")
                .GetString()
        );
        Assert.Contains(
            $"::error file={Provider},line=",
            gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"], "--format", "github").Exits(1).Output,
            StringComparison.Ordinal
        );
        var sarif = gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"], "--format", "sarif").Exits(1).Json.GetProperty("runs")[0];
        Assert.Contains(sarif.GetProperty("results").EnumerateArray(), r => r.GetProperty("ruleId").GetString() == "GOG7103");
        Assert.Contains(
            "error GOG7103: ",
            gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"], "--quiet").Exits(1).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Only_the_environments_that_are_asked_for_are_validated()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = Fleet.Create(environments: 12, packages: 2);
        folder.Write("crds.yaml", All);
        Assert.StartsWith(
            "24 objects of 12 environments: 24 valid",
            gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"]).Exits(0).Output,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "6 objects of 3 environments: 6 valid",
            gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"], "--env", "env-1*").Exits(0).Output,
            StringComparison.Ordinal
        );
        Assert.Contains("GOG1106", gitopsgen.On(folder.Path, "validate", "--env", "prod").Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_the_rules_come_first()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        folder.Write("crds.yaml", Crd("pkg.crossplane.io", "Provider", "v1", "required: [owner]"));
        folder.Edit(WorkFolder.Lockfile, "\">= 0.0.0\"", "\">= 9.0.0\"");
        var run = gitopsgen.On(folder.Path, "validate", "--crds", folder["crds.yaml"]).Exits(1);
        Assert.Contains("error GOG2102: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("GOG71", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_signal_cancels()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        var gitopsgen = Gitopsgen.Built;
        using var folder = Fleet.Create(environments: 400, packages: 60);
        folder.Write("crds.yaml", All);
        using var process = gitopsgen.StartInterruptible(folder.Path, "validate", "--crds", folder["crds.yaml"], "--verbose", "--format", "json");

        // The first line of --verbose: from here on signals are handled, and the work begins.
        Assert.StartsWith("gitopsgen ", process.StandardError.ReadLine(), StringComparison.Ordinal);
        Gitopsgen.Shell(folder.Path, $"kill -INT {process.Id}").Exits(0);
        var run = Gitopsgen.Finish(process).Exits(130);
        Assert.Equal("gitopsgen: cancelled.\n", run.Error);
        Assert.Equal(130, run.Json.GetProperty("exitCode").GetInt32());
    }

    private static IEnumerable<string?> Codes(Finished run) => run.Codes.Where(code => code!.StartsWith("GOG7", StringComparison.Ordinal));

    private static string Crd(string group, string kind, string version, string spec = "x-kubernetes-preserve-unknown-fields: true") =>
        $$"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: things.{{group}} }
            spec:
              group: {{group}}
              names: { kind: {{kind}} }
              scope: Cluster
              versions:
              - name: {{version}}
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec: { type: object, {{spec}} }

            """;
}
