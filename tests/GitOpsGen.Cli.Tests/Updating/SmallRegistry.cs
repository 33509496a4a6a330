using System.Text.RegularExpressions;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;

namespace GitOpsGen.Cli.Tests.Updating;

/// <summary>A registry with a few packages, and a work tree with three environments that is locked against it.</summary>
internal sealed class SmallRegistry : IDisposable
{
    private readonly MemoryRegistry registry = new();
    private readonly LoopbackServer server;
    private readonly Dictionary<string, string> digests = [];
    private readonly Dictionary<string, Image> images = [];

    public SmallRegistry(WorkFolder? folder = null)
    {
        Folder = folder ?? new();
        server = new(request => Fails ? Response.Text(503, "") : registry.Answer(request));
    }

    public WorkFolder Folder { get; }

    /// <summary>Whether the registry is out of order.</summary>
    public bool Fails { get; set; }

    public int RequestCount => server.Requests.Count;

    /// <summary>The lockfile; the registry's host, whose port changes from run to run, is <c>x.io</c> in it, and digests are <c>path@version</c>.</summary>
    public string Lockfile
    {
        get =>
            digests.Aggregate(
                File.ReadAllText(Folder[WorkFolder.Lockfile]).Replace(server.Host, "x.io", StringComparison.Ordinal),
                (text, digest) => text.Replace(digest.Value, digest.Key, StringComparison.Ordinal)
            );
        set =>
            Folder.Write(
                WorkFolder.Lockfile,
                digests.Aggregate(
                    value.Replace("x.io", server.Host, StringComparison.Ordinal),
                    (text, digest) => Regex.Replace(text, $"(?<=[ @]){Regex.Escape(digest.Key)}\n", $"{digest.Value}\n")
                )
            );
    }

    public SmallRegistry With(string kind, string path, string[] versions, params string[] needs)
    {
        foreach (var version in versions)
        {
            var dependencies = string.Concat(
                needs.Select(need =>
                    need.Split(' ', 3) is [var of, var package, var constraint]
                        ? $"    - {{ apiVersion: pkg.crossplane.io/v1, kind: {of}, package: {server.Host}/{package}, version: '{constraint}' }}\n"
                        : ""
                )
            );
            var image = Image.Package(
                $"apiVersion: meta.pkg.crossplane.io/v1\nkind: {kind}\nmetadata: {{ name: p, annotations: {{ is: {path}@{version} }} }}\nspec:\n  crossplane: {{ version: '>=v1.20.0' }}\n"
                    + (needs.Length > 0 ? "  dependsOn:\n" + dependencies : "")
            );
            registry.Add(path, version, image);
            images[$"{path}@{version}"] = image;
            digests[$"{path}@{version}"] = image.Digest;
        }

        return this;
    }

    /// <summary>Another tag of a version.</summary>
    public SmallRegistry Tagged(string path, string version, string tag)
    {
        registry.Add(path, tag, images[$"{path}@{version}"]);
        return this;
    }

    /// <summary>The registry's host.</summary>
    public string Host => server.Host;

    public SmallRegistry WithEnvironments(params IEnumerable<string> names)
    {
        var environments = string.Concat(
            names.Select(name => $"  {name}: {{ registry: {{ host: harbor.example.com }}, gitops: {{ engine: none }} }}\n")
        );
        Folder.Write(WorkFolder.Settings, $"settingsVersion: 1\nenvironments:{(environments.Length == 0 ? " {}" : "")}\n{environments}");
        return this;
    }

    /// <summary>Runs a command; <c>x.io</c> stands for the registry, before and after.</summary>
    public Finished Run(params string[] arguments)
    {
        var finished = InProcess.Run(Folder.Path, [.. arguments.Select(argument => argument.Replace("x.io", server.Host, StringComparison.Ordinal))]);
        return new(finished.ExitCode, Shown(finished.Output), Shown(finished.Error));
    }

    public void Dispose()
    {
        server.Dispose();
        Folder.Dispose();
    }

    private string Shown(string text) => text.Replace(server.Host, "x.io", StringComparison.Ordinal);
}
