using System.Text;
using System.Text.Json.Nodes;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Registry.Oci;
using GitOpsGen.Registry.Packages;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Registry.Tests.Packages;

public sealed class PackageReaderTests
{
    private const string Provider = "apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: provider}\n";
    private const string Function = "apiVersion: meta.pkg.crossplane.io/v1\nkind: Function\nmetadata: {name: function}\n";
    private const string Configuration = "apiVersion: meta.pkg.crossplane.io/v1\nkind: Configuration\nmetadata: {name: configuration}\n";

    [Fact]
    public async Task The_annotated_layer_is_the_only_one_that_is_read()
    {
        var image = Image.Of(Layers.Of(("package.yaml", Function)), Layers.Package(Provider), Layers.Of(("package.yaml", Configuration)));

        var (meta, requests) = await ReadAsync(image);

        Assert.Equal(PackageKind.Provider, meta!.Kind);
        Assert.Equal(
            [image.Blobs[2].Digest, image.Blobs[0].Digest], // the layer, and the configuration for the date
            requests.Where(r => r.Path.Contains("/blobs/", StringComparison.Ordinal)).Select(r => r.Path.Split('/')[^1])
        );
    }

    [Theory]
    [InlineData("2025-11-05T17:03:21.123456789Z", "2025-11-05")]
    [InlineData("1970-01-01T00:00:00Z", null)]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("long ago", null)]
    [InlineData(null, null)]
    public async Task A_package_has_the_date_of_its_image_if_that_is_a_real_one(string? created, string? expected)
    {
        var package = Image.Package(Provider, created);

        var (meta, _) = await ReadAsync(Image.Index(("linux/arm64", Image.Package(Function, "2020-01-01T00:00:00Z")), ("linux/amd64", package)));

        Assert.Equal(expected, meta!.Published?.ToString());
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"created\": 7}")]
    [InlineData("")]
    public async Task A_configuration_that_cannot_be_read_takes_only_the_date(string config)
    {
        var image = Image.Package(Provider);
        var bytes = new Blob(Encoding.UTF8.GetBytes(config), "application/vnd.oci.image.config.v1+json");
        var document = JsonNode.Parse(image.Manifest.Bytes)!.AsObject();
        document["config"] = Image.Descriptor(bytes);
        var manifest = Image.Json(MediaTypes.OciImage, document);

        var (meta, _) = await ReadAsync(new(manifest, [], [bytes, image.Blobs[1]]));

        Assert.Equal((PackageKind.Provider, null), (meta!.Kind, meta.Published));
    }

    [Fact]
    public async Task A_configuration_that_is_gone_takes_only_the_date()
    {
        var image = Image.Package(Provider);

        var (meta, _) = await ReadAsync(image with { Blobs = [image.Blobs[1]] });

        Assert.Equal((PackageKind.Provider, null), (meta!.Kind, meta.Published));
    }

    [Theory]
    [InlineData("linux/arm64", "linux/amd64", false)]
    [InlineData("linux/amd64", "linux/arm64", true)]
    [InlineData("windows/amd64", "linux/amd64", false)]
    public async Task Of_several_images_the_one_for_linux_amd64_is_read(string first, string second, bool isFirst)
    {
        var (meta, _) = await ReadAsync(Image.Index((first, Image.Package(Provider)), (second, Image.Package(Function))));

        Assert.Equal(isFirst ? PackageKind.Provider : PackageKind.Function, meta!.Kind);
    }

    [Fact]
    public async Task The_only_image_is_read_whatever_it_is_for()
    {
        var (meta, _) = await ReadAsync(Image.Index(("linux/arm64", Image.Package(Provider))));

        Assert.Equal(PackageKind.Provider, meta!.Kind);
    }

    [Fact]
    public async Task Several_images_without_the_one_that_Crossplane_reads_are_a_finding() =>
        await FindsAsync("GOG6004", Image.Index(("linux/arm64", Image.Package(Provider)), ("linux/s390x", Image.Package(Function))));

    [Fact]
    public async Task An_index_of_an_index_is_a_finding() =>
        await FindsAsync("GOG6004", Image.Index(("linux/amd64", Image.Index(("linux/amd64", Image.Package(Provider))))));

    [Fact]
    public async Task Without_annotation_the_uppermost_layer_with_the_file_counts()
    {
        Assert.Equal(
            PackageKind.Function,
            (
                await ReadAsync(
                    Image.Of(Layers.Of(("package.yaml", Provider)), Layers.Of(("./package.yaml", Function)), Layers.Of(("bin/", ""), ("bin/x", "x")))
                )
            )
                .Meta!
                .Kind
        );
        Assert.Equal(
            PackageKind.Provider,
            (await ReadAsync(Image.Of(Layers.Of(("a/package.yaml", Provider)), Layers.Of(("a/", ""), ("b", ""))))).Meta!.Kind
        );
        Assert.Equal(PackageKind.Provider, (await ReadAsync(Image.Of(new Blob(Layers.Tar(("package.yaml", Provider)), Layers.Plain)))).Meta!.Kind);
    }

    [Theory]
    [InlineData("package.yaml", ".wh.package.yaml")]
    [InlineData("a/package.yaml", "a/.wh.package.yaml")]
    [InlineData("a/package.yaml", ".wh.a")]
    [InlineData("a/b/package.yaml", "a/.wh..wh..opq")]
    [InlineData("package.yaml", ".wh..wh..opq")]
    [InlineData("a/package.yaml", "a")]
    public async Task What_an_upper_layer_deletes_is_gone(string file, string whiteout)
    {
        await FindsAsync("GOG6101", Image.Of(Layers.Of((file, Provider)), Layers.Of((whiteout, ""))));
        Assert.Equal(
            PackageKind.Function,
            (
                await ReadAsync(
                    Image.Of(
                        Layers.Of(("z/package.yaml", Function)),
                        Layers.Of((file, Provider)),
                        Layers.Of((whiteout.Replace(".wh..wh..opq", "x", StringComparison.Ordinal), ""), (".wh.package.yaml", ""), (".wh.a", ""))
                    )
                )
            )
                .Meta!
                .Kind
        );
    }

    [Fact]
    public async Task A_deletion_is_for_the_layers_below_it()
    {
        Assert.Equal(PackageKind.Provider, (await ReadAsync(Image.Of(Layers.Of((".wh.package.yaml", ""), ("package.yaml", Provider))))).Meta!.Kind);
        Assert.Equal(
            PackageKind.Provider,
            (
                await ReadAsync(
                    Image.Of(Layers.Of(("package.yaml", Function)), Layers.Of((".wh.package.yaml", "")), Layers.Of(("package.yaml", Provider)))
                )
            )
                .Meta!
                .Kind
        );
    }

    [Fact]
    public async Task The_object_is_found_among_many_megabytes_of_others()
    {
        var crd =
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n"
            + string.Concat(Enumerable.Repeat("  description: meta.pkg.crossplane.io/v1 and a text that goes on\n", 100_000));

        var (meta, _) = await ReadAsync(Image.Package($"---\n{crd}---\n{crd}---\n{Provider}---\n{crd}"));

        Assert.Equal(PackageKind.Provider, meta!.Kind);
    }

    [Fact]
    public async Task What_is_no_package_is_a_finding()
    {
        await FindsAsync("GOG6101", Image.Of());
        await FindsAsync("GOG6101", Image.Of(Layers.Of(("bin/sh", "x"))));
        await FindsAsync("GOG6101", Image.Of(Layers.Of(("other.yaml", Provider)) with { Annotations = Layers.Base }));
        await FindsAsync("GOG6101", Image.Of(Layers.Of(("package.yaml/", ""))));
        await FindsAsync("GOG6101", Image.Package(""));
        await FindsAsync("GOG6101", Image.Package(Provider + "---\n" + Function));
        await FindsAsync("GOG6102", Image.Package(Provider + "spec: [\n"));
    }

    [Fact]
    public async Task A_layer_that_is_no_archive_is_a_finding()
    {
        var compressed = Layers.Compress(Layers.Tar(("package.yaml", Provider)));
        await FindsAsync("GOG6101", Of("text"u8.ToArray()));
        await FindsAsync("GOG6101", Of([]));
        await FindsAsync("GOG6101", Of([0x1f, 0x8b]));
        await FindsAsync("GOG6101", Of(compressed[..(compressed.Length / 2)]));
        await FindsAsync("GOG6101", Of([0x28, 0xb5, 0x2f, 0xfd, 0, 0]), "Zstandard");
        await FindsAsync("GOG6101", Of([.. compressed[..20], .. new byte[50]]));
        await FindsAsync("GOG6101", Of(Enumerable.Repeat((byte)0xff, 5000).ToArray()));
    }

    [Fact]
    public async Task A_layer_with_an_extended_header_of_a_gigabyte_is_a_finding()
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes("x").CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000644\0").CopyTo(header, 100);
        Encoding.ASCII.GetBytes("10000000000\0").CopyTo(header, 124);
        header[156] = (byte)'x';
        Encoding.ASCII.GetBytes("ustar\0" + "00").CopyTo(header, 257);
        Encoding.ASCII.GetBytes("        ").CopyTo(header, 148);
        Encoding.ASCII.GetBytes($"{Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);

        await FindsAsync("GOG6101", Of([.. header, .. new byte[4096]]));
    }

    [Fact]
    public async Task A_layer_that_is_too_large_is_not_even_asked_for()
    {
        var layer = Layers.Package(Provider);
        var manifest = Image.Json(
            MediaTypes.OciImage,
            new()
            {
                ["layers"] = new JsonArray(
                    new JsonObject
                    {
                        ["mediaType"] = Layers.Gzip,
                        ["digest"] = layer.Digest,
                        ["size"] = PackageReader.LongestLayer + 1,
                        ["annotations"] = new JsonObject { ["io.crossplane.xpkg"] = "base" },
                    }
                ),
            }
        );

        var found = await FindsAsync("GOG6103", new Image(manifest, [], [layer]));

        Assert.DoesNotContain(found, r => r.Path.Contains("/blobs/", StringComparison.Ordinal));
    }

    private static Image Of(byte[] layer) => Image.Of(new Blob(layer, Layers.Gzip) { Annotations = Layers.Base });

    /// <summary>Extended headers and long names of 2 GiB and more, which the tar reader does not refuse in its usual way.</summary>
    [Theory]
    [InlineData('x', 0x80000000)]
    [InlineData('g', 0x80000000)]
    [InlineData('L', 0x80000000)]
    [InlineData('K', 0x80000000)]
    [InlineData('x', 0x1ffffffff)]
    [InlineData('L', 0x7fffffff)]
    public async Task A_header_that_claims_to_be_huge_is_a_finding(char type, long size) =>
        await FindsAsync("GOG6101", Image.Of(new Blob(Layers.Compress(Layers.Header("x", type, size)), Layers.Gzip) { Annotations = Layers.Base }));

    [Fact]
    public async Task The_second_object_ends_the_reading() =>
        await FindsAsync("GOG6101", Image.Package(string.Concat(Enumerable.Repeat(Provider + "---\n", 10_000))), "more than one object");

    [Fact]
    public async Task Documents_that_may_be_objects_are_kept_up_to_a_bound()
    {
        var one = $"# meta.pkg.crossplane.io/v1\na: {new string('x', 500)}\n---\n";
        await FindsAsync("GOG6103", Image.Package(string.Concat(Enumerable.Repeat(one, 3000))), "may be the package object");
        var many = $"{Provider}spec:\n  dependsOn:\n{string.Concat(Enumerable.Range(0, 1001).Select(i => $"  - {{provider: r.io/a/p{i}}}\n"))}";
        await FindsAsync("GOG6102", Image.Package(many), "dependencies");
    }

    /// <summary>A few hundred bytes of the network may be gigabytes to unpack; a signal must not wait for them.</summary>
    [Fact]
    public async Task A_signal_ends_the_unpacking_too()
    {
        using var signal = new CancellationTokenSource();
        await using var layer = new MemoryStream(Layers.Compress(new byte[64 << 20]));
        signal.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LayerReader.ReadAsync(layer, new(), signal.Token));
    }

    private static async Task<(PackageMeta? Meta, IReadOnlyList<Request> Requests)> ReadAsync(Image image)
    {
        using var harness = new Harness(Harness.Holding(image).Answer);
        var (meta, found) = await new PackageReader(harness.Client).ReadAsync(harness.Repository, Harness.DigestOf(image), Harness.Cancellation);
        Assert.Empty(found);
        return (meta, harness.Server.Requests);
    }

    private static async Task<IReadOnlyList<Request>> FindsAsync(string code, Image image, string text = "")
    {
        using var harness = new Harness(Harness.Holding(image).Answer);
        var (meta, found) = await new PackageReader(harness.Client).ReadAsync(harness.Repository, Harness.DigestOf(image), Harness.Cancellation);
        Assert.Null(meta);
        Assert.Equal(code, found[0].Rule.Code);
        Assert.Contains(text, found[0].Message, StringComparison.Ordinal);
        return harness.Server.Requests;
    }
}
