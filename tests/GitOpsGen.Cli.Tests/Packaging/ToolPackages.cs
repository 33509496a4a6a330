using System.Globalization;
using System.Runtime.InteropServices;
using GitOpsGen.Testing;

namespace GitOpsGen.Cli.Tests.Packaging;

/// <summary>
/// The three packages of the tool, packed once into a feed of their own, under a version that no cache has seen:
/// NuGet does not look twice at a version it knows.
/// </summary>
public sealed class ToolPackages : IDisposable
{
    private readonly TempFolder folder = new();
    private bool packed;

    internal static string Version { get; } =
        string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}");

    internal string Feed => folder["feed"];

    /// <summary>Packs, unless it is done. Skips where no native executable can be made.</summary>
    internal void Require()
    {
        Prerequisite.Require(RuntimeInformation.RuntimeIdentifier.EndsWith("linux-x64", StringComparison.Ordinal), "The native package is made on linux-x64 only.");
        Tool.Require("clang");
        if (packed)
            return;
        Pack();
        Pack("--runtime", "any", "-p:PublishAot=false");
        Pack("--runtime", "linux-x64");
        packed = true;
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Apart from the checkout's own <c>bin</c> and <c>obj</c>, which the running tests and other builds use.</summary>
    private void Pack(params string[] options) => Tool.Dotnet.Run(
        [
            "pack", RepositoryRoot.Combine("src", "GitOpsGen.Cli"), "--configuration", "Release", .. options,
            $"-p:Version={Version}", "--artifacts-path", folder["artifacts"], "--output", Feed, "-warnaserror", "-nodeReuse:false",
        ],
        timeout: TimeSpan.FromMinutes(10)).RequireSuccess();
}
