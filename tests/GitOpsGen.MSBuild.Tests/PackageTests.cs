using System.IO.Compression;
using System.Text.Json.Nodes;
using Xunit;

namespace GitOpsGen.MSBuild.Tests;

public sealed class PackageTests(BuildPackage package)
{
    private const string Program = "tools/net10.0/any/";

    [Fact]
    public void Beside_the_program_is_the_list_of_the_assemblies_that_are_there()
    {
        using var packed = ZipFile.OpenRead(Path.Combine(package.Feed, $"GitOpsGen.MSBuild.{package.Version}.nupkg"));

        using var stream = packed.GetEntry($"{Program}sbom.cdx.json")!.Open();
        var sbom = JsonNode.Parse(stream)!;

        var ours = new[] { "gitopsgen", "GitOpsGen.Engine", "GitOpsGen.Registry" };
        var assemblies = packed
            .Entries.Where(entry =>
                entry.FullName.StartsWith(Program, StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal)
            )
            .Select(entry => Path.GetFileNameWithoutExtension(entry.Name));
        Assert.Equal(assemblies.Except(ours).Order(StringComparer.Ordinal), sbom["components"]!.AsArray().Select(part => $"{part!["name"]}"));
    }
}
