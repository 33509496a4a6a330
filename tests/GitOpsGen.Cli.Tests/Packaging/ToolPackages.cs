using System.Runtime.InteropServices;
using GitOpsGen.Testing;

namespace GitOpsGen.Cli.Tests.Packaging;

/// <summary>
/// The three packages of the tool: those of the folder that <c>GITOPSGEN_PACKAGES</c> names, or packed once into a feed of their own.
/// </summary>
public sealed class ToolPackages : IDisposable
{
    private const string Pointer = "GitOpsGen.";

    private readonly TempFolder folder = new();
    private string? feed;

    internal string Feed => feed ??= Environment.GetEnvironmentVariable("GITOPSGEN_PACKAGES") is { Length: > 0 } packed ? packed : PackAll();

    internal string Version =>
        Directory
            .EnumerateFiles(Feed, Pointer + "*")
            .Select(Path.GetFileNameWithoutExtension)
            .Single(name => char.IsAsciiDigit(name![Pointer.Length]))![Pointer.Length..];

    /// <summary>Skips where no native executable can be made.</summary>
    internal static void Require()
    {
        Prerequisite.Require(
            RuntimeInformation.RuntimeIdentifier.EndsWith("linux-x64", StringComparison.Ordinal),
            "The native package is made on linux-x64 only."
        );
        Tool.Require("clang");
    }

    public void Dispose() => folder.Dispose();

    private string PackAll()
    {
        Pack();
        Pack("--runtime", "any", "-p:PublishAot=false");
        Pack("--runtime", "linux-x64");
        return folder["feed"];
    }

    /// <summary>Apart from the checkout's own <c>bin</c> and <c>obj</c>, which the running tests and other builds use.</summary>
    private void Pack(params string[] options) =>
        Tool
            .Dotnet.Run(
                [
                    "pack",
                    RepositoryRoot.Combine("src", "GitOpsGen.Cli"),
                    "--configuration",
                    "Release",
                    .. options,
                    "--artifacts-path",
                    folder["artifacts"],
                    "--output",
                    folder["feed"],
                    "-warnaserror",
                    "-nodeReuse:false",
                ],
                timeout: TimeSpan.FromMinutes(10)
            )
            .RequireSuccess();
}
