using System.Globalization;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;

namespace GitOpsGen.Benchmarks;

/// <summary>A work tree whose lockfile declares packages of a registry in this process: a provider family and its members, for two platforms each.</summary>
internal sealed class LockWork : IDisposable
{
    private readonly LoopbackServer server;
    private readonly string lockfile;

    /// <param name="root">Where the tree is written.</param>
    /// <param name="packages">How many packages.</param>
    /// <param name="latency">How late every answer comes.</param>
    public LockWork(string root, int packages, TimeSpan latency)
        : this(root, new MemoryRegistry(), packages, latency) { }

    private LockWork(string root, MemoryRegistry registry, int packages, TimeSpan latency)
        : this(root, request => registry.Answer(request) with { Delay = latency }, Enumerable.Range(0, packages).Select(Path))
    {
        for (var i = 0; i < packages; i++)
        {
            var needs = i == 0 ? "[]" : $"[{{ provider: {server.Host}/{Path(0)}, version: '>= 0.0.0' }}]";
            registry.Add(
                Path(i),
                "v1.0.0",
                Image.Index(
                    ("linux/arm64", Image.Of("arm64", Layers.Of(("bin", Path(i))))),
                    (
                        "linux/amd64",
                        Image.Package(
                            $"apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {{ name: {Path(i)[5..]} }}\nspec: {{ dependsOn: {needs} }}\n"
                        )
                    )
                )
            );
        }
    }

    private LockWork(string root, Func<Request, Response> answer, IEnumerable<string> paths)
    {
        server = new(answer);
        Root = root;
        lockfile =
            "lockfileVersion: 1\npackages:\n"
            + string.Concat(paths.Select(path => $"  - package: {server.Host}/{path}\n    kind: Provider\n    version: v1.0.0\n"));
        Directory.CreateDirectory(System.IO.Path.Combine(root, ".config"));
        File.WriteAllText(
            System.IO.Path.Combine(root, ".config/gitopsgen.yaml"),
            "settingsVersion: 1\nenvironments:\n  dev: { registry: { host: harbor.example.com }, gitops: { engine: none } }\n"
        );
        Unlock();
    }

    public string Root { get; }

    /// <summary>One package with a layer of a size that does not compress.</summary>
    public static LockWork OfLayer(string root, long bytes)
    {
        Directory.CreateDirectory(root);
        var layer = System.IO.Path.Combine(root, "layer");
        LargeLayer.Write(layer, bytes, isRandom: true);
        var manifest = LargeLayer.ManifestOf(layer);
        return new(
            root,
            request =>
                request.Path.Contains("/blobs/", StringComparison.Ordinal)
                    ? new Response(200, []) { File = layer }
                    : new Response(200, manifest.Bytes).With("Docker-Content-Digest", manifest.Digest),
            [Path(0)]
        );
    }

    /// <summary>Writes the lockfile as a person does, with nothing completed.</summary>
    public void Unlock() => File.WriteAllText(System.IO.Path.Combine(Root, "packages.lock.yaml"), lockfile);

    public void Dispose() => server.Dispose();

    private static string Path(int package) =>
        package == 0 ? "acme/provider-family-x" : string.Create(CultureInfo.InvariantCulture, $"acme/provider-x-{package}");
}
