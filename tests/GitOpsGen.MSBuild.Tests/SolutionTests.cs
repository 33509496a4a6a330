using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.MSBuild.Tests;

/// <summary>Several projects: once for each root and build, whichever of them ask.</summary>
public sealed class SolutionTests(BuildPackage package)
{
    private static readonly string[] Render = ["render"];

    [Theory]
    [InlineData("-m")]
    [InlineData("-graph", "-m")]
    public void Six_projects_that_all_reference_the_package_run_it_once(params string[] options)
    {
        LongProof.Require();
        // The first is of two frameworks; each of the others needs the one before, or the first.
        using var repository = new Repository(
            package,
            [
                new Project("src/P 0/P 0.csproj", Frameworks: Project.TwoFrameworks),
                .. Enumerable
                    .Range(1, 5)
                    .Select(i => new Project($"src/P {i}/P {i}.csproj", References: i < 4 ? $"../P {i - 1}/P {i - 1}.csproj" : "../P 0/P 0.csproj")),
            ]
        );

        Assert.Equal(Render, repository.Build("", options).Succeeds().Runs);
        Assert.Empty(repository.Build("", options).Succeeds().Runs);

        // One error, not six.
        repository.Edit(Repository.Lockfile, "version: v0.9.0", "version: latest");
        var failed = repository.Build("", options).Fails();
        Assert.Equal(Render, failed.Runs);
        Assert.Matches("(?m)^ +1 Error\\(s\\)", failed.Output);

        repository.Edit(Repository.Lockfile, "version: latest", "version: v0.9.0");
        Assert.Equal(["check"], repository.BuildInCi("", options).Succeeds().Runs);
    }

    [Fact]
    public void A_library_of_two_frameworks_that_only_a_reference_builds_runs_it_once()
    {
        LongProof.Require();
        using var repository = new Repository(
            package,
            new Project("src/App/App.csproj", HasPackage: false, References: "../A Library/Lib.csproj"),
            new Project("src/A Library/Lib.csproj", Frameworks: Project.TwoFrameworks)
        );

        Assert.Equal(Render, repository.Build("src/App/App.csproj").Succeeds().Runs);
        Assert.Empty(repository.Build("src/App/App.csproj").Succeeds().Runs);
        // Its own build looks again, for it does not know of the other.
        Assert.Equal(Render, repository.Build("src/A Library/Lib.csproj").Succeeds().Runs);
        Assert.Empty(repository.Build("").Succeeds().Runs);
        repository.Build("src/A Library/Lib.csproj", "-t:Clean").Succeeds();
        Assert.Empty(repository.Remembered);
    }

    [Fact]
    public async Task Two_builds_at_once_wait_for_each_other()
    {
        LongProof.Require();
        string[] projects = ["src/One/One.csproj", "src/Two/Two.csproj"];
        using var repository = new Repository(package, projects.Select(project => new Project(project)));
        foreach (var version in (string[])["v0.9.1", "v0.9.2", "v0.9.3"])
        {
            repository.Reset();
            repository.Edit(Repository.Lockfile, "v0.9.0", version);
            var builds = await Task.WhenAll(projects.Select(project => Task.Run(() => repository.Build(project))));
            Assert.All(builds, build => Assert.Equal(Render, build.Succeeds().Runs));
            repository.Gitopsgen("check").RequireSuccess();
        }
    }
}
