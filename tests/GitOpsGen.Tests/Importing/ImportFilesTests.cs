using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Importing;
using GitOpsGen.Importing.Sources;
using GitOpsGen.Inputs;
using GitOpsGen.Testing;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>Which files are read of what was named, and what sources of strangers can do.</summary>
public sealed class ImportFilesTests : IDisposable
{
    private static readonly string Package = Sources.Package("xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.2", kind: "Function");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Hidden_folders_and_those_of_others_are_not_read()
    {
        foreach (var path in new[] { "a.yaml", "b/c.yml", ".git/a.yaml", "b/.hidden/a.yaml", "node_modules/x/a.yaml", "crds/a.yaml", "b/readme.md" })
        {
            folder.Write(path, Package);
        }

        Assert.Equal(["a.yaml", "b/c.yml"], Keys("."));
    }

    [Fact]
    public void What_a_ledger_lists_is_read_only_where_its_output_is_named()
    {
        folder.Write("a.yaml", Package);
        folder.Write("manifests/base/p/package.yaml", Package);
        folder.Write("manifests/base/own.yaml", Package);
        folder.Write("manifests/base/.gitopsgen", $"{new string('0', 64)}  base/p/package.yaml\n");

        Assert.Equal(["a.yaml", "manifests/base/own.yaml"], Keys("."));
        Assert.Equal(["manifests/base/own.yaml", "manifests/base/p/package.yaml"], Keys("manifests"));
        Assert.Equal(["manifests/base/p/package.yaml"], Keys("manifests/base/p"));
    }

    [Fact]
    public void No_link_is_followed()
    {
        folder.Write("outside/a.yaml", Package);
        folder.Write("in/kustomization.yaml", "resources: [link/a.yaml, linked.yaml]\n");
        try
        {
            Directory.CreateSymbolicLink(folder["in/link"], folder["outside"]);
            File.CreateSymbolicLink(folder["in/linked.yaml"], folder["outside/a.yaml"]);
        }
        catch (IOException e)
        {
            Assert.Skip($"This machine makes no symbolic links: {e.Message}");
        }

        Assert.Equal(["in/kustomization.yaml", "in/link", "in/linked.yaml"], Keys("in"));
        var imported = Import("in");
        Assert.Equal(
            [
                "in/kustomization.yaml(1,13) warning GOG8304",
                "in/kustomization.yaml(1,26) warning GOG8304",
                "in/link(1,1) info GOG8304",
                "in/linked.yaml(1,1) info GOG8304",
            ],
            imported.Diagnostics.Where(found => found.Span is not null).Select(Sources.Shown)
        );

        // What it leads to is read anyway, or is nowhere.
        File.CreateSymbolicLink(folder["in/nothing.yaml"], folder["nowhere.yaml"]);
        File.CreateSymbolicLink(folder["in/round.yaml"], folder["in/round.yaml"]);
        folder.Write("in/real.yaml", Package);
        File.CreateSymbolicLink(folder["in/again.yaml"], folder["in/real.yaml"]);
        Assert.Equal(["in/kustomization.yaml", "in/link", "in/linked.yaml", "in/real.yaml"], Keys("in").Order(StringComparer.Ordinal));
        Assert.Contains(Import("in/linked.yaml").Diagnostics, found => found.Rule == Rules.ImportUnreadable);
    }

    [Fact]
    public void A_base_above_what_was_named_is_read()
    {
        folder.Write("base/kustomization.yaml", "resources: [a.yaml]\n");
        folder.Write("base/a.yaml", Package);
        folder.Write("overlays/dev/kustomization.yaml", "resources: [../../base]\n");

        Assert.Equal("v0.11.2", Import("overlays/dev").Environments.Single().Packages.Single().Version);
    }

    [Fact]
    public void Sources_beside_the_root_are_read_and_shown_from_the_root()
    {
        folder.Write("root/readme.md", "");
        folder.Write("team/a.yaml", Package.Replace(":v0.11.2", "", StringComparison.Ordinal));

        var found = Assert.Single(Import("../team", root: "root").Diagnostics);
        Assert.Equal("../team/a.yaml(7,12) error GOG8401", Sources.Shown(found));
    }

    [Theory]
    [InlineData("a: &a [x, x, x, x, x, x, x, x, x, x]\n", 8)]
    public void A_bomb_of_aliases_is_a_finding(string first, int levels)
    {
        var bomb =
            first
            + string.Concat(
                Enumerable
                    .Range(0, levels)
                    .Select(level =>
                        $"{(char)('b' + level)}: &{(char)('b' + level)} [{string.Join(", ", Enumerable.Repeat($"*{(char)('a' + level)}", 10))}]\n"
                    )
            );
        folder.Write("a.yaml", Package);
        folder.Write("bomb.yaml", $"# crossplane\n{bomb}");

        Assert.Contains(Import(".").Diagnostics, found => found.Rule == Rules.ImportUnreadable && found.Span!.Value.File == "bomb.yaml");
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(1201)]
    public void A_file_in_UTF_16_is_told_also_in_a_folder(int codePage)
    {
        folder.Write("a.yaml", Package);
        folder.Write("b.yaml", "");
        var encoding = Encoding.GetEncoding(codePage);
        File.WriteAllBytes(folder["b.yaml"], [.. encoding.GetPreamble(), .. encoding.GetBytes(Package)]);
        File.WriteAllBytes(folder["c.yaml"], encoding.GetBytes(Package));
        File.WriteAllBytes(folder["d.yaml"], encoding.GetBytes("kind: ConfigMap\n"));

        Assert.Equal(
            ["b.yaml", "c.yaml"],
            Import(".").Diagnostics.Where(found => found.Rule == Rules.ImportUnreadable).Select(found => found.Span!.Value.File).Distinct()
        );
    }

    [Theory]
    [InlineData("metadata: { name: a }\nspec: []", "b.yaml(4,7) error GOG8310")]
    [InlineData("metadata: { name: a }\nspec: { package: [] }", "b.yaml(4,18) error GOG8310")]
    [InlineData("metadata: { name: a }", "b.yaml(3,19) error GOG8310")]
    [InlineData("metadata: { labels: {} }\nspec: { package: x.io/a/b:v1.0.0 }", "b.yaml(3,11) error GOG8310")]
    [InlineData("spec: { package: x.io/a/b:v1.0.0 }", "b.yaml(1,1) error GOG8310")]
    [InlineData("metadata: { name: a, annotations: { render.crossplane.io/runtime: Development } }")]
    public void A_package_without_a_name_or_a_reference_is_told(string text, params string[] expected)
    {
        folder.Write("a.yaml", Package);
        folder.Write("b.yaml", $"apiVersion: pkg.crossplane.io/v1\nkind: Function\n{text}\n");

        Assert.Equal(expected, Import(".").Diagnostics.Select(Sources.Shown));
    }

    [Theory]
    [InlineData("Function", "metadata: { labels: {} }", "(3,11)")]
    [InlineData("Function", "metadata: { name: '' }", "(3,19)")]
    [InlineData("Function", "metadata: { name: ~ }", "(3,19)")]
    [InlineData("Function", "metadata: { name: 12 }", "(3,19)")]
    [InlineData("Function", "metadata: { generateName: a- }", "(3,27)")]
    [InlineData("Function", "status: {}", "(1,1)")]
    [InlineData("ImageConfig", "metadata: { labels: {} }", "(3,11)")]
    public void An_object_without_a_name_is_told_in_folders_and_inside_of_kustomizations(string kind, string metadata, string place)
    {
        var text = $"apiVersion: pkg.crossplane.io/v1\nkind: {kind}\n{metadata}\nspec: {{ package: x.io/a/b:v1.0.0 }}\n";
        folder.Write("a.yaml", Package);
        folder.Write("b.yaml", text);
        Assert.Equal([$"b.yaml{place} error GOG8310"], Import(".").Diagnostics.Select(Sources.Shown));

        // At any depth, and once, although two kustomizations have it.
        folder.Write("base/kustomization.yaml", "resources: [c.yaml]\n");
        folder.Write("base/c.yaml", text);
        folder.Write("more/kustomization.yaml", "resources: [../base]\n");
        folder.Write("kustomization.yaml", "resources: [a.yaml, b.yaml, more]\n");
        Assert.Equal(
            [$"b.yaml{place} error GOG8310", $"base/c.yaml{place} error GOG8310"],
            Import(".").Diagnostics.Where(found => found.Rule == Rules.ImportIncomplete).Select(Sources.Shown)
        );
    }

    /// <summary>Kustomize builds none of them, and each is part of another one.</summary>
    [Theory]
    [InlineData("a", "b")]
    [InlineData("overlays/dev", "overlays/prod")]
    public void Kustomizations_that_lead_back_to_themselves_are_told_and_what_they_have_is_read(string one, string other)
    {
        folder.Write("overlays/east/a.yaml", Package);
        folder.Write("overlays/west/a.yaml", Package);
        var up = string.Concat(one.Split('/').Select(_ => "../"));
        folder.Write($"{one}/kustomization.yaml", $"resources: [{up}{other}]\n");
        folder.Write($"{other}/kustomization.yaml", $"resources: [{up}{one}, p.yaml]\n");
        folder.Write($"{other}/p.yaml", Package.Replace("function-kcl", "function-cel", StringComparison.Ordinal));

        var imported = Import(".");
        Assert.Contains(imported.Diagnostics, found => found.Rule == Rules.ImportKustomization);
        Assert.Contains(
            imported.Environments.SelectMany(environment => environment.Packages),
            package => package.Package.EndsWith("function-cel", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_patch_of_a_package_need_not_have_a_reference()
    {
        folder.Write("base/a.yaml", Package);
        folder.Write("kustomization.yaml", "resources: [base/a.yaml]\npatches: [{ path: patches/a.yaml }]\n");
        folder.Write(
            "patches/a.yaml",
            "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: { name: crossplane-contrib-function-kcl }\nspec: { revisionHistoryLimit: 3 }\n"
        );

        var imported = Import(".");
        Assert.Empty(imported.Diagnostics);
        Assert.Equal("3", imported.Environments.Single().Packages.Single().Spec.TextAt("revisionHistoryLimit"));
    }

    [Fact]
    public void Packages_beside_a_kustomization_that_names_others_are_told_once_for_the_folder()
    {
        folder.Write("a.yaml", Package);
        folder.Write("kustomization.yaml", "resources: [a.yaml]\n");
        folder.Write("empty/kustomization.yaml", "");
        foreach (var name in new[] { "b", "c", "d", "e" })
        {
            folder.Write($"{name}.yaml", Package.Replace("function-kcl", $"function-{name}", StringComparison.Ordinal));
        }

        var imported = Import(".");
        var found = Assert.Single(imported.Diagnostics, one => one.Rule == Rules.ImportUnlisted);
        Assert.Equal("kustomization.yaml(1,1) warning GOG8312", Sources.Shown(found));
        Assert.EndsWith(": b.yaml, c.yaml, d.yaml and 1 more.", found.Message, StringComparison.Ordinal);
        Assert.Single(imported.Environments.Single().Packages);

        // What is named itself is read.
        Assert.DoesNotContain(Import("b.yaml").Diagnostics, one => one.Rule == Rules.ImportUnlisted);
    }

    /// <summary>What a repository has beside kustomizations, and nobody applies.</summary>
    [Fact]
    public void What_a_kustomization_uses_in_another_way_or_is_about_something_else_is_not_told()
    {
        const string Patch =
            "apiVersion: pkg.crossplane.io/v1\nkind: Function\nmetadata: { name: crossplane-contrib-function-kcl }\nspec: { revisionHistoryLimit: 3 }\n";
        folder.Write("a.yaml", Package);
        folder.Write(
            "kustomization.yaml",
            "resources: [a.yaml]\npatches: [{ path: patch.yaml }]\npatchesStrategicMerge: [old.yaml]\nconfigMapGenerator: [{ name: a, files: [all=copy.yaml] }]\n"
        );
        folder.Write("patch.yaml", Patch);
        folder.Write("old.yaml", Patch);
        folder.Write("copy.yaml", Package);
        folder.Write("README.md", Package);
        folder.Write("values.yaml", "image: { repository: crossplane/crossplane }\n");
        folder.Write("crossplane.yaml", "apiVersion: meta.pkg.crossplane.io/v1\nkind: Configuration\nmetadata: { name: own }\n");
        folder.Write("config.yaml", "apiVersion: aws.upbound.io/v1beta1\nkind: ProviderConfig\nmetadata: { name: crossplane }\n");
        folder.Write(
            "claim.yaml",
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop }\nspec: { source: { path: shop } }\n"
        );
        folder.Write("part/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [b.yaml]\n");
        folder.Write("part/b.yaml", Package);

        Assert.DoesNotContain(Import(".").Diagnostics, found => found.Rule == Rules.ImportUnlisted);
        folder.Write("app.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: part }\nspec: { source: { path: part } }\n");
        Assert.Contains("app.yaml", Import(".").Diagnostics.Single(found => found.Rule == Rules.ImportUnlisted).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_written_twice_is_told_and_the_last_one_counts()
    {
        folder.Write("a.yaml", $"{Package}spec:\n  package: xpkg.crossplane.io/crossplane-contrib/function-kcl:v0.11.3\n");
        folder.Write("b.yaml", "a: &a { x: 1 }\nb: { <<: *a, x: 2 }\nc: { x: 2, <<: *a }\n# crossplane\n");
        folder.Write("c.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: a, name: b }\n");

        var imported = Import(".");
        Assert.Equal(["a.yaml(9,1) warning GOG8311"], imported.Diagnostics.Where(found => found.Span is not null).Select(Sources.Shown));
        Assert.Equal("v0.11.3", imported.Environments.Single().Packages.Single().Version);
    }

    [Fact]
    public void Anchors_are_read_where_they_are_few()
    {
        folder.Write(
            "a.yaml",
            Package
                + "---\n"
                + Sources.Package(
                    "xpkg.crossplane.io/crossplane-contrib/function-cel:v0.1.0",
                    more: "  packagePullSecrets: &s [{ name: a }]\n  commonLabels: { <<: { a: b } }",
                    kind: "Function"
                )
        );

        var packages = Import(".").Environments.Single().Packages;
        Assert.Equal("b", packages[1].Spec.TextAt("commonLabels", "a"));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_a_finding_where_they_were_named()
    {
        folder.Write("a.yaml", Package);
        File.WriteAllBytes(folder["b.yaml"], [0xff, 0xfe, 0x00, 0x01, 0x80]);

        Assert.DoesNotContain(Import(".").Diagnostics, found => found.Rule == Rules.ImportUnreadable);
        Assert.Contains(Import("b.yaml").Diagnostics, found => found.Rule == Rules.ImportUnreadable);
    }

    [Fact]
    public void A_secret_is_in_nothing_that_is_made()
    {
        const string Hidden = "hunter2-crossplane";
        folder.Write(
            "a.yaml",
            $$"""
            apiVersion: v1
            kind: Secret
            metadata: { name: cosign, annotations: { kubectl.kubernetes.io/last-applied-configuration: '{{Hidden}}' } }
            stringData: { crossplane: {{Hidden}}, values.yaml: "args: [{{Hidden}}]" }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: crossplane, namespace: crossplane-system }
            spec: { chart: { spec: { chart: crossplane, version: 2.3.4 } }, valuesFrom: [{ kind: Secret, name: cosign }] }

            """ + Package
        );

        var imported = Import(".");

        Assert.Equal(1, imported.LeftAlone["Secret"]);
        var everything = string.Concat(imported.Diagnostics.Select(found => found.Message + found.Fix)) + imported.Lockfile + imported.Settings;
        Assert.Contains("function-kcl", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", everything, StringComparison.Ordinal);
    }

    [Fact]
    public void Kustomizations_that_lead_back_and_deep_nesting_end()
    {
        folder.Write("a/kustomization.yaml", "resources: [../b]\n");
        folder.Write("b/kustomization.yaml", "resources: [../a]\n");
        folder.Write("c/a.yaml", Package);
        folder.Write("d.yaml", $"crossplane: {new string('[', 500)}{new string(']', 500)}\n");

        Assert.Contains(Import(".").Diagnostics, found => found.Rule == Rules.ImportUnreadable);
    }

    [Fact]
    public void Files_about_something_else_are_only_counted()
    {
        folder.Write("a.yaml", Package);
        foreach (var number in Enumerable.Range(0, 50))
        {
            folder.Write($"apps/{number}.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nbroken: [\n");
        }

        var imported = Import(".");
        Assert.Equal(50, imported.LeftAlone["Deployment"]);
        Assert.Equal([Rules.ImportLeftAlone], imported.Diagnostics.Select(found => found.Rule));
    }

    private IEnumerable<string> Keys(string path) => Files(path, ".").ReadNamed(path).Select(file => file.Key);

    private ImportResult Import(string path, string root = ".")
    {
        var files = Files(path, root);
        return Importer.Import(
            SourceReading.Read(files, [path], new ImportRequest().Variables),
            new() { Common = [files.KeyOf(path)] },
            ("schema", "schema")
        );
    }

    private ImportFiles Files(string path, string root) => new(folder[root], [path], () => default, TestContext.Current.CancellationToken);
}
