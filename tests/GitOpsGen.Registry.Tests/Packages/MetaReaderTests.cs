using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Registry.Packages;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Registry.Tests.Packages;

public sealed class MetaReaderTests
{
    private const string Head = "apiVersion: meta.pkg.crossplane.io/v1\nkind: Configuration\nmetadata: {name: x}\n";

    public static TheoryData<string> PublishedFiles { get; } = [.. Published()];

    [Theory]
    [MemberData(nameof(PublishedFiles), DisableDiscoveryEnumeration = true)]
    public void Every_published_file_is_read_or_its_flaw_named(string file)
    {
        var (meta, found) = Read(File.ReadAllText(SharedData.Require("data", "package-meta", file)));

        Assert.NotNull(meta);
        Assert.Equal(file is "awslabs__crossplane-on-eks.yaml" or "upbound__up.yaml" ? ["GOG6104"] : [], found.Select(f => f.Rule.Code));
    }

    [Fact]
    public void Short_forms_and_old_versions_mean_what_v1_says()
    {
        var (meta, _) = Read(File.ReadAllText(SharedData.Require("data", "package-meta", "upbound__configuration-aws-network.yaml")));

        Assert.Equal(PackageKind.Configuration, meta!.Kind);
        Assert.Equal(">=v1.14.1-0", meta.RequiresCrossplane!.Text);
        Assert.Equal(
            [
                "Provider xpkg.upbound.io/upbound/provider-aws-ec2 v1",
                "Function xpkg.upbound.io/crossplane-contrib/function-auto-ready v0.4.2",
                "Function xpkg.upbound.io/crossplane-contrib/function-go-templating v0.9.2",
                "Function xpkg.upbound.io/crossplane-contrib/function-kcl v0.11.2",
            ],
            meta.DependsOn.Select(Show)
        );
    }

    [Fact]
    public void A_digest_and_an_unreadable_constraint_are_kept_as_they_are()
    {
        var digest = Read(
            File.ReadAllText(SharedData.Require("data", "package-meta", "crossplane__crossplane--e2e-configuration-digest.yaml"))
        ).Value!;
        var broken = Read(File.ReadAllText(SharedData.Require("data", "package-meta", "upbound__platform-ref-aws--package-dir.yaml"))).Value!;

        Assert.IsType<DependencyConstraint.Exact>(Assert.Single(digest.DependsOn).Constraint);
        Assert.Equal(">-v0.1.4", Assert.IsType<DependencyConstraint.Invalid>(broken.DependsOn[^1].Constraint).Text);
    }

    [Fact]
    public void A_package_may_ask_for_nothing()
    {
        var (meta, found) = Read(
            "apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata:\n  name: p\n  labels: {pkg.crossplane.io/provider-family: provider-family-aws}\nspec:\n  capabilities: [SafeStart, other]\n"
        );

        Assert.Empty(found);
        Assert.Empty(meta!.DependsOn);
        Assert.Null(meta.RequiresCrossplane);
    }

    [Theory]
    [InlineData("{apiVersion: pkg.crossplane.io/v1, kind: Provider, package: a.io/b/c, version: v1.0.0}", "Provider a.io/b/c v1.0.0")]
    [InlineData("{apiVersion: pkg.crossplane.io/v1beta1, kind: Function, package: a.io/b/c, version: v1.0.0}", "Function a.io/b/c v1.0.0")]
    [InlineData(
        "{apiVersion: pkg.crossplane.io/v1, kind: Provider, package: a.io/b/c, configuration: a.io/x/y, version: v1.0.0}",
        "Provider a.io/b/c v1.0.0"
    )]
    [InlineData("{kind: Provider, package: a.io/b/c, function: a.io/x/y, version: v1.0.0}", "Function a.io/x/y v1.0.0")]
    [InlineData("{provider: a.io/p/p, configuration: a.io/c/c, version: v1.0.0}", "Configuration a.io/c/c v1.0.0")]
    [InlineData("{provider: a.io/p/p}", "Provider a.io/p/p ")]
    [InlineData("{provider: a.io/p/p, version: null}", "Provider a.io/p/p ")]
    public void Every_form_of_a_dependency_is_read_as_Crossplane_reads_it(string item, string expected)
    {
        var (meta, found) = Read($"{Head}spec:\n  dependsOn:\n  - {item}\n");

        Assert.Empty(found);
        Assert.Equal(expected, Show(Assert.Single(meta!.DependsOn)));
    }

    [Theory]
    [InlineData("- {package: a.io/b/c, version: v1.0.0}", 6)]
    [InlineData("- {}", 6)]
    [InlineData("- text", 6)]
    [InlineData("- {provider: 5, version: v1.0.0}", 6)]
    [InlineData("- {provider: a.io/b/c, version: 1.0}", 6)]
    [InlineData("- {provider: a.io/b/c, version: [v1]}", 6)]
    [InlineData("- {apiVersion: pkg.crossplane.io/v1, kind: Lock, package: a.io/b/c, version: v1.0.0}", 6)]
    [InlineData("- {apiVersion: v1, kind: Provider, package: a.io/b/c, version: v1.0.0}", 6)]
    [InlineData("  a: b", 6)]
    public void A_dependency_that_is_none_is_named_with_its_line(string item, int line)
    {
        var (meta, found) = Read($"{Head}spec:\n  dependsOn:\n  {item}\n");

        Assert.Null(meta);
        Assert.Equal("GOG6102", found[0].Rule.Code);
        Assert.Contains($"line {line}:", found[0].Message, StringComparison.Ordinal);
    }

    /// <summary>YamlDotNet 18.1 does not. When it does, YamlReader need not tell of it.</summary>
    [Fact]
    public void What_Crossplane_reads_and_we_do_not_is_said_with_the_way_to_write_it()
    {
        var (meta, found) = Read($"{Head}spec: {{ a: {{ b: &x one, c: *x }} }}\n");

        Assert.Null(meta);
        Assert.Equal("GOG6102", Assert.Single(found).Rule.Code);
        Assert.Contains("line 4: In braces, what follows a value with an anchor", found[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("would not install", found[0].Fix, StringComparison.Ordinal);
        Assert.Contains("on a line of its own", found[0].Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crossplane/provider-aws")]
    [InlineData("a.io/b/c:v1.0.0")]
    [InlineData("a.io/b/c@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("\"a.io/b\\u200Bc\"")]
    public void A_dependency_that_is_no_repository_is_told_beside_the_rest(string name)
    {
        var (meta, found) = Read(
            $"{Head}spec:\n  dependsOn:\n  - {{provider: {name}, version: v1.0.0}}\n  - {{provider: a.io/b/c, version: v1.0.0}}\n"
        );

        Assert.Equal("GOG6104", Assert.Single(found).Rule.Code);
        Assert.Equal("Provider a.io/b/c v1.0.0", Show(Assert.Single(meta!.DependsOn)));
    }

    [Theory]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v2\nkind: Provider\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Lock\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nspec: text\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nspec: {capabilities: [{}]}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1alpha1\nkind: Function\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1beta1\nkind: Provider\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1beta1\nkind: Configuration\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: n}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: Off}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: 7}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {labels: {a: yes}}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {annotations: {a: 1}}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {labels: text}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: !!bool on}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: !!int on}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nspec: {crossplane: {version: y}}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nspec: *nowhere\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nspec: &a {capabilities: *a}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nspec: {<<: text}\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: [\n", "GOG6102")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: &a Provider\nspec: *a\n", "GOG6102")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\n", "GOG6101")]
    [InlineData("", "GOG6101")]
    [InlineData("# meta.pkg.crossplane.io/v1\n", "GOG6101")]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\n---\napiVersion: meta.pkg.crossplane.io/v1\nkind: Function\n", "GOG6101")]
    public void A_broken_package_object_is_named(string yaml, string code)
    {
        var (meta, found) = Read(yaml);

        Assert.Null(meta);
        Assert.Equal(code, found[0].Rule.Code);
        Assert.All(found, f => Assert.Contains("a.io/b@sha256:1", f.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("spec: {crossplane: &c {version: '>=v1'}, dependsOn: [&d {provider: a.io/b/c, version: v1}]}", ">=v1: Provider a.io/b/c v1")]
    [InlineData("x: &c {version: '>=v1'}\nspec: {crossplane: *c, dependsOn: [{provider: a.io/b/c, <<: *c}]}", ">=v1: Provider a.io/b/c >=v1")]
    [InlineData("spec: {dependsOn: [{provider: a.io/b/c, version: v1, version: v2}]}", ": Provider a.io/b/c v2")]
    [InlineData("x: &c {version: v1}\nspec: {dependsOn: [{provider: a.io/b/c, <<: *c, version: v2}]}", ": Provider a.io/b/c v2")]
    [InlineData("x: &c {version: v1}\nspec: {dependsOn: [{provider: a.io/b/c, version: v2, <<: *c}]}", ": Provider a.io/b/c v1")]
    [InlineData("x: &c {version: v1}\ny: &d {version: v2}\nspec: {dependsOn: [{provider: a.io/b/c, <<: [*c, *d]}]}", ": Provider a.io/b/c v1")]
    [InlineData("x: &c v1\ny: &c v2\nspec: {dependsOn: [{provider: a.io/b/c, version: *c}]}", ": Provider a.io/b/c v2")]
    [InlineData("spec: {}\nspec: {crossplane: {version: '*'}}", "*: ")]
    [InlineData("spec: {crossplane: {version: !!str 1}}", "1: ")]
    [InlineData("spec: !local {crossplane: {version: !own yes}}", "yes: ")]
    public void Anchors_merges_tags_and_repeated_keys_mean_what_Kubernetes_takes_them_for(string rest, string expected)
    {
        var (meta, found) = Read($"{Head}{rest}\n");

        Assert.Empty(found);
        Assert.Equal(expected, $"{meta!.RequiresCrossplane}: {string.Join(", ", meta.DependsOn.Select(Show))}");
    }

    [Fact]
    public void An_alias_may_stand_for_the_version_of_the_object() =>
        Assert.Equal(PackageKind.Provider, Read("x: &v meta.pkg.crossplane.io/v1\napiVersion: *v\nkind: Provider\n").Value?.Kind);

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(6, false)] // 10^6 values
    [InlineData(9, false)]
    [InlineData(60, false)]
    public void Aliases_of_aliases_are_read_within_the_bounds_of_a_file(int levels, bool isRead)
    {
        var laughs = string.Concat(
            Enumerable.Range(1, levels).Select(level => $"  l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat($"*l{level - 1}", 10))}]\n")
        );

        var (meta, found) = Read($"{Head}annotations:\n  l0: &l0 ha\n{laughs}");

        Assert.Equal(isRead, meta is not null);
        Assert.Equal(isRead ? [] : ["GOG6102"], found.Select(f => f.Rule.Code));
    }

    [Theory]
    [InlineData("spec: {}", null)]
    [InlineData("spec: {crossplane: null}", null)]
    [InlineData("spec: {crossplane: {}}", "")]
    [InlineData("spec: {crossplane: {version: ''}}", "")]
    [InlineData("spec: {crossplane: {version: null}}", "")]
    [InlineData(
        "spec: {crossplane: {version: 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}}",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )]
    public void A_constraint_on_the_core_that_is_empty_or_a_digest_is_none(string spec, string? text)
    {
        var (meta, found) = Read($"{Head}{spec}\n");

        Assert.Empty(found);
        Assert.Equal(text, meta!.RequiresCrossplane?.Text);
        Assert.True(meta.RequiresCrossplane is null or DependencyConstraint.Invalid);
    }

    [Fact]
    public void Lines_are_those_of_the_whole_stream()
    {
        var (_, found) = Read("apiVersion: v1\nkind: ConfigMap\n---\n# a comment\napiVersion: meta.pkg.crossplane.io/v1\nkind: Lock\n");

        Assert.Contains("line 6:", Assert.Single(found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_may_hold_what_a_name_may_not()
    {
        var (meta, found) = Read(
            "apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata:\n  name: p\n  annotations: {meta.crossplane.io/readme: \"left\u200e right\u2028\ufeff\"}\n"
        );

        Assert.NotNull(meta);
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("{\"apiVersion\":\"meta.pkg.crossplane.io/v1\",\"kind\":\"Provider\"}")]
    [InlineData("\ufeffapiVersion: meta.pkg.crossplane.io/v1\r\nkind: Provider\r\n")]
    [InlineData("--- {apiVersion: meta.pkg.crossplane.io/v1, kind: Provider}\n")]
    [InlineData("kind: Provider\n\"apiVersion\": 'meta.pkg.crossplane.io/v1'\n")]
    [InlineData("apiVersion:\n  meta.pkg.crossplane.io/v1\nkind: Provider\n")]
    [InlineData("---\n---\n# nothing\n--- # here it is\napiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\n...\n---\n")]
    public void The_object_may_be_written_in_any_way_that_YAML_allows(string yaml) => Assert.Equal(PackageKind.Provider, Read(yaml).Value?.Kind);

    internal static Result<PackageMeta> Read(string yaml)
    {
        var splitter = new DocumentSplitter();
        splitter.Add(Encoding.UTF8.GetBytes(yaml));
        splitter.End();
        return MetaReader.Read("a.io/b@sha256:1", splitter.Found);
    }

    private static string Show(PublishedDependency dependency) => $"{dependency.Kind} {dependency.Package} {dependency.Constraint}";

    private static IEnumerable<string> Published()
    {
        var folder = Path.Combine(SharedData.Folder, "data", "package-meta");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
            : ["absent.yaml"];
    }
}
