using System.Text.RegularExpressions;
using GitOpsGen.Cli.Tests;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.MSBuild.Tests;

/// <summary>docs/msbuild.md shows what builds of twelve projects print, of which one references the package.</summary>
public sealed partial class BuildsPageTests(BuildPackage package)
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "msbuild.md"));

    private static readonly string[] Names =
    [
        "Catalog",
        "Orders",
        "Payments",
        "Shipping",
        "Customers",
        "Invoices",
        "Search",
        "Mail",
        "Gateway",
        "Workers",
        "Reports",
    ];

    [Fact]
    public void Every_build_of_the_page_prints_what_it_shows()
    {
        LongProof.Require();
        using var repository = new Repository(
            package,
            [
                new Project("src/Platform/Platform.csproj"),
                .. Names.Select(name => new Project($"src/{name}/{name}.csproj", HasPackage: false, References: "../Platform/Platform.csproj")),
            ]
        );
        var commands = Transcript.Read(Page, "console builds").ToArray();
        Assert.NotEmpty(commands);

        foreach (var (command, shown) in commands)
        {
            var printed = Shell(repository, command);
            Assert.True(Transcript.Matches(printed, shown), $"$ {command}\nprints\n{printed}\nand docs/msbuild.md shows\n{shown}");
        }
    }

    private string Shell(Repository repository, string command)
    {
        var environment = new Dictionary<string, string?>
        {
            ["CI"] = null,
            ["NUGET_PACKAGES"] = package.Cache,
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["MSBUILDTERMINALLOGGER"] = "off",
        };
        // As it is on a person's machine; and a build of a part of it may end in any order.
        var printed = Tool.Require("bash")
            .Run(["-c", $"exec 2>&1; {command}"], folder: repository.Path, environment: environment, timeout: TimeSpan.FromMinutes(5))
            .Output.Replace(repository.Path, "/home/you/shop", StringComparison.Ordinal)
            .Replace(package.Unpacked, "/home/you/.nuget/packages/gitopsgen.msbuild/0.1.0", StringComparison.Ordinal);
        return Elapsed().Replace(printed, "Time Elapsed …");
    }

    [GeneratedRegex("Time Elapsed .*")]
    private static partial Regex Elapsed();
}
