using System.Text.Json.Nodes;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Registry.Attachments;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Oci;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Registry.Tests.Attachments;

/// <summary>What lies beside an image is found in a registry of every kind.</summary>
public sealed class AttachmentReaderTests : IDisposable
{
    private const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private const string Path = "a/p";

    private static readonly Image Package = Image.Package("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: { name: p }\n");
    private static readonly string Hex = Package.Digest["sha256:".Length..];

    private readonly MemoryRegistry registry = new MemoryRegistry().Add(Path, "v1.0.0", Package);
    private readonly LoopbackServer server;

    public AttachmentReaderTests() => server = new(registry.Answer);

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task An_image_alone_has_nothing_and_costs_five_questions()
    {
        Assert.Empty(await FindAsync());
        Assert.Equal(
            [
                $"GET /v2/a/p/manifests/sha256-{Hex}",
                $"GET /v2/a/p/referrers/sha256:{Hex}",
                $"HEAD /v2/a/p/manifests/sha256-{Hex}.att",
                $"HEAD /v2/a/p/manifests/sha256-{Hex}.sbom",
                $"HEAD /v2/a/p/manifests/sha256-{Hex}.sig",
            ],
            server.Requests.Select(request => $"{request.Method} {request.Path}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Sibling_tags_are_found_each_with_its_kind()
    {
        foreach (var suffix in (string[])[".sbom", ".att", ".sig", ".other"])
        {
            registry.Add(Path, $"sha256-{Hex}{suffix}", Image.Of(Layers.Of(("content", suffix))));
        }

        Assert.Equal([$"signature sha256-{Hex}.sig", $"attestation sha256-{Hex}.att", $"sbom sha256-{Hex}.sbom"], await FindAsync());
    }

    [Fact]
    public async Task Referrers_are_found_by_the_registry_s_own_list_over_all_its_pages()
    {
        var all = Referrers(
            (Bundle, "message-signature"),
            (Bundle, "dsse-envelope"),
            ("application/spdx+json", null),
            ("application/vnd.example.seal", null)
        );
        server.Answer = request =>
            !request.Path.Contains("/referrers/", StringComparison.Ordinal) ? registry.Answer(request)
            : request.Query == "" ? Index(all[..2]).With("Link", $"<{request.Path}?page=2>; rel=\"next\"")
            : Index(all[2..]);

        Assert.Equal(
            all.Zip(["signature", "attestation", "sbom", "other"])
                .OrderBy(pair => pair.First.Digest, StringComparer.Ordinal)
                .Select(pair => $"{pair.Second} {pair.First.Digest}"),
            await FindAsync()
        );
        Assert.DoesNotContain(server.Requests, request => request.Path.EndsWith($"/sha256-{Hex}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task Where_a_registry_does_not_know_referrers_their_tag_lists_them(int status)
    {
        var all = Referrers((Bundle, "message-signature"));
        server.Answer = request =>
            request.Path.Contains("/referrers/", StringComparison.Ordinal) ? new(status, [])
            : request.Path.EndsWith($"/sha256-{Hex}", StringComparison.Ordinal) ? Index(all)
            : registry.Answer(request);

        Assert.Equal([$"signature {all[0].Digest}"], await FindAsync());
    }

    [Fact]
    public async Task Another_thing_under_the_referrers_tag_is_told_by_its_tag()
    {
        registry.Add(Path, $"sha256-{Hex}", Image.Of(Layers.Of(("content", "of somebody"))));

        Assert.Equal([$"other sha256-{Hex}"], await FindAsync());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(405)]
    public async Task A_registry_that_refuses_every_such_question_has_nothing(int status)
    {
        server.Answer = _ => new(status, []);
        Assert.Empty(await FindAsync());
    }

    [Theory]
    [InlineData("/referrers/")]
    [InlineData(".sig")]
    public async Task A_registry_that_gives_no_answer_is_a_failure(string where)
    {
        server.Answer = request => request.Path.Contains(where, StringComparison.Ordinal) ? new(503, []) : registry.Answer(request);
        Assert.Equal(FailureKind.Unreachable, (await ReadAsync()).Failure?.Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(120)]
    public async Task A_list_that_breaks_off_is_a_failure_and_not_a_shorter_list(int bytes)
    {
        var all = Referrers((Bundle, "message-signature"));
        server.Answer = request =>
            request.Path.Contains("/referrers/", StringComparison.Ordinal) ? Index(all) with { CutAfter = bytes } : registry.Answer(request);
        Assert.Equal(FailureKind.Unreachable, (await ReadAsync()).Failure?.Kind);
    }

    [Theory]
    [InlineData("application/vnd.cncf.notary.signature", "signature")]
    [InlineData("application/vnd.dev.cosign.artifact.sig.v1+json", "signature")]
    [InlineData("application/vnd.in-toto+json", "attestation")]
    [InlineData("application/vnd.cyclonedx+json", "sbom")]
    [InlineData(Bundle, "attestation")]
    [InlineData(null, "other")]
    public void The_artifact_s_type_is_the_kind(string? type, string kind)
    {
        Assert.True(Digest.TryParse(Package.Digest, out var digest));
        Assert.Equal(kind, AttachmentReader.KindOf(new(digest, 1) { ArtifactType = type }).Word());
    }

    private static (string Digest, JsonObject Descriptor)[] Referrers(params (string Type, string? Content)[] referrers) =>
        [
            .. referrers.Select(referrer =>
            {
                var image = Image.Of(Layers.Of(("content", $"{referrer}")));
                var descriptor = Image.Descriptor(image.Manifest);
                descriptor["artifactType"] = referrer.Type;
                if (referrer.Content is { } content)
                    descriptor["annotations"] = new JsonObject { ["dev.sigstore.bundle.content"] = content };
                return (image.Digest, descriptor);
            }),
        ];

    private static Response Index((string Digest, JsonObject Descriptor)[] referrers) =>
        Response.Text(
            200,
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaTypes.OciIndex,
                ["manifests"] = new JsonArray([.. referrers.Select(referrer => referrer.Descriptor.DeepClone())]),
            }.ToJsonString(),
            ("Content-Type", MediaTypes.OciIndex)
        );

    private async Task<IEnumerable<string>> FindAsync()
    {
        var found = await ReadAsync();
        Assert.True(found.IsSuccess, found.Failure?.Cause);
        return found.Value.All.Select(attachment => $"{attachment.Kind.Word()} {attachment.Suffix[1..]}");
    }

    private async Task<RegistryResult<AttachmentList>> ReadAsync()
    {
        Assert.True(Repository.TryParse($"{server.Host}/{Path}", out var repository));
        Assert.True(Digest.TryParse(Package.Digest, out var digest));
        using var client = new RegistryClient(new(), new CredentialStore([]), new InstantTime());
        return await new AttachmentReader(client).FindAsync(repository, digest, Harness.Cancellation);
    }
}
