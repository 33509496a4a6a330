using GitOpsGen.MSBuild.Tests;
using GitOpsGen.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(BuildPackage))]

namespace GitOpsGen.MSBuild.Tests;

/// <summary>
/// The package, once for all tests: that of the folder that <c>GITOPSGEN_PACKAGES</c> names, or packed. It is restored into a cache of its
/// own, because the user's would go on serving the first package of a version.
/// </summary>
public sealed class BuildPackage : IDisposable
{
    private const string Id = "GitOpsGen.MSBuild";

    private readonly TempFolder folder = new();

    public BuildPackage()
    {
        Feed = Environment.GetEnvironmentVariable("GITOPSGEN_PACKAGES") is { Length: > 0 } packed ? packed : Pack();
        Version = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(Feed, $"{Id}.*.nupkg").Single())[(Id.Length + 1)..];
    }

    internal string Feed { get; }

    internal string Version { get; }

    /// <summary>Where packages are unpacked.</summary>
    internal string Cache => folder["a cache"];

    /// <summary>The package as it was restored.</summary>
    internal string Unpacked => Path.Combine(Cache, Id.ToLowerInvariant(), Version);

    /// <summary>The program in the package, for what the command line says about the same files.</summary>
    internal string Program => Path.Combine(Unpacked, "tools", "net10.0", "any", "gitopsgen.dll");

    public void Dispose() => folder.Dispose();

    /// <summary>By the one command of docs/contributing.md, in the configuration of the tests: what was built with them is not compiled again.</summary>
    private string Pack()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string[] options = ["--configuration", configuration, "--output", folder["feed"], "-nodeReuse:false", "-p:RunAnalyzers=false"];
        Tool.Dotnet.Run(["pack", RepositoryRoot.Combine("src", Id), .. options], timeout: TimeSpan.FromMinutes(10)).RequireSuccess();
        return folder["feed"];
    }
}
