using System.IO.Compression;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Packaging;

public sealed class ToolPackageTests(ToolPackages packages) : IClassFixture<ToolPackages>
{
    [Fact]
    public void There_is_a_pointer_a_native_and_a_portable_package()
    {
        ToolPackages.Require();

        Assert.Equal(
            [Package("GitOpsGen"), Package("GitOpsGen.any"), Package("GitOpsGen.linux-x64")],
            Directory
                .EnumerateFiles(packages.Feed)
                .Where(file => !Path.GetFileName(file).StartsWith("GitOpsGen.MSBuild.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_native_package_holds_the_executable_and_nothing_else()
    {
        ToolPackages.Require();

        Assert.Equal(
            ["tools/any/linux-x64/DotnetToolSettings.xml", "tools/any/linux-x64/gitopsgen"],
            Entries("GitOpsGen.linux-x64").Where(e => e.StartsWith("tools/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("GitOpsGen")]
    [InlineData("GitOpsGen.any")]
    [InlineData("GitOpsGen.linux-x64")]
    public void Every_package_carries_the_readme_and_the_licence(string id)
    {
        ToolPackages.Require();

        var entries = Entries(id);
        Assert.Contains("README.md", entries);
        Assert.Contains("LICENSE", entries);
    }

    [Fact]
    public void A_repository_that_names_the_tool_restores_and_runs_it()
    {
        ToolPackages.Require();
        using var repository = new TempFolder();
        repository.Write(
            ".config/dotnet-tools.json",
            $$"""
            { "version": 1, "isRoot": true, "tools": { "gitopsgen": { "version": "{{packages.Version}}", "commands": ["gitopsgen"] } } }
            """
        );
        repository.Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{packages.Feed}" /></packageSources>
            </configuration>
            """
        );
        var caches = new Dictionary<string, string?> { ["NUGET_PACKAGES"] = repository["packages"], ["DOTNET_CLI_HOME"] = repository["home"] };

        Tool.Dotnet.Run(["tool", "restore"], folder: repository.Path, environment: caches).RequireSuccess();
        var version = Tool.Dotnet.Run(["gitopsgen", "--version"], folder: repository.Path, environment: caches).RequireSuccess();

        Assert.StartsWith(packages.Version, version, StringComparison.Ordinal);
        Assert.True(Directory.Exists(repository["packages/gitopsgen.linux-x64"]), "The native package was not chosen.");

        foreach (var command in (string[])["init", "render", "check"])
            Tool.Dotnet.Run(["gitopsgen", command], folder: repository.Path, environment: caches).RequireSuccess();
        Assert.True(File.Exists(repository["manifests/overlays/dev/kustomization.yaml"]));

        // A command in a message can be pasted.
        var wrong = Tool.Dotnet.Run(["gitopsgen", "chekc"], folder: repository.Path, environment: caches);
        Assert.Contains("Run 'dotnet gitopsgen --help'", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_portable_package_runs_on_the_runtime()
    {
        ToolPackages.Require();
        using var folder = new TempFolder();
        ZipFile.ExtractToDirectory(Package("GitOpsGen.any"), folder.Path);

        var version = Tool.Dotnet.Run([folder["tools/net10.0/any/gitopsgen.dll"], "--version"]).RequireSuccess();

        Assert.StartsWith(packages.Version, version, StringComparison.Ordinal);
    }

    private string Package(string id) => Path.Combine(packages.Feed, $"{id}.{packages.Version}.nupkg");

    private string[] Entries(string id)
    {
        using var archive = ZipFile.OpenRead(Package(id));
        return [.. archive.Entries.Select(e => e.FullName)];
    }
}
