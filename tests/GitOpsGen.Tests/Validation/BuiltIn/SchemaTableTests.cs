using System.IO.Compression;
using System.Text;
using GitOpsGen.Testing;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Validation.BuiltIn;

/// <summary>The tables of built-in kinds are what the tool makes of the published interfaces.</summary>
public sealed class SchemaTableTests
{
    private const string License = "Apache License 2.0";

    [Fact]
    public void The_table_of_Kubernetes_is_what_the_tool_makes_of_its_OpenAPI()
    {
        var writer = new SchemaTableWriter();
        var kinds = new OpenApiKinds(writer);
        foreach (var path in Files("kubernetes", "*.json"))
        {
            var (group, version) = GroupVersion(path);
            kinds.Add((YamlMapping)Read(path), group, version);
        }

        kinds.AddMetadata();
        Is("kubernetes", writer.ToBytes("Kubernetes 1.35.4", $"https://github.com/kubernetes/kubernetes, OpenAPI v3, {License}"));
    }

    [Theory]
    [InlineData("crossplane", "Crossplane at 2d040d2da", "https://github.com/crossplane/crossplane, cluster/crds and cluster/meta")]
    [InlineData("argocd", "Argo CD at 37ee0097", "https://github.com/argoproj/argo-cd, manifests/crds")]
    [InlineData("flux", "Flux of 2026-08", "https://github.com/fluxcd, config/crd/bases of source-, kustomize- and helm-controller")]
    public void The_tables_of_definitions_are_what_the_tool_makes_of_them(string name, string version, string source)
    {
        var writer = new SchemaTableWriter();
        foreach (var path in Files($"crds/{name}", "*.yaml"))
        {
            writer.AddDefinition((YamlMapping)Read(path));
        }

        Is(name, writer.ToBytes(version, $"{source}, {License}"));
    }

    /// <summary>The group, empty for core, and the version of a file such as batch_v1.json.</summary>
    internal static (string Group, string Version) GroupVersion(string path) =>
        Path.GetFileNameWithoutExtension(path).Split('_') is [var group, var version] ? (group == "core" ? "" : group, version) : default;

    // The same data and the same tool make the same text; how zlib packs it may differ by its version.
    private static void Is(string name, byte[] text)
    {
        var path = RepositoryRoot.Combine("src", "GitOpsGen", "Validation", "Schemas", "Tables", $"{name}.gz");
        var committed = File.Exists(path) ? Unpacked(path) : [];
        if (!committed.AsSpan().SequenceEqual(text) && Environment.GetEnvironmentVariable("GITOPSGEN_ACCEPT") == "1")
        {
            using var packed = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
            packed.Write(text);
            Assert.Fail($"{path} was rewritten; build and run the tests again.");
        }

        Assert.Equal(Encoding.UTF8.GetString(text), Encoding.UTF8.GetString(committed));
    }

    private static byte[] Unpacked(string path)
    {
        using var unpacked = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var text = new MemoryStream();
        unpacked.CopyTo(text);
        return text.ToArray();
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(SharedData.Require(["data", .. folder.Split('/')]), pattern).Order(StringComparer.Ordinal);

    private static YamlNode Read(string path) =>
        YamlReader.ReadPublished(path, File.ReadAllBytes(path)).Value!.Documents.Single(d => d is YamlMapping);
}
