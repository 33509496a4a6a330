using System.Runtime.InteropServices;
using GitOpsGen.Cli.Tests.Packaging;
using GitOpsGen.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(ToolPackages))]

namespace GitOpsGen.Cli.Tests.Packaging;

/// <summary>
/// What a release has for linux-x64, in the folders that <c>GITOPSGEN_PACKAGES</c> and <c>GITOPSGEN_ARCHIVES</c> name, or packed once from
/// a copy of the checkout; and what a plain pack makes.
/// </summary>
public sealed class ToolPackages : IDisposable
{
    private static readonly string? Packed = Environment.GetEnvironmentVariable("GITOPSGEN_PACKAGES");
    private static readonly string? Archived = Environment.GetEnvironmentVariable("GITOPSGEN_ARCHIVES");

    private readonly TempFolder folder = new();
    private readonly Lock packing = new();
    private readonly Lazy<string> copy;
    private readonly Lazy<string> feed;
    private readonly Lazy<string> plainFeed;

    public ToolPackages()
    {
        copy = new(() => Copy(folder["checkout"]));
        feed = new(() =>
            string.IsNullOrEmpty(Packed)
                ? Pack(copy.Value, "feed", ["-p:ToolPointer=true"], ["--runtime", "any"], ["--runtime", "linux-x64"])
                : Packed
        );
        plainFeed = new(() =>
            Pack(
                copy.Value,
                "plain",
                [
                    [],
                ]
            )
        );
    }

    /// <summary>The pointer, the portable and the native package.</summary>
    internal string Feed => feed.Value;

    /// <summary>What <c>dotnet pack</c> makes without any option.</summary>
    internal string PlainFeed => plainFeed.Value;

    /// <summary>The archive of the executable, and its checksum.</summary>
    internal string Archives
    {
        get
        {
            if (!string.IsNullOrEmpty(Archived))
                return Archived;
            Tool.At(Path.Combine(copy.Value, ".ci", "archives"))
                .Run([folder["archives"], "linux-x64"], timeout: TimeSpan.FromMinutes(10))
                .RequireSuccess();
            return folder["archives"];
        }
    }

    internal static string Version { get; } =
        Tool.Dotnet.Run(["msbuild", Path.Combine(RepositoryRoot.Path, "src", "GitOpsGen.Cli"), "-getProperty:Version"]).RequireSuccess().Trim();

    /// <summary>Skips where no native executable can be made.</summary>
    internal static void Require()
    {
        Prerequisite.Require(
            RuntimeInformation.RuntimeIdentifier.EndsWith("linux-x64", StringComparison.Ordinal),
            "The native package is made on linux-x64 only."
        );
        Tool.Require("clang");
    }

    /// <summary>Packs the commit of the checkout once more, in another folder than that of <see cref="Feed"/>.</summary>
    internal string PackAgain(params string[][] optionsOfPacks) =>
        Pack(string.IsNullOrEmpty(Packed) ? Copy(folder["again"]) : copy.Value, "again-feed", optionsOfPacks);

    public void Dispose() => folder.Dispose();

    private string Pack(string checkout, string name, params string[][] optionsOfPacks)
    {
        // One after the other: they may be in the same folder.
        using var one = packing.EnterScope();
        foreach (var options in optionsOfPacks)
        {
            Tool.Dotnet.Run(
                    [
                        "pack",
                        Path.Combine(checkout, "src", "GitOpsGen.Cli"),
                        .. options,
                        "--output",
                        folder[name],
                        "-warnaserror",
                        "-nodeReuse:false",
                        "-p:RunAnalyzersDuringBuild=false",
                    ],
                    timeout: TimeSpan.FromMinutes(10)
                )
                .RequireSuccess();
        }

        return folder[name];
    }

    /// <summary>A clone with what is not committed yet: the running tests and other builds use the checkout's own <c>bin</c> and <c>obj</c>.</summary>
    private static string Copy(string to)
    {
        var checkout = GitFolder.At(RepositoryRoot.Path);
        checkout.Clone(to);
        foreach (
            var file in checkout
                .Run("ls-files", "-z", "--modified", "--others", "--exclude-standard")
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var (from, target) = (RepositoryRoot.Combine(file), Path.Combine(to, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Delete(target);
            if (File.Exists(from))
                File.Copy(from, target);
        }

        return to;
    }
}
