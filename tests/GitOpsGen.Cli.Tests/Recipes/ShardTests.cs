using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Recipes;

/// <summary>The matrix of docs/ci.md: parts that are rendered apart are, together, what one run renders.</summary>
public sealed class ShardTests
{
    [Theory]
    [InlineData("env-0 env-1", "env-2 env-3 env-4 env-5")]
    [InlineData("*0", "*1", "*2", "*3", "*4", "*5")]
    [InlineData("env-*", "*3")]
    public void Shards_that_are_rendered_apart_have_the_bytes_of_the_whole(params string[] shards)
    {
        using var whole = Fleet.Create(environments: 6, packages: 4);
        using var together = Fleet.Create(environments: 6, packages: 4);
        Gitopsgen.Built.On(whole.Path, "render", "--quiet").Exits(0);

        foreach (var shard in shards)
        {
            using var runner = Fleet.Create(environments: 6, packages: 4);
            Gitopsgen.Built.On(runner.Path, ["render", "--quiet", .. shard.Split(' ').SelectMany(env => new[] { "--env", env })]).Exits(0);
            Tool.Require("bash")
                .Run(["-c", $"tar -czf shard.tar.gz manifests && tar -xzf shard.tar.gz -C '{together.Path}'"], folder: runner.Path)
                .RequireSuccess();
        }

        Gitopsgen.Built.On(together.Path, "check").Exits(0);
        Assert.Equal(Content(whole.Path), Content(together.Path));
    }

    private static Dictionary<string, string> Content(string root) =>
        Directory
            .EnumerateFiles(Path.Combine(root, "manifests"), "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(root, file), File.ReadAllText, StringComparer.Ordinal);
}
