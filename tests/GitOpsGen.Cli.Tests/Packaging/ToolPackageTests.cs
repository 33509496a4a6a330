using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Packaging;

public sealed partial class ToolPackageTests(ToolPackages packages)
{
    [Fact]
    public void The_pointer_names_a_package_for_each_platform_of_a_release_and_the_portable_one()
    {
        ToolPackages.Require();

        var settings = XDocument.Parse(Read("GitOpsGen", "tools/any/any/DotnetToolSettings.xml"));

        Assert.Equal(
            ["linux-x64", "linux-arm64", "linux-musl-x64", "osx-arm64", "win-x64", "any"],
            settings.Descendants("RuntimeIdentifierPackage").Select(p => p.Attribute("RuntimeIdentifier")!.Value)
        );
    }

    [Fact]
    public void The_native_package_holds_the_executable_and_the_list_of_what_is_in_it()
    {
        ToolPackages.Require();

        Assert.Equal(
            ["tools/any/linux-x64/DotnetToolSettings.xml", "tools/any/linux-x64/gitopsgen", "tools/any/linux-x64/sbom.cdx.json"],
            Entries("GitOpsGen.linux-x64").Where(e => e.StartsWith("tools/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_native_executable_asks_for_no_later_glibc_than_the_page_says()
    {
        ToolPackages.Require();
        var page = Glibc().Match(File.ReadAllText(RepositoryRoot.Combine("docs", "install.md"))).Groups["version"].Value;

        var asked = Symbol().Matches(Encoding.Latin1.GetString(Content("GitOpsGen.linux-x64", "tools/any/linux-x64/gitopsgen")));

        Assert.InRange(asked.Max(symbol => Version.Parse(symbol.Groups["version"].Value))!, new(2, 17), Version.Parse(page));
    }

    [Theory]
    [InlineData("GitOpsGen")]
    [InlineData("GitOpsGen.any")]
    [InlineData("GitOpsGen.linux-x64")]
    public void Every_package_says_where_it_comes_from_and_carries_licence_icon_and_a_readme_whose_links_work_on_a_feed(string id)
    {
        ToolPackages.Require();

        Assert.Contains("LICENSE", Entries(id));
        Assert.Contains("icon.png", Entries(id));
        var metadata = XDocument.Parse(Read(id, $"{id}.nuspec")).Descendants().ToLookup(e => e.Name.LocalName);
        Assert.Equal("https://github.com/gitopsgen/gitopsgen", metadata["projectUrl"].Single().Value);
        Assert.Equal("icon.png", metadata["icon"].Single().Value);
        var commit = metadata["repository"].Single().Attribute("commit")!.Value;
        Assert.Equal("https://github.com/gitopsgen/gitopsgen", metadata["repository"].Single().Attribute("url")!.Value);

        var packed = Read(id, "README.md");
        var targets = LinkTarget().Matches(packed).Select(m => m.Value).ToArray();
        Assert.Contains($"https://github.com/gitopsgen/gitopsgen/blob/{commit}/docs/README.md", targets);
        Assert.All(targets, target => Assert.Matches("^(https://|#)", target));
        var readme = File.ReadAllText(RepositoryRoot.Combine("README.md"));
        Assert.Equal(readme, packed.Replace($"https://github.com/gitopsgen/gitopsgen/blob/{commit}/", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_plain_pack_makes_one_portable_package_that_runs_on_this_runtime_or_a_later_one()
    {
        LongProof.Require();
        using var folder = new TempFolder();

        var package = Assert.Single(Directory.EnumerateFiles(packages.PlainFeed));
        ZipFile.ExtractToDirectory(package, folder.Path);

        Assert.Equal($"GitOpsGen.{ToolPackages.Version}.nupkg", Path.GetFileName(package));
        var version = Tool.Dotnet.Run([folder["tools/net10.0/any/gitopsgen.dll"], "--version"]).RequireSuccess();
        Assert.StartsWith(ToolPackages.Version, version, StringComparison.Ordinal);
        Assert.Contains(
            "\"rollForward\": \"Major\"",
            File.ReadAllText(folder["tools/net10.0/any/gitopsgen.runtimeconfig.json"]),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("GitOpsGen.any", "tools/net10.0/any", "")]
    [InlineData("GitOpsGen.linux-x64", "tools/any/linux-x64", "Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64 MIT")]
    public void Beside_the_program_is_the_list_of_what_is_in_it_with_licences_and_hashes(string id, string folder, string dotnet)
    {
        ToolPackages.Require();

        var sbom = JsonNode.Parse(Read(id, $"{folder}/sbom.cdx.json"))!;

        var parts = sbom["components"]!.AsArray().Select(part => part!).ToList();
        var listed = Listed()
            .Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "licences.md")))
            .Select(row => $"{row.Groups[1]} {row.Groups[2]}");
        Assert.Equal(
            listed.Append(dotnet).Where(part => part.Length > 0).Order(StringComparer.Ordinal),
            parts.Select(part => $"{part["name"]} {part["licenses"]![0]!["license"]!["id"]}")
        );
        Assert.All(parts, part => Assert.Equal(HashOf($"{part["name"]}", $"{part["version"]}"), $"{part["hashes"]![0]!["content"]}"));
        Assert.Equal($"pkg:nuget/{id}@{ToolPackages.Version}", $"{sbom["metadata"]!["component"]!["purl"]}");
        Assert.Equal(parts.Select(part => $"{part["purl"]}"), sbom["dependencies"]![0]!["dependsOn"]!.AsArray().Select(part => $"{part}"));
    }

    /// <summary>What the native compiler makes is compared too where every long proof is asked for; it takes a minute more.</summary>
    [Fact]
    public void Two_packs_of_one_commit_in_different_folders_are_equal_byte_for_byte()
    {
        LongProof.Require();
        ToolPackages.Require();
        string[][] packs =
        [
            ["-p:ToolPointer=true"],
            ["--runtime", "any"],
            ["--runtime", "linux-x64"],
        ];
        var compared = Environment.GetEnvironmentVariable("GITOPSGEN_LONG") == "1" ? packs : packs[..2];

        var again = Directory.GetFiles(packages.PackAgain(compared));

        Assert.Equal(compared.Length, again.Length);
        Assert.All(
            again,
            package => Assert.Equal(File.ReadAllBytes(Path.Combine(packages.Feed, Path.GetFileName(package))), File.ReadAllBytes(package))
        );
    }

    [Fact]
    public void The_archive_has_the_executable_of_the_native_package_and_the_licence_with_a_checksum()
    {
        ToolPackages.Require();
        using var folder = new TempFolder();
        var archive = $"gitopsgen-{ToolPackages.Version}-linux-x64.tar.gz";

        Tool.Require("sha256sum").Run(["--check", "SHA256SUMS"], folder: packages.Archives).RequireSuccess();
        Tool.Require("tar").Run(["-xzf", Path.Combine(packages.Archives, archive)], folder: folder.Path).RequireSuccess();

        Assert.Equal(
            ["LICENSE", "gitopsgen", "sbom.cdx.json"],
            Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Equal(Content("GitOpsGen.linux-x64", "tools/any/linux-x64/gitopsgen"), File.ReadAllBytes(folder["gitopsgen"]));
    }

    // Of the file that was restored.
    private static string HashOf(string id, string version)
    {
        var name = id.ToLowerInvariant();
        return Convert.ToHexStringLower(SHA512.HashData(File.ReadAllBytes(Path.Combine(Cache.Value, name, version, $"{name}.{version}.nupkg"))));
    }

    private static Lazy<string> Cache { get; } =
        new(() => Tool.Dotnet.Run(["nuget", "locals", "global-packages", "--list"]).RequireSuccess().Split(": ", 2)[1].Trim());

    private string Package(string id) => Path.Combine(packages.Feed, $"{id}.{ToolPackages.Version}.nupkg");

    private string[] Entries(string id)
    {
        using var archive = ZipFile.OpenRead(Package(id));
        return [.. archive.Entries.Select(e => e.FullName)];
    }

    private string Read(string id, string entry) => new StreamReader(new MemoryStream(Content(id, entry))).ReadToEnd();

    private byte[] Content(string id, string entry)
    {
        using var archive = ZipFile.OpenRead(Package(id));
        using var content = new MemoryStream();
        using var packed = archive.GetEntry(entry)!.Open();
        packed.CopyTo(content);
        return content.ToArray();
    }

    [GeneratedRegex(@"glibc (?<version>\d+\.\d+) or later")]
    private static partial Regex Glibc();

    [GeneratedRegex(@"GLIBC_(?<version>\d+\.\d+)")]
    private static partial Regex Symbol();

    [GeneratedRegex(@"^\| \[([^\]]+)\]\S+ \| (\S+) \|$", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex(@"(?<=\]\()[^)\s]+")]
    private static partial Regex LinkTarget();
}
