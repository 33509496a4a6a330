using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.MSBuild.Tests;

/// <summary>Properties, roots and machines that are not what the package needs. None of these builds compiles anything.</summary>
public sealed class WrongUseTests : IClassFixture<OneProject>
{
    private const string App = OneProject.App;

    private readonly Repository repository;
    private readonly BuildPackage package;

    public WrongUseTests(BuildPackage package, OneProject one)
    {
        this.package = package;
        LongProof.Require();
        repository = one.Repository;
        repository.Reset();
    }

    [Theory]
    [InlineData("-p:GitOpsGenMode=chekc", "gitopsgen : error GOG5011: GitOpsGenMode is 'chekc'. It must be render, check or off.")]
    [InlineData("-p:GitOpsGenRoot=../nowhere", "gitopsgen : error GOG5011: GitOpsGenRoot is '*/src/nowhere/', which is not a folder. *")]
    [InlineData(
        "-p:NETCoreSdkVersion=9.0.305",
        "gitopsgen : error GOG5012: * SDK 9.0.305. Install SDK 10.0.100 or later, or set GitOpsGenMode to off."
    )]
    [InlineData("-p:NETCoreSdkVersion=10.0.100-preview.1", null)]
    [InlineData("-p:GitOpsGenRoot=../..", null)]
    public void A_wrong_property_or_an_old_SDK_is_one_error_that_says_what_to_do(string option, string? error)
    {
        var run = repository.Build(App, "-t:BeforeBuild", option);

        if (error is null)
        {
            Assert.Equal(["render"], run.Succeeds().Runs);
            return;
        }

        Assert.Empty(run.Fails().Runs);
        var parts = error.Split('*');
        var finding = Assert.Single(run.Findings);
        Assert.StartsWith(parts[0], finding, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, finding, StringComparison.Ordinal));
        Assert.False(Directory.Exists(repository["manifests"]));
    }

    [Fact]
    public void Where_it_is_off_or_no_folder_above_is_a_root_a_build_goes_on_without_it()
    {
        var off = repository.Build(App, "-t:BeforeBuild", "-p:GitOpsGenMode=off").Succeeds();
        Assert.Empty(off.Runs);
        Assert.Contains("GitOpsGen does not run: GitOpsGenMode is off.", off.Output, StringComparison.Ordinal);

        Directory.Delete(repository[".config"], recursive: true);
        var run = repository.Build(App, "-t:BeforeBuild", "-v:d").Succeeds();
        Assert.Empty(run.Runs);
        Assert.Contains("GitOpsGen does not run: no folder above ", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(repository["manifests"]));
        Assert.Empty(repository.Remembered);
    }

    [Fact]
    public void A_package_without_its_program_says_which_file_is_missing()
    {
        // As a virus scanner may leave it. MSBuild finds the rest of the package beside the project file that is named here.
        var broken = repository["broken"];
        foreach (var folder in (string[])["build", "tasks/netstandard2.0"])
        {
            Directory.CreateDirectory(Path.Combine(broken, folder));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(package.Unpacked, folder)))
                File.Copy(file, Path.Combine(broken, folder, Path.GetFileName(file)));
        }

        var run = repository.Run([
            "msbuild",
            Path.Combine(broken, "build", "GitOpsGen.proj"),
            "-p:GitOpsGenMode=check",
            $"-p:GitOpsGenRoot={repository.Path}",
        ]);

        var finding = Assert.Single(run.Fails().Findings);
        Assert.StartsWith(
            $"gitopsgen : error GOG9001: {Path.Combine(broken, "tools", "net10.0", "any", "gitopsgen.dll")} ",
            finding,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_program_that_ends_without_a_finding_is_an_error_with_its_last_words()
    {
        // A dotnet that has not the runtime.
        var dotnet = repository["no dotnet"];
        repository.Write("no dotnet", "#!/bin/sh\necho 'You must install .NET' >&2\nexit 150\n");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The program is a shell script.");
            return;
        }

        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var run = repository.Run([
            "msbuild",
            Path.Combine(package.Unpacked, "build", "GitOpsGen.proj"),
            "-p:GitOpsGenMode=check",
            $"-p:GitOpsGenRoot={repository.Path}",
            $"-p:GitOpsGenDotnet={dotnet}",
        ]);

        // MSBuild gives each line of an error a line of its own.
        Assert.Equal(
            ["gitopsgen : error GOG9001: You must install .NET", "gitopsgen : error GOG9001: gitopsgen check ended with exit code 150."],
            run.Fails().Findings
        );
    }

    [Fact]
    public void A_root_of_any_name_works()
    {
        // What MSBuild reads as something else; but for a semicolon and an escape such as %20, with which the SDK itself fails.
        const string name = "100% $(c) @(d) 'e' é (1,2)";
        Directory.CreateDirectory(repository[$"{name}/.config"]);
        File.Copy(repository[Repository.Lockfile], repository[$"{name}/{Repository.Lockfile}"]);
        File.Copy(repository[Repository.Settings], repository[$"{name}/{Repository.Settings}"]);
        File.Copy(repository["nuget.config"], repository[$"{name}/nuget.config"]);
        var project = $"{name}/{App}";
        repository.Write(project, repository.TextOf(App));
        repository.Run(["restore", project]).Succeeds();

        Assert.Equal(["render"], repository.Build(project, "-t:BeforeBuild").Succeeds().Runs);
        Assert.Empty(repository.Build(project, "-t:BeforeBuild").Succeeds().Runs);
        Assert.True(File.Exists(repository[$"{name}/{Repository.Ledger}"]));
        Assert.False(Directory.Exists(repository["manifests"]));
    }
}
