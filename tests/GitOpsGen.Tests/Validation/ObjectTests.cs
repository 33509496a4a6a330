using System.Text;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Validation;
using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>Whole objects: what they are called, which schema is theirs, and what their controllers say.</summary>
public sealed class ObjectTests
{
    [Theory]
    [InlineData("{ name: a.b-c, labels: { a.b/c: D_e, f: '' }, annotations: { x: any thing }, creationTimestamp: null }", "")]
    [InlineData("{ name: A }", "GOG7106")]
    [InlineData("{ name: -a }", "GOG7106")]
    [InlineData("{}", "GOG7102")]
    [InlineData("{ generateName: a }", "GOG7102")]
    [InlineData("{ name: a, namespace: a.b }", "GOG7106")]
    [InlineData("{ name: a, namespace: '' }", "")]
    [InlineData("{ name: '', namespace: a }", "GOG7102")]
    [InlineData("{ name: a, labels: null, annotations: { a: null }, finalizers: null, ownerReferences: null, namespace: null }", "")]
    [InlineData("{ name: a, generateName: b- }", "")]
    [InlineData("{ name: a, generateName: B }", "GOG7106")]
    [InlineData("{ name: a, generateName: '' }", "")]
    [InlineData("{ name: a, labels: { A.b/c: d } }", "GOG7106")]
    [InlineData("{ name: a, labels: { a.b/C: d } }", "")]
    [InlineData("{ name: a, annotations: { A.b/c: d } }", "")]
    [InlineData("{ name: a, finalizers: [a.b/C, resources-finalizer.argocd.argoproj.io, orphan] }", "")]
    [InlineData("{ name: a, finalizers: [''] }", "GOG7106")]
    [InlineData("{ name: a, finalizers: [a b, A.b/c, a/b/c] }", "GOG7106 GOG7106 GOG7106")]
    [InlineData("{ name: a, finalizers: [1] }", "GOG7103")]
    [InlineData("{ name: a, finalizers: [orphan, foregroundDeletion] }", "GOG7106")]
    [InlineData("{ name: a, finalizers: [foregroundDeletion] }", "")]
    [InlineData("{ name: a, ownerReferences: [{ apiVersion: a.b/v1, kind: C, name: d, uid: e, controller: true }] }", "")]
    [InlineData("{ name: a, ownerReferences: [{ apiVersion: '', kind: '', name: '', uid: '' }] }", "GOG7106 GOG7106 GOG7106 GOG7106")]
    [InlineData("{ name: a, ownerReferences: [{ apiVersion: a.b/, kind: C, name: d, uid: e }] }", "GOG7106")]
    [InlineData("{ name: a, ownerReferences: [{ apiVersion: v1, kind: Event, name: d, uid: e }] }", "GOG7106")]
    [InlineData(
        "{ name: a, ownerReferences: [{ apiVersion: v1, kind: C, name: d, uid: e, controller: true }, { apiVersion: v1, kind: C, name: f, uid: g, controller: true }] }",
        "GOG7106"
    )]
    [InlineData("{ name: a, labels: { a: b c } }", "GOG7106")]
    [InlineData("{ name: a, labels: { a/b/c: d } }", "GOG7106")]
    [InlineData("{ name: a, labels: { a: 1 } }", "GOG7103")]
    [InlineData("{ name: a, labels: { a: y } }", "GOG7103")]
    [InlineData("{ name: a, annotations: { a: true } }", "GOG7103")]
    [InlineData("{ name: a, annotation: { a: b } }", "GOG7101")]
    [InlineData("{ name: a, ownerReferences: [{ apiVersion: v1, kind: a, name: b }] }", "GOG7102")]
    [InlineData("a", "GOG7103")]
    [InlineData("null", "GOG7102")]
    public void Metadata_is_checked_whatever_the_definition_says(string metadata, string codes) =>
        Assert.Equal(codes, Crds.CheckText("{ type: object }", $"{{ apiVersion: example.org/v1, kind: Thing, metadata: {metadata} }}").Codes());

    [Theory]
    [InlineData("apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\n", "")]
    [InlineData("apiVersion: example.org/v2\nkind: Thing\nmetadata: { name: a }\n", "GOG7202")]
    [InlineData("apiVersion: v2\nkind: ConfigMap\nmetadata: { name: a }\n", "GOG7202")]
    [InlineData("apiVersion: example.org/v0\nkind: Thing\nmetadata: { name: a }\n", "GOG7202")]
    [InlineData("apiVersion: other.org/v1\nkind: Thing\nmetadata: { name: a }\n", "GOG7201")]
    [InlineData("apiVersion: example.org/v1\nkind: Other\nmetadata: {}\n", "GOG7102 GOG7201")]
    [InlineData("kind: Thing\nmetadata: { name: a }\n", "GOG7102")]
    [InlineData("apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nextra: 1\n", "GOG7101")]
    [InlineData("- a\n", "GOG7103")]
    [InlineData("# nothing\n", "")]
    [InlineData("---\n---\n", "")]
    [InlineData("a: *b\n", "GOG1004 GOG7102 GOG7102 GOG7102")]
    [InlineData("{", "GOG1003")]
    [InlineData(
        "apiVersion: v1\nkind: List\nitems:\n- { apiVersion: example.org/v1, kind: Thing, metadata: { name: A } }\n- { apiVersion: example.org/v1, kind: Thing, metadata: { name: B } }\n",
        "GOG7106 GOG7106"
    )]
    public void The_schema_is_that_of_group_kind_and_served_version(string text, string codes) =>
        Assert.Equal(codes, Crds.CheckText("{ type: object }", text).Codes());

    [Fact]
    public void An_object_can_be_wrong_and_partly_unchecked()
    {
        var check = Crds.Check("{ type: object, properties: { a: { type: string, pattern: '(?i)a' }, b: { type: string } } }", "{ a: x, b: 1 }");

        Assert.False(check.IsValid);
        Assert.False(check.IsComplete);
    }

    [Theory]
    [InlineData("data: { a.b: c }", "")]
    [InlineData("data: { a: 1 }", "GOG7103")]
    [InlineData("data: { a/b: c }", "GOG7111")]
    [InlineData("data: { a: b }\nbinaryData: { a: YQ== }", "GOG7114")]
    [InlineData("binaryData: { a: '?' }", "GOG7104")]
    [InlineData("binaryData: { a: '', b: \"YQ==\\n\", c: null }", "")]
    [InlineData("data: { a: null }\nimmutable: null", "")]
    [InlineData("data: null", "")]
    [InlineData("immutable: true\ntype: a", "GOG7101")]
    public void A_config_map_needs_no_definition(string fields, string codes) =>
        Assert.Equal(codes, Crds.CheckText("{ type: object }", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: a }}\n{fields}\n").Codes());

    [Theory]
    [InlineData(SampleObjects.Provider, "", "", "")]
    [InlineData(SampleObjects.Provider, "Manual", "Bogus", "GOG7107")]
    [InlineData(SampleObjects.Provider, "Always", "Sometimes", "GOG7107")]
    [InlineData(SampleObjects.Provider, "revisionHistoryLimit: 3", "revisionHistoryLimit: -1", "GOG7107")]
    [InlineData(SampleObjects.Provider, "{ name: a }", "{}", "GOG7107")]
    [InlineData(SampleObjects.Provider, "team: platform", "team: a b", "GOG7107")]
    [InlineData(SampleObjects.Provider, "team: platform", "Acme.org/team: platform", "GOG7107")]
    [InlineData(SampleObjects.RuntimeConfig, "deploymentTemplate:", "deploymentTemplate:\n    metadata: { labels: { Acme.org/team: a } }", "GOG7107")]
    [InlineData(SampleObjects.Provider, "{ name: provider-aws }", "{ name: a, kind: Other }", "GOG7107")]
    [InlineData(SampleObjects.Provider, "{ name: provider-aws }", "{ name: '' }", "GOG7107")]
    [InlineData(SampleObjects.Provider, "name: upbound-", "name: upbound.", "GOG7107")]
    [InlineData(SampleObjects.Provider, ":v2.2.0", "", "GOG7105")]
    [InlineData(SampleObjects.Provider, "123456789012.dkr.ecr.eu-west-2.amazonaws.com", "localhost:5000", "GOG7105")]
    [InlineData(SampleObjects.ImageConfig, "", "", "")]
    [InlineData(SampleObjects.ImageConfig, "prefix: xpkg.upbound.io/", "prefix: ''", "GOG7107")]
    [InlineData(SampleObjects.ImageConfig, "prefix: harbor.example.com/xpkg/", "prefix: ''", "GOG7107")]
    [InlineData(SampleObjects.ImageConfig, "[{ type: Prefix, prefix: xpkg.upbound.io/ }]", "[]", "GOG7105")]
    [InlineData(SampleObjects.ImageConfig, "configRef: { name: default }", "configRef: { name: default, kind: A }", "GOG7107")]
    [InlineData(SampleObjects.RuntimeConfig, "", "", "")]
    [InlineData(SampleObjects.RuntimeConfig, "name: package-runtime", "name: provider", "GOG7108")]
    [InlineData(SampleObjects.RuntimeConfig, "selector: {}", "", "GOG7102")]
    [InlineData(SampleObjects.HelmRelease, "", "", "")]
    [InlineData(SampleObjects.HelmRelease, "RetryOnFailure", "RemediateOnFailure", "GOG7105")]
    [InlineData(SampleObjects.HelmRelease, "  dependsOn", "  chartRef: { kind: OCIRepository, name: a }\n  dependsOn", "GOG7105")]
    [InlineData(SampleObjects.Kustomization, "", "", "")]
    [InlineData(SampleObjects.Kustomization, ", current: \"true\"", "", "GOG7102")]
    [InlineData(SampleObjects.OciRepository, "", "", "")]
    [InlineData(SampleObjects.OciRepository, "oci://", "https://", "GOG7104")]
    [InlineData(SampleObjects.Application, "", "", "")]
    [InlineData(SampleObjects.Application, "  sources:", "  source: { repoURL: a, path: b }\n  sources:", "GOG7107")]
    [InlineData(SampleObjects.Application, "destination: { server", "destination: { name: a, server", "GOG7107")]
    [InlineData(SampleObjects.Application, "chart: crossplane,", "chart: crossplane, path: a,", "GOG7107")]
    [InlineData(SampleObjects.Application, "chart: crossplane,", "", "GOG7107")]
    [InlineData(SampleObjects.Application, "chart: crossplane, targetRevision: 2.1.0,", "chart: crossplane,", "GOG7107")]
    [InlineData(SampleObjects.ActivationPolicy, "", "", "")]
    [InlineData(SampleObjects.ActivationPolicy, "*.s3", "s3.*", "GOG7107")]
    public void Real_definitions_and_controllers_take_and_refuse(string sample, string part, string other, string codes)
    {
        var text = part.Length == 0 ? sample : sample.Replace(part, other, StringComparison.Ordinal);
        Assert.Equal(part.Length == 0, text == sample);

        Assert.Equal(codes, new ObjectValidator(RealCrds.Catalogue).CheckFile(YamlText.File, Encoding.UTF8.GetBytes(text)).Codes());
    }
}
