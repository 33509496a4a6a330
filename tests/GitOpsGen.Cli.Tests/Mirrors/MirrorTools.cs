using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Testing;

namespace GitOpsGen.Cli.Tests.Mirrors;

/// <summary>
/// skopeo and Helm as a user of private registries sets them up: skopeo by the configuration files of containers/image, Helm, which has
/// none for plain HTTP, by a program of its name that adds the flag.
/// </summary>
internal sealed class MirrorTools : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string? helm = Path.GetDirectoryName(RepositoryRoot.Combine("artifacts", "tools", "helm4", "helm"));

    /// <param name="locations">Where skopeo finds what a reference begins with.</param>
    public MirrorTools(params (string Prefix, string Location)[] locations)
    {
        Tool.Require("skopeo");
        Tool.Require("helm4");
        folder.Write("home/.config/containers/policy.json", """{"default":[{"type":"insecureAcceptAnything"}]}""");
        folder.Write(
            "home/.config/containers/registries.conf",
            string.Concat(locations.Select(pair => $"[[registry]]\nprefix = '{pair.Prefix}'\nlocation = '{pair.Location}'\ninsecure = true\n"))
        );
        Install("helm", $"case \"$1\" in show|pull|push) exec '{helm}/helm' \"$@\" --plain-http ;; *) exec '{helm}/helm' \"$@\" ;; esac");
    }

    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?>
        {
            ["HOME"] = folder["home"],
            ["PATH"] = $"{folder["bin"]}:{System.Environment.GetEnvironmentVariable("PATH")}",
        };

    /// <summary>Puts a program into the search path, written for a shell.</summary>
    public void Install(string name, string script)
    {
        var program = folder.Write($"bin/{name}", $"#!/bin/sh\n{script}\n");
        Tool.At("/bin/chmod").Run(["+x", program]).RequireSuccess();
    }

    /// <summary>Runs a script in a folder.</summary>
    public ToolRun Run(string workFolder, params string[] arguments) =>
        Tool.At("/bin/sh").Run(arguments, folder: workFolder, environment: Environment);

    /// <summary>Publishes a chart named crossplane.</summary>
    public void PushChart(DebianRegistry registry, string path, string version)
    {
        folder.Write("crossplane/Chart.yaml", $"apiVersion: v2\nname: crossplane\nversion: {version}\n");
        Run(folder.Path, "-c", $"helm package crossplane && helm push crossplane-{version}.tgz oci://{registry.Host}/{path}").RequireSuccess();
    }

    public void Dispose() => folder.Dispose();
}
