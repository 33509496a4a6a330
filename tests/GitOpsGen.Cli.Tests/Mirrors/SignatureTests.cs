using System.Text.Json.Nodes;
using GitOpsGen.Registry.Oci;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Cli.Tests.Mirrors;

/// <summary>What lies beside an image, from the publisher's registry with the referrers API to the mirror.</summary>
public sealed class SignatureTests : IDisposable
{
    private static readonly Image Function = MirroredProject.Published[2].Image;
    private static readonly Image Seal = Image.Of(Layers.Of(("seal", "of a publisher")));

    private readonly MemoryRegistry registry = MirroredProject.Registry();
    private readonly LoopbackServer server;
    private readonly MirroredProject project;
    private bool isSigned;

    public SignatureTests()
    {
        server = new(Answer);
        project = new(
            "xpkg.crossplane.io",
            $"dev: {{ registry: {{ host: '{server.Host}', prefix: mirror }} }}",
            $"{{ xpkg.crossplane.io: {{ endpoint: 'http://{server.Host}' }} }}"
        );
        project.Run("lock", "--all").Exits(0);
    }

    public void Dispose()
    {
        project.Dispose();
        server.Dispose();
    }

    [Fact]
    public void A_referrer_that_came_later_is_found_by_verify_and_noted_by_all()
    {
        project.Run("lock", "--verify").Exits(0);
        var before = File.ReadAllText(project.Folder[WorkFolder.Lockfile]);
        Assert.DoesNotContain("attached", before, StringComparison.Ordinal);

        isSigned = true;
        project.Run("lock", "--check").Exits(0); // a complete entry is not read for it
        var found = project.Run("lock", "--verify").Exits(2);
        Assert.Contains("attached", found.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(project.Folder[WorkFolder.Lockfile]));

        project.Run("lock", "--all").Exits(0);
        Assert.Contains($"digest: {Seal.Digest}", File.ReadAllText(project.Folder[WorkFolder.Lockfile]), StringComparison.Ordinal);
        project.Run("lock", "--verify").Exits(0);

        isSigned = false;
        project.Run("lock", "--verify").Exits(2);
    }

    [Fact]
    public void A_referrer_has_to_be_in_the_mirror_by_its_digest()
    {
        isSigned = true;
        project.Run("lock", "--all").Exits(0);
        foreach (var (path, tag, image) in MirroredProject.Published)
            registry.Add($"mirror/{path}", tag, image);

        var missing = project.Run("mirror", "verify").Exits(2);
        Assert.Contains(
            $"GOG6315: {server.Host}/mirror/{MirroredProject.Function}:v0.5.1 is there without its attestation ({Seal.Digest})",
            missing.Error,
            StringComparison.Ordinal
        );

        registry.Add($"mirror/{MirroredProject.Function}", Seal.Digest, Seal);
        project.Run("mirror", "verify").Exits(0);
    }

    /// <summary>Everybody who has the API answers with an index, an empty one where there is nothing.</summary>
    private Response Answer(Request request)
    {
        if (!request.Path.Contains("/referrers/", StringComparison.Ordinal))
            return registry.Answer(request);
        var descriptor = Image.Descriptor(Seal.Manifest);
        descriptor["artifactType"] = "application/vnd.in-toto+json";
        return Response.Text(
            200,
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaTypes.OciIndex,
                ["manifests"] = isSigned && request.Path.EndsWith(Function.Digest, StringComparison.Ordinal) ? new JsonArray(descriptor) : [],
            }.ToJsonString()
        );
    }
}
