using System.Diagnostics;
using System.IO.Compression;
using GitOpsGen.Diagnostics;
using GitOpsGen.Packages;
using GitOpsGen.Registry.Packages;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Registry.Tests.Packages;

/// <summary>Layers that are large, or only seem small. They run alone, because memory is measured for the whole process.</summary>
[Collection(nameof(LargeLayerTests))]
[CollectionDefinition(nameof(LargeLayerTests), DisableParallelization = true)]
public sealed class LargeLayerTests
{
    [Fact]
    public async Task A_package_larger_than_Crossplane_reads_is_a_finding()
    {
        using var folder = new TempFolder();
        LargeLayer.Write(folder["layer"], LayerReader.LongestPackage + 1, isRandom: false);

        Assert.Equal("GOG6103", Assert.Single((await ReadFileAsync(folder["layer"])).Diagnostics).Rule.Code);
    }

    /// <summary>Ten megabytes that unpack to ten gigabytes of nothing.</summary>
    [Fact]
    public async Task A_layer_that_blows_up_is_given_up()
    {
        LongProof.Require();
        using var folder = new TempFolder();
        WriteBomb(folder["layer"], 3L << 30);

        var finding = Assert.Single((await ReadFileAsync(folder["layer"])).Diagnostics);

        Assert.Equal("GOG6103", finding.Rule.Code);
        Assert.Contains("unpacked", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layer_of_a_hundred_megabytes_is_read_in_little_memory()
    {
        LongProof.Require();
        using var folder = new TempFolder();
        LargeLayer.Write(folder["layer"], 100 << 20, isRandom: true);
        await ReadFileAsync(folder["layer"]); // so that what is measured is not the first use of everything
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var peak = before;
        using var timer = new Timer(_ => Sample(), null, 0, 5);

        Assert.NotNull((await ReadFileAsync(folder["layer"])).Value);
        Assert.InRange(peak - before, long.MinValue, 64 << 20);

        void Sample()
        {
            using var now = Process.GetCurrentProcess();
            peak = Math.Max(peak, now.WorkingSet64);
        }
    }

    /// <summary>The smallest of many bytes: hundreds of kilobytes on the wire, hundreds of megabytes of objects.</summary>
    [Theory]
    [InlineData("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nspec: {a: [1, 2, 3]}\n---\n")]
    [InlineData("# meta.pkg.crossplane.io/\n---\n")]
    [InlineData("a: meta.pkg.crossplane.io/\n---\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\n---\n")]
    public async Task Six_packages_of_many_documents_are_read_in_little_time_and_memory(string document)
    {
        var count = (LongProof.IsWhole ? 64 << 20 : 8 << 20) / document.Length;
        var image = Image.Package(string.Concat(Enumerable.Repeat(document, count)));
        using var harness = new Harness(Harness.Holding(image).Answer);
        var reader = new PackageReader(harness.Client);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        using var timer = new Timer(_ => peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 5);

        var found = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => reader.ReadAsync(harness.Repository, Harness.DigestOf(image), Harness.Cancellation))
        );

        Assert.All(found, result => Assert.StartsWith("GOG61", Assert.Single(result.Diagnostics).Rule.Code, StringComparison.Ordinal));
        Assert.InRange(peak - before, long.MinValue, 128 << 20);
    }

    /// <summary>Reads a package whose only layer is a file, which is never in memory as a whole.</summary>
    private static async Task<Result<PackageMeta>> ReadFileAsync(string layer)
    {
        var manifest = LargeLayer.ManifestOf(layer);
        using var harness = new Harness(request =>
            request.Path.Contains("/blobs/", StringComparison.Ordinal) ? new Response(200, []) { File = layer } : new(200, manifest.Bytes)
        );
        return await new PackageReader(harness.Client).ReadAsync(harness.Repository, Harness.Parse(manifest.Digest), Harness.Cancellation);
    }

    private static void WriteBomb(string path, long length)
    {
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        gzip.Write(Layers.Header("bin/program", '0', 0x1ffffffff));
        var zeros = new byte[1 << 20];
        for (var written = 0L; written < length; written += zeros.Length)
            gzip.Write(zeros);
    }
}
