using System.Text;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Oci;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Registry.Tests;

public sealed class RegistryClientTests
{
    private static readonly Image Package = Image.Package("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\n");

    [Fact]
    public async Task A_tag_is_resolved_by_one_HEAD()
    {
        using var harness = new Harness(Harness.Holding(Package).Answer);

        Assert.Equal(Package.Digest, (await harness.ResolveAsync()).Value!.Text);
        var request = Assert.Single(harness.Server.Requests);
        Assert.Equal("HEAD", request.Method);
        Assert.Equal("gitopsgen", request["User-Agent"]);
        Assert.All(MediaTypes.Manifests, type => Assert.Contains(type, request["Accept"]!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(405)]
    [InlineData(404)]
    [InlineData(400)]
    public async Task Where_HEAD_is_not_known_the_manifest_itself_is_asked_for(int status)
    {
        var registry = Harness.Holding(Package);
        using var harness = new Harness(request => request.Method == "HEAD" ? Response.Text(status, "") : registry.Answer(request));

        Assert.Equal(Package.Digest, (await harness.ResolveAsync()).Value!.Text);
    }

    [Fact]
    public async Task A_digest_that_the_server_does_not_say_is_computed()
    {
        using var harness = new Harness(_ => new Response(200, Package.Manifest.Bytes));

        Assert.Equal(Package.Digest, (await harness.ResolveAsync()).Value!.Text);
        Assert.Equal(["HEAD", "GET"], harness.Server.Requests.Select(r => r.Method));
    }

    [Fact]
    public async Task A_digest_that_the_bytes_do_not_have_is_refused()
    {
        using var harness = new Harness(request =>
            request.Method == "HEAD" ? Response.Text(405, "") : Response.Text(200, """{"layers":[]}""", ("Docker-Content-Digest", Package.Digest))
        );

        Assert.Equal(FailureKind.InvalidResponse, (await harness.ResolveAsync()).Failure!.Kind);

        harness.Server.Answer = _ => Response.Text(200, "{}") with { Headers = [("Docker-Content-Digest", Package.Digest)] };
        Assert.Equal(
            FailureKind.InvalidResponse,
            (await harness.Client.ReadManifestAsync(harness.Repository, Harness.DigestOf(Package), Harness.Cancellation)).Failure!.Kind
        );
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"schemaVersion":1,"fsLayers":[]}""")]
    [InlineData("""{"manifests":[],"layers":[]}""")]
    [InlineData("""{"mediaType":"application/vnd.oci.image.index.v1+json","layers":[]}""")]
    [InlineData("""{"layers":[null]}""")]
    [InlineData("""{"layers":[{"digest":"sha256:short","size":1}]}""")]
    [InlineData("""{"layers":[{"digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":-1}]}""")]
    [InlineData("""{"layers":[{"digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":"1"}]}""")]
    public async Task A_manifest_that_is_none_is_an_invalid_answer(string json)
    {
        var blob = new Blob(Encoding.UTF8.GetBytes(json), MediaTypes.OciImage);
        using var harness = new Harness(_ => new Response(200, blob.Bytes));

        var answer = await harness.Client.ReadManifestAsync(harness.Repository, Harness.Parse(blob.Digest), Harness.Cancellation);

        Assert.Equal(FailureKind.InvalidResponse, answer.Failure!.Kind);
        Assert.Single(harness.Server.Requests);
    }

    [Fact]
    public async Task A_manifest_has_four_mebibytes_at_most()
    {
        var fits = new Blob(Padded(RegistryClient.LongestManifest), MediaTypes.OciImage);
        var isTooLong = new Blob(Padded(RegistryClient.LongestManifest + 1), MediaTypes.OciImage);
        using var harness = new Harness(request => new Response(
            200,
            request.Path.EndsWith(fits.Digest, StringComparison.Ordinal) ? fits.Bytes : isTooLong.Bytes
        ));

        Assert.True((await harness.Client.ReadManifestAsync(harness.Repository, Harness.Parse(fits.Digest), Harness.Cancellation)).IsSuccess);
        Assert.Contains(
            "longer",
            (await harness.Client.ReadManifestAsync(harness.Repository, Harness.Parse(isTooLong.Digest), Harness.Cancellation)).Failure!.Cause,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_blob_comes_verified()
    {
        using var harness = new Harness(Harness.Holding(Package).Answer);

        Assert.Equal(Package.Blobs[1].Bytes, (await harness.ReadAsync(Package.Blobs[1])).Value);
    }

    [Fact]
    public async Task A_blob_is_verified_beyond_what_was_read()
    {
        var blob = new Blob(new byte[300_000], Layers.Plain);
        var changed = blob.Bytes.ToArray();
        changed[^1] = 1;
        using var harness = new Harness(_ => new Response(200, changed));

        var answer = await harness.Client.ReadBlobAsync(harness.Repository, Harness.DescriptorOf(blob), FirstByteAsync, Harness.Cancellation);

        Assert.Equal(FailureKind.InvalidResponse, answer.Failure!.Kind);
    }

    [Theory]
    [InlineData(1, "Unreachable")] // cut off, perhaps by a cache in between
    [InlineData(-1, "InvalidResponse")]
    public async Task A_blob_of_another_length_than_its_manifest_says_is_refused(int difference, string kind)
    {
        var blob = Package.Blobs[1];
        using var harness = new Harness(Harness.Holding(Package).Answer);

        var answer = await harness.ReadAsync(Harness.DescriptorOf(blob) with { Size = blob.Bytes.Length + difference });

        Assert.Equal(kind, $"{answer.Failure!.Kind}");
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_read_anew()
    {
        var registry = Harness.Holding(Package);
        var times = 0;
        using var harness = new Harness(request =>
            Interlocked.Increment(ref times) < 3 ? registry.Answer(request) with { CutAfter = 10 } : registry.Answer(request)
        );

        Assert.Equal(Package.Blobs[1].Bytes, (await harness.ReadAsync(Package.Blobs[1])).Value);
        Assert.Equal(3, harness.Server.Requests.Count);
    }

    [Fact]
    public async Task A_body_that_always_breaks_off_says_nothing()
    {
        var registry = Harness.Holding(Package);
        using var harness = new Harness(request => registry.Answer(request) with { CutAfter = 10 });

        Assert.Equal(FailureKind.Unreachable, (await harness.ReadAsync(Package.Blobs[1])).Failure!.Kind);
        Assert.Equal(5, harness.Server.Requests.Count);
    }

    [Fact]
    public async Task A_body_that_stands_still_is_given_up()
    {
        var registry = Harness.Holding(Package);
        var options = new RegistryOptions
        {
            Limits = new() { Silence = TimeSpan.FromMilliseconds(100) },
            Retries = 1,
        };
        using var harness = new Harness(request => registry.Answer(request) with { Pause = TimeSpan.FromSeconds(30) }, options);

        Assert.Equal(FailureKind.Unreachable, (await harness.ReadAsync(Package.Blobs[1])).Failure!.Kind);
    }

    [Fact]
    public async Task A_body_that_trickles_is_read_while_time_lasts()
    {
        var blob = new Blob(new byte[4096], Layers.Plain);
        var options = new RegistryOptions
        {
            Limits = new() { Silence = TimeSpan.FromSeconds(5), Whole = TimeSpan.FromSeconds(2) },
        };
        using var harness = new Harness(_ => new Response(200, blob.Bytes) { Pause = TimeSpan.FromMilliseconds(20) }, options);
        Assert.True((await harness.ReadAsync(blob)).IsSuccess);

        var before = harness.Server.Requests.Count;
        harness.Server.Answer = _ => new Response(200, blob.Bytes) { Pause = TimeSpan.FromSeconds(1) };
        Assert.Equal(FailureKind.Unreachable, (await harness.ReadAsync(blob)).Failure!.Kind);
        Assert.Equal(before + 1, harness.Server.Requests.Count); // the time is that of all tries together
    }

    [Fact]
    public async Task An_answer_that_does_not_begin_is_given_up()
    {
        using var harness = new Harness(
            _ => Response.Text(200, "") with { Delay = TimeSpan.FromSeconds(30) },
            new()
            {
                Limits = new() { Response = TimeSpan.FromMilliseconds(100) },
                Retries = 1,
            }
        );

        var failure = (await harness.ResolveAsync()).Failure!;

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Contains(harness.Server.Host, failure.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_cancellation_ends_a_request_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        using var harness = new Harness(_ =>
        {
            cancellation.Cancel();
            return Response.Text(200, "") with { Delay = TimeSpan.FromMinutes(1) };
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            harness.Client.ResolveAsync(harness.Repository, Harness.Tag, cancellation.Token)
        );
        Assert.Single(harness.Server.Requests);
    }

    [Fact]
    public async Task A_host_gets_no_more_requests_at_once_than_allowed()
    {
        var registry = Harness.Holding(Package);
        using var harness = new Harness(
            request => registry.Answer(request) with { Delay = TimeSpan.FromMilliseconds(20) },
            new() { RequestsPerHost = 3 }
        );

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => harness.ReadAsync(Package.Blobs[1])));

        Assert.All(answers, answer => Assert.True(answer.IsSuccess));
        Assert.Equal(3, harness.Server.MostAtOnce);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        using var harness = new Harness(new MemoryRegistry().Answer);

        var failure = (await harness.ResolveAsync()).Failure!;

        Assert.Equal(FailureKind.NotFound, failure.Kind);
        Assert.Equal("GOG6001", failure.ToDiagnostic().Rule.Code);
        Assert.Contains("MANIFEST_UNKNOWN", failure.Cause, StringComparison.Ordinal);
        Assert.Contains(Harness.Tag, failure.ToDiagnostic().Message, StringComparison.Ordinal);
        Assert.Contains(harness.Repository.ToString().Replace('/', ' ').Split(' ')[0], failure.ToDiagnostic().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_not_HTTP_is_invalid()
    {
        using var harness = new Harness(_ => Response.Text(200, "") with { FirstLine = "220 mail.example.com ESMTP" }, new() { Retries = 1 });

        Assert.Equal(FailureKind.InvalidResponse, (await harness.ReadAsync(Package.Blobs[1])).Failure!.Kind);
    }

    private static async Task<string> FirstByteAsync(Stream stream, CancellationToken time)
    {
        await stream.ReadExactlyAsync(new byte[1], time);
        return "read";
    }

    private static byte[] Padded(int length) => Encoding.UTF8.GetBytes("""{"layers":[]}""".PadRight(length));
}
