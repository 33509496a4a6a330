using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Guards;

/// <summary>What the user's overlay template may have Kustomize do, and what it may not, in whichever way it is written.</summary>
public sealed class FreedomTests
{
    private const string Overlay = "overlays/{environment}";
    private const string Provider = "target: { group: pkg.crossplane.io, kind: Provider }";
    private const string ImageConfig = "target: { kind: ImageConfig }";
    private const string Pin = "target: { kind: ImageConfig, name: 'pin-upbound-provider-aws-s3-.*' }";
    private const string Component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";

    [Theory]
    [InlineData("labels:\n- pairs: { team: platform }\n")]
    [InlineData("labels:\n- pairs: { team: platform }\n  includeSelectors: true\n  includeTemplates: true\n")]
    [InlineData("commonLabels: { team: platform }\n")]
    [InlineData("commonAnnotations: { team: platform }\n")]
    [InlineData("buildMetadata: [originAnnotations]\n")]
    [InlineData("patches:\n- { " + Provider + ", patch: '[{\"op\": \"add\", \"path\": \"/metadata/labels\", \"value\": {\"a\": \"b\"}}]' }\n")]
    [InlineData(
        "patches:\n- "
            + Provider
            + "\n  patch: |-\n    apiVersion: any/v1\n    kind: Any\n    metadata: { name: any }\n    spec: { revisionHistoryLimit: 3 }\n"
    )]
    [InlineData("components: [../../../../team]\n")]
    public void A_change_that_leaves_what_is_protected_is_free(string rest)
    {
        foreach (var scenario in (string[])["one-cluster-as-in-the-article", "every-engine-in-one-project"])
        {
            using var run = Run(
                scenario,
                ("packages/wave-{wave}", rest),
                ("packages/prerequisites", rest),
                ("packages", Up(rest, "../../../")),
                ("", Up(rest, "../../"))
            );

            Assert.Empty(run.Render().Diagnostics);
        }
    }

    [Theory]
    [InlineData("packages/wave-{wave}", Provider, "/spec/package", "\"evil.example.com/a/b:v1\"")]
    [InlineData("packages/wave-{wave}", Provider, "/spec/skipDependencyResolution", "true")]
    [InlineData("packages/wave-{wave}", Provider, "/kind", "\"Function\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/name", "\"other\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/annotations/argocd.argoproj.io~1sync-options", "\"Prune=false\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/annotations/argocd.argoproj.io~1sync-wave", "\"9\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/annotations/argocd.argoproj.io~1hook", "\"PreSync\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/annotations/kustomize.toolkit.fluxcd.io~1force", "\"enabled\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/annotations/crossplane.io~1paused", "\"true\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/annotations/config.kubernetes.io~1local-config", "\"true\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/annotations/internal.config.kubernetes.io~1needsHashSuffix", "\"enabled\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/annotations/kustomize.toolkit.fluxcd.io~1reconcile", "\"disabled\"")]
    [InlineData("packages/wave-{wave}", Provider, "/metadata/annotations/kustomize.toolkit.fluxcd.io~1ssa", "\"Ignore\"")]
    [InlineData("packages/prerequisites", ImageConfig, "/spec/matchImages", "[{\"prefix\": \"evil.example.com/\"}]")]
    [InlineData("packages/prerequisites", ImageConfig, "/spec/rewriteImage/prefix", "\"evil.example.com/\"")]
    [InlineData("packages/prerequisites", ImageConfig, "/metadata/annotations/argocd.argoproj.io~1sync-options", "\"Prune=true\"")]
    [InlineData(
        "packages/prerequisites",
        "target: { kind: DeploymentRuntimeConfig }",
        "/metadata/annotations/argocd.argoproj.io~1sync-options",
        "\"Prune=true\""
    )]
    [InlineData("packages", Provider, "/spec/package", "\"evil.example.com/a/b:v1\"")]
    [InlineData("", Provider, "/spec/package", "\"evil.example.com/a/b:v1\"")]
    public void What_is_protected_in_packages_is_refused(string folder, string target, string path, string value) =>
        AssertRefused("GOG4009", "package-options", folder, JsonPatch(target, path, value));

    [Theory]
    [InlineData("/spec/rewriteImage/prefix", "\"harbor.example.com/xpkg/upbound/provider-aws-s3:\"")]
    [InlineData("/spec/matchImages/0/prefix", "\"xpkg.upbound.io/upbound/provider-aws-s3:v2.2\"")]
    [InlineData("/metadata/name", "\"pin-upbound-provider-aws-s3\"")]
    [InlineData("/metadata/annotations/argocd.argoproj.io~1compare-options", "\"IncludeMutationWebhook=true\"")]
    public void What_pins_a_digest_is_refused(string path, string value) =>
        AssertRefused("GOG4009", "digests-pinned-with-rewrite", "packages/prerequisites", JsonPatch(Pin, path, value));

    [Fact]
    public void A_pin_that_is_left_out_is_refused() =>
        AssertRefused(
            "GOG4009",
            "digests-pinned-with-rewrite",
            "packages/prerequisites",
            "patches:\n- { " + Pin + ", patch: '{ $patch: delete, apiVersion: a/v1, kind: Any, metadata: { name: any } }' }\n"
        );

    [Theory]
    [InlineData("argocd", "target: { name: '.*-packages' }", "/spec/source/path", "\"elsewhere\"", "GOG4010")]
    [InlineData("argocd", "target: { kind: Application }", "/metadata/namespace", "\"elsewhere\"", "GOG4010")]
    [InlineData("argocd", "target: { kind: Application }", "/metadata/annotations/argocd.argoproj.io~1sync-wave", "\"5\"", "GOG4010")]
    [InlineData("argocd", "target: { name: '.*-crossplane' }", "/spec/sources/0/helm/valueFiles/0", "\"$values/other.yaml\"", "GOG4011")]
    [InlineData("argocd", "target: { name: '.*-crossplane' }", "/spec/sources/0/helm/values", "\"replicas: 9\"", "GOG4011")]
    [InlineData("argocd", "target: { name: '.*-packages' }", "/spec/source/repoURL", "\"https://evil.example.com\"", "GOG4010")]
    [InlineData("argocd", "target: { name: '.*-packages' }", "/spec/source/kustomize", "{\"namePrefix\": \"a-\"}", "GOG4010")]
    [InlineData("argocd", "target: { name: '.*-packages' }", "/spec/source/directory", "{\"exclude\": \"*\"}", "GOG4010")]
    [InlineData("argocd", "target: { name: '.*-packages' }", "/spec/sources", "[{\"repoURL\": \"https://evil.example.com\"}]", "GOG4010")]
    [InlineData("argocd", "target: { name: '.*-crossplane' }", "/spec/sources/0/targetRevision", "\"9.9.9\"", "GOG4010")]
    [InlineData("argocd", "target: { name: '.*-crossplane' }", "/spec/sources/-", "{\"repoURL\": \"https://evil.example.com\"}", "GOG4010")]
    [InlineData("flux", "target: { name: 'crossplane-wave-.*' }", "/spec/patches", "[{\"patch\": \"[]\"}]", "GOG4010")]
    [InlineData("flux", "target: { name: 'crossplane-wave-.*' }", "/spec/namePrefix", "\"a-\"", "GOG4010")]
    [InlineData("flux", "target: { name: 'crossplane-wave-.*' }", "/spec/suspend", "true", "GOG4010")]
    [InlineData("flux", "target: { name: 'crossplane-wave-.*' }", "/spec/wait", "false", "GOG4010")]
    [InlineData("flux", "target: { name: 'crossplane-wave-.*' }", "/spec/sourceRef/name", "\"other\"", "GOG4010")]
    [InlineData(
        "flux",
        "target: { name: 'crossplane-wave-.*' }",
        "/spec/commonMetadata",
        "{\"annotations\": {\"kustomize.toolkit.fluxcd.io/prune\": \"enabled\"}}",
        "GOG4010"
    )]
    [InlineData("crossplane", "target: { kind: HelmRelease }", "/spec/releaseName", "\"other\"", "GOG4010")]
    [InlineData(
        "crossplane",
        "target: { kind: '(OCI|Helm)Repository' }",
        "/metadata/annotations/kustomize.toolkit.fluxcd.io~1prune",
        "\"enabled\"",
        "GOG4010"
    )]
    [InlineData("crossplane", "target: { kind: '(OCI|Helm)Repository' }", "/spec/url", "\"oci://evil.example.com\"", "GOG4010")]
    [InlineData("flux", "target: { name: 'crossplane-wave-.*' }", "/spec/path", "\"./elsewhere\"", "GOG4010")]
    [InlineData("flux", "target: { name: 'crossplane-wave-.*' }", "/spec/dependsOn", "[{\"name\": \"crossplane\"}]", "GOG4010")]
    [InlineData("crossplane", "target: { kind: HelmRelease }", "/metadata/annotations/kustomize.toolkit.fluxcd.io~1prune", "\"enabled\"", "GOG4010")]
    [InlineData("crossplane", "target: { kind: HelmRelease }", "/spec/values", "{\"replicas\": 9}", "GOG4011")]
    [InlineData("crossplane", "target: { kind: HelmRelease }", "/spec/valuesFrom/0/name", "\"other\"", "GOG4011")]
    [InlineData("crossplane", "target: { kind: ConfigMap }", "/data", "{}", "GOG4013")]
    public void What_is_protected_in_an_engine_is_refused(string folder, string target, string path, string value, string code) =>
        AssertRefused(code, "every-engine-in-one-project", folder, JsonPatch(target, path, value));

    [Theory]
    [InlineData("patches:\n- { " + Provider + ", patch: '{ $patch: delete, apiVersion: a/v1, kind: Any, metadata: { name: any } }' }\n", "GOG4009")]
    [InlineData(
        "patches:\n- { " + Provider + ", patch: '{ apiVersion: a/v1, kind: Any, metadata: { name: any }, spec: { package: evil } }' }\n",
        "GOG4009"
    )]
    [InlineData("commonAnnotations: { argocd.argoproj.io/sync-wave: \"9\" }\n", "GOG4009")]
    [InlineData("namePrefix: a-\n", "GOG4009")]
    [InlineData("nameSuffix: -a\n", "GOG4009")]
    [InlineData("namespace: a\n", "GOG4009")]
    [InlineData("transformers: [t.yaml]\n", "GOG4013")]
    [InlineData("replacements: [{ path: r.yaml }]\n", "GOG4013")]
    [InlineData("images: [{ name: a, newName: b }]\n", "GOG4013")]
    public void Every_way_to_change_it_is_refused(string rest, string code) =>
        AssertRefused(code, "one-cluster-as-in-the-article", "packages/wave-{wave}", rest);

    [Theory]
    [InlineData("argocd", "target: { name: '.*-packages' }", "/spec/source/kustomize", "{\"commonLabels\": {\"team\": \"platform\"}}")]
    [InlineData("flux", "target: { name: 'crossplane-wave-.*' }", "/spec/commonMetadata", "{\"annotations\": {\"team\": \"platform\"}}")]
    [InlineData("flux", "target: { name: 'crossplane-wave-.*' }", "/spec/timeout", "\"30m\"")]
    public void How_an_engine_labels_and_times_is_free(string folder, string target, string path, string value)
    {
        using var run = Run("every-engine-in-one-project", (folder, JsonPatch(target, path, value)));

        Assert.Empty(run.Check().Diagnostics.Where(found => found.Severity == GitOpsGen.Diagnostics.Severity.Error));
    }

    [Theory]
    [InlineData("  - { Name: crossplane-values, namespace: flux-system, Behavior: merge, literals: ['values.yaml=evil'] }\n", "GOG4010")]
    [InlineData("components: [../../../generating]\n", "GOG4010")]
    public void A_generator_has_one_spelling_of_its_keys(string rest, string code) =>
        AssertRefused(code, "every-engine-in-one-project", "crossplane", rest);

    /// <summary>Kustomize reads <c>NamePrefix</c> as <c>namePrefix</c>.</summary>
    [Theory]
    [InlineData("components: [../../../unreadable]\n")]
    [InlineData("components: [../../../including]\n")]
    public void A_component_with_a_key_in_another_spelling_is_refused(string rest) =>
        AssertRefused("GOG4009", "one-cluster-as-in-the-article", "packages", rest);

    [Theory]
    [InlineData("packages", "  order: fifo\n", "  order: legacy\n")]
    [InlineData("packages", "sortOptions:\n  order: fifo\n", "")]
    [InlineData("packages", "resources:\n  - prerequisites\n", "resources:\n", "  - prerequisites\n")]
    [InlineData("", "sortOptions:\n  order: fifo\n", "")]
    public void The_order_of_one_apply_is_kept(string folder, string builtIn, string users, string appended = "")
    {
        using var run = new ScenarioRun(new("several-organisations-rewritten"));
        var name = KustomizationOf(folder);
        Write(run, name, BuiltIn(name).Replace(builtIn, users, StringComparison.Ordinal) + appended);

        Assert.Equal(["GOG4010"], run.Check().Diagnostics.Select(found => found.Rule.Code).Distinct());
    }

    [Fact(Timeout = 60_000)]
    public async Task Components_that_double_at_each_level_end_as_not_followed()
    {
        using var run = Run("one-cluster-as-in-the-article", ("packages", "components: [../../../c0]\n"));
        foreach (var level in Enumerable.Range(0, 40))
        {
            var folder = Directory.CreateDirectory(Path.Combine(run.Root, "templates", $"c{level}"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "kustomization.yaml.scriban"),
                Component + (level < 39 ? $"components: [../c{level + 1}, ../c{level + 1}]\n" : ""),
                TestContext.Current.CancellationToken
            );
        }

        var outcome = await Task.Run(run.Check, TestContext.Current.CancellationToken);

        Assert.Contains(outcome.Diagnostics, found => found.Rule.Code == "GOG4013");
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_thousand_edits_of_one_object_end_as_not_followed(bool isJson)
    {
        const string Family = "apiVersion: pkg.crossplane.io/v1\n      kind: Provider\n      metadata: { name: upbound-provider-family-aws";
        var patches = isJson
            ? "  - target: { kind: Provider }\n    patch: |-\n" + Times5000("      - { op: add, path: /metadata/labels~1k{{ i }}, value: v }\n")
            : Times5000($"  - patch: |-\n      {Family}, labels: {{ k{{{{ i }}}}: v }} }}\n");
        using var run = Run("one-cluster-as-in-the-article", ("packages", $"patches:\n{patches}"));

        var outcome = await Task.Run(run.Check, TestContext.Current.CancellationToken);

        Assert.Contains(outcome.Diagnostics, found => found.Rule.Code == "GOG4013");

        static string Times5000(string text) => $"{{{{~ for i in 1..5000 ~}}}}\n{text}{{{{~ end ~}}}}\n";
    }

    [Fact]
    public void A_component_that_changes_it_is_refused() =>
        AssertRefused("GOG4009", "one-cluster-as-in-the-article", "packages", "components: [../../../evil]\n");

    [Fact]
    public void What_is_not_followed_can_be_softened_and_what_is_protected_cannot()
    {
        using var run = Run(
            "one-cluster-as-in-the-article",
            ("packages/wave-{wave}", "transformers: [t.yaml]\n"),
            ("packages", JsonPatch(Provider, "/spec/package", "\"evil\""))
        );
        File.AppendAllText(Path.Combine(run.Root, ".config", "gitopsgen.yaml"), "\nrules: { GOG4013: off, GOG4010: off }\n");

        Assert.Equal(["GOG4009"], run.Check().Diagnostics.Select(found => found.Rule.Code).Distinct());
    }

    private static string JsonPatch(string target, string path, string value) =>
        $"patches:\n- {{ {target}, patch: '[{{\"op\": \"add\", \"path\": \"{path}\", \"value\": {value}}}]' }}\n";

    private static string Up(string rest, string way) => rest.Replace("../../../../", way, StringComparison.Ordinal);

    private static void AssertRefused(string code, string scenario, string folder, string rest)
    {
        using var run = Run(scenario, (folder, rest));

        var found = run.Check().Diagnostics;

        Assert.Contains(
            found,
            diagnostic => diagnostic.Rule.Code == code && diagnostic.Span?.File.StartsWith("templates/", StringComparison.Ordinal) == true
        );
        Assert.Equal(
            [code],
            found
                .Where(diagnostic => diagnostic.Severity == GitOpsGen.Diagnostics.Severity.Error)
                .Select(diagnostic => diagnostic.Rule.Code)
                .Distinct()
        );
    }

    /// <summary>The built-in kustomizations of some folders with more in them.</summary>
    private static ScenarioRun Run(string scenario, params (string Folder, string Added)[] kustomizations)
    {
        var run = new ScenarioRun(new(scenario));
        foreach (var (folder, rest) in kustomizations)
        {
            var (name, text) = (KustomizationOf(folder), BuiltIn(KustomizationOf(folder)));
            // There is one list of patches in a kustomization.
            var parts = rest.Split("patches:\n", 2);
            Write(
                run,
                name,
                parts.Length == 2 && text.Contains("patches:\n", StringComparison.Ordinal) ? text + Indented(parts[1]) : Appended(text, rest)
            );
        }

        Write(run, "team/kustomization.yaml", Component + "labels: [{ pairs: { team: platform } }]\n");
        Write(run, "unreadable/kustomization.yaml", Component + "NamePrefix: a-\n");
        Write(run, "including/kustomization.yaml", Component + "components: [../unreadable]\n");
        Write(
            run,
            "generating/kustomization.yaml",
            Component + "configMapGenerator: [{ name: crossplane-values, namespace: flux-system, Behavior: merge, literals: ['values.yaml=evil'] }]\n"
        );
        Write(
            run,
            "evil/kustomization.yaml",
            Component
                + "patches: [{ target: { kind: Provider }, patch: '[{\"op\": \"replace\", \"path\": \"/spec/package\", \"value\": \"evil\"}]' }]\n"
        );
        return run;
    }

    private static string KustomizationOf(string folder) => $"{Overlay}/{folder}/kustomization.yaml".Replace("//", "/", StringComparison.Ordinal);

    private static string BuiltIn(string name) =>
        GitOpsGen.Rendering.Templates.TemplateSet.BuiltInSources().Single(source => source.Name == name).Text;

    private static void Write(ScenarioRun run, string path, string content)
    {
        var file = Path.Combine(run.Root, "templates", path + ".scriban");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    private static string Indented(string lines) =>
        string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"  {line}\n"));

    // Before the end of the condition that some have around all of their text.
    private static string Appended(string text, string rest) =>
        text.StartsWith("{{~ if", StringComparison.Ordinal)
            ? text[..text.LastIndexOf("{{~ end", StringComparison.Ordinal)] + rest + "{{~ end ~}}\n"
            : text + rest;
}
