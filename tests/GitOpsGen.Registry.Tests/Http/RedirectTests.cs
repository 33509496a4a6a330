using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Registry.Tests.Http;

public sealed class RedirectTests
{
    private static readonly Image Package = Image.Package("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\n");

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Another_server_gives_the_blob_and_does_not_see_the_credential(int status)
    {
        using var folder = new TempFolder();
        var blob = Package.Blobs[1];
        using var store = new LoopbackServer(_ => new(200, blob.Bytes));
        using var harness = WithPassword(
            folder,
            _ => Response.Text(status, "", ("Location", $"http://{store.Host}/bucket/blob?X-Amz-Signature={Harness.Secret}"))
        );

        Assert.Equal(blob.Bytes, (await harness.ReadAsync(blob)).Value);
        Assert.NotNull(harness.Server.Requests[^1]["Authorization"]);
        Assert.Null(Assert.Single(store.Requests)["Authorization"]);
    }

    [Fact]
    public async Task The_same_server_sees_the_credential_again()
    {
        using var folder = new TempFolder();
        var blob = Package.Blobs[1];
        using var harness = WithPassword(
            folder,
            request => request.Path == "/moved" ? new(200, blob.Bytes) : Response.Text(307, "", ("Location", "/moved"))
        );

        Assert.True((await harness.ReadAsync(blob)).IsSuccess);
        Assert.Equal("/moved", harness.Server.Requests[^1].Path);
        Assert.NotNull(harness.Server.Requests[^1]["Authorization"]);
    }

    [Fact]
    public async Task A_store_that_refuses_does_not_get_the_credential_either_and_its_address_stays_secret()
    {
        using var folder = new TempFolder();
        using var store = new LoopbackServer(_ => Response.Text(401, "", ("WWW-Authenticate", "Basic realm=\"store\"")));
        using var harness = WithPassword(folder, _ => Response.Text(307, "", ("Location", $"http://{store.Host}/blob?signature={Harness.Secret}")));

        var failure = (await harness.ReadAsync(Package.Blobs[1])).Failure!;

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.DoesNotContain(Harness.Secret, failure.ToString(), StringComparison.Ordinal);
        Assert.Null(Assert.Single(store.Requests)["Authorization"]);
    }

    [Theory]
    [InlineData("http://store.example.com/blob")]
    [InlineData("ftp://127.0.0.1/blob")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://[")]
    [InlineData(null)]
    public async Task A_redirect_to_what_is_not_protected_is_not_followed(string? location)
    {
        using var harness = new Harness(_ => location is null ? Response.Text(302, "") : Response.Text(302, "", ("Location", location)));

        Assert.Equal(FailureKind.InvalidResponse, (await harness.ReadAsync(Package.Blobs[1])).Failure!.Kind);
        Assert.Single(harness.Server.Requests);
    }

    [Fact]
    public async Task Redirects_in_a_loop_end()
    {
        using var harness = new Harness(request => Response.Text(302, "", ("Location", request.Target)));

        Assert.Equal(FailureKind.InvalidResponse, (await harness.ReadAsync(Package.Blobs[1])).Failure!.Kind);
        Assert.Equal(6, harness.Server.Requests.Count);
    }

    private static Harness WithPassword(TempFolder folder, Func<Request, Response> answer)
    {
        var harness = new Harness(
            request => request["Authorization"] is null ? Response.Text(401, "", ("WWW-Authenticate", "Basic realm=\"test\"")) : answer(request),
            credentials: new CredentialStore([folder["config.json"]])
        );
        folder.Write("config.json", $$$"""{"auths":{"{{{harness.Server.Host}}}":{"username":"user","password":"{{{Harness.Secret}}}"} } }""");
        return harness;
    }
}
