using System.Text;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Registry.Tests.Authentication;

public sealed class LoginTests : IDisposable
{
    private static readonly Image Package = Image.Package("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\n");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_token_serves_every_request_for_a_repository_until_it_expires()
    {
        using var harness = Bearer();

        Assert.True((await harness.ResolveAsync()).IsSuccess);
        Assert.True((await harness.ReadAsync(Package.Blobs[1])).IsSuccess);
        Assert.Single(Tokens(harness));

        harness.Time.Advance(TimeSpan.FromSeconds(299 * 0.9));
        Assert.True((await harness.ResolveAsync()).IsSuccess);
        Assert.Single(Tokens(harness));

        harness.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await harness.ResolveAsync()).IsSuccess);
        Assert.Equal(2, Tokens(harness).Count);
    }

    [Fact]
    public async Task Concurrent_requests_share_one_token()
    {
        using var harness = Bearer();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => harness.ReadAsync(Package.Blobs[1])));

        Assert.All(answers, answer => Assert.True(answer.IsSuccess));
        Assert.Single(Tokens(harness));
    }

    [Fact]
    public async Task Another_repository_gets_its_own_token()
    {
        using var harness = Bearer();

        await harness.ResolveAsync();
        await harness.Client.ResolveAsync(new(harness.Server.Host, "acme/other"), Harness.Tag, Harness.Cancellation);

        Assert.Equal(
            ["repository:acme/package:pull", "repository:acme/other:pull"],
            Tokens(harness).Select(r => System.Web.HttpUtility.ParseQueryString(r.Query)["scope"])
        );
        Assert.All(Tokens(harness), r => Assert.Equal("a service", System.Web.HttpUtility.ParseQueryString(r.Query)["service"]));
    }

    [Fact]
    public async Task A_token_that_is_rejected_before_its_time_is_replaced()
    {
        using var harness = Bearer(number => number);
        await harness.ResolveAsync();
        accepted = "token-2";

        Assert.True((await harness.ResolveAsync()).IsSuccess);
        Assert.Equal(2, Tokens(harness).Count);
    }

    [Fact]
    public async Task A_token_server_that_is_in_trouble_is_asked_again()
    {
        var times = 0;
        using var harness = Bearer();
        var inner = harness.Server.Answer;
        harness.Server.Answer = request =>
            request.Path == "/token" && Interlocked.Increment(ref times) == 1 ? Response.Text(503, "").With("Retry-After", "7") : inner(request);

        Assert.True((await harness.ResolveAsync()).IsSuccess);
        Assert.Equal([TimeSpan.FromSeconds(7)], harness.Time.Waits);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":"a\r\nHost: evil"}""")]
    public async Task A_token_server_without_a_token_is_an_invalid_answer(string body)
    {
        using var harness = Bearer();
        var inner = harness.Server.Answer;
        harness.Server.Answer = request => request.Path == "/token" ? Response.Text(200, body) : inner(request);

        Assert.Equal(FailureKind.InvalidResponse, (await harness.ResolveAsync()).Failure!.Kind);
    }

    [Theory]
    [InlineData("http://auth.example.com/token")]
    [InlineData("http://user:hunter2-SECRET@auth.example.com/token")]
    [InlineData("auth.example.com")]
    [InlineData("file:///etc/passwd")]
    public async Task A_login_over_what_is_not_protected_is_refused(string realm)
    {
        using var harness = new Harness(
            _ => Response.Text(401, "", ("WWW-Authenticate", $"Bearer realm=\"{realm}\"")),
            credentials: Password("user", Harness.Secret)
        );

        var failure = (await harness.ResolveAsync()).Failure!;

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.DoesNotContain(Harness.Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_goes_to_the_token_server_and_the_token_to_the_registry()
    {
        using var harness = Bearer(store: host => WithAuths($$$"""{"{{{host}}}/acme":{"auth":"{{{Base64($"user:{Harness.Secret}")}}}"}}"""));

        Assert.True((await harness.ResolveAsync()).IsSuccess);
        Assert.Equal($"Basic {Base64($"user:{Harness.Secret}")}", Tokens(harness)[0]["Authorization"]);
        Assert.Equal("Bearer token-1", harness.Server.Requests[^1]["Authorization"]);
    }

    [Fact]
    public async Task An_identity_token_is_turned_into_a_token_by_POST()
    {
        using var harness = Bearer(store: host => WithAuths($$$"""{"{{{host}}}":{"identitytoken":"{{{Harness.Secret}}}"}}"""));

        Assert.True((await harness.ResolveAsync()).IsSuccess);
        var form = System.Web.HttpUtility.ParseQueryString(Assert.Single(Tokens(harness)).Body);
        Assert.Equal(("refresh_token", Harness.Secret, "repository:acme/package:pull"), (form["grant_type"], form["refresh_token"], form["scope"]));
    }

    [Fact]
    public async Task A_registry_token_is_sent_as_it_is()
    {
        accepted = Harness.Secret;
        using var harness = Bearer(store: host => WithAuths($$$"""{"{{{host}}}":{"registrytoken":"{{{Harness.Secret}}}"}}"""));

        Assert.True((await harness.ResolveAsync()).IsSuccess);
        Assert.Empty(Tokens(harness));
    }

    [Fact]
    public async Task Of_several_challenges_the_token_comes_before_the_password()
    {
        using var harness = Bearer();
        var inner = harness.Server.Answer;
        harness.Server.Answer = request =>
            inner(request) is { Status: 401 } asked
                ? asked with
                {
                    Headers = [("WWW-Authenticate", "Negotiate"), ("WWW-Authenticate", $"Basic realm=\"a, b\", {asked.Headers[0].Value}")],
                }
                : inner(request);

        Assert.True((await harness.ResolveAsync()).IsSuccess);
    }

    [Theory]
    [InlineData(true, "does not accept")]
    [InlineData(false, "no credential")]
    public async Task A_wrong_password_or_none_is_refused_and_told_without_it(bool hasPassword, string cause)
    {
        using var harness = Basic(hasPassword ? "wrong" : null);

        var failure = (await harness.ResolveAsync()).Failure!;

        Assert.Equal(FailureKind.Refused, failure.Kind);
        Assert.True(failure.IsUnknown);
        Assert.Contains(cause, failure.Cause, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.ToDiagnostic().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_opens_a_registry_without_tokens()
    {
        using var harness = Basic(Harness.Secret);

        Assert.True((await harness.ResolveAsync()).IsSuccess);
    }

    [Fact]
    public async Task A_registry_that_repeats_the_credential_does_not_bring_it_into_a_message()
    {
        foreach (var status in new[] { 400, 401, 403, 404, 418, 429, 500 })
        {
            using var harness = Basic(Harness.Secret);
            harness.Server.Answer = request =>
                request["Authorization"] is not { } header
                    ? Response.Text(401, "", ("WWW-Authenticate", "Basic realm=\"x\""))
                    : Response.Text(
                        status,
                        $$$"""{"errors":[{"code":"{{{header}}} {{{Harness.Secret}}}","message":"{{{header}}} {{{Harness.Secret}}}"}]}""",
                        ("WWW-Authenticate", $"Basic realm=\"{Harness.Secret}\""),
                        ("X-Echo", header)
                    );

            var failure = (await harness.ResolveAsync()).Failure!;

            var text = $"{failure} {failure.ToDiagnostic()}";
            Assert.DoesNotContain(Harness.Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Base64($"user:{Harness.Secret}"), text, StringComparison.Ordinal);
        }
    }

    private string accepted = "token-1";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static List<Request> Tokens(Harness harness) => [.. harness.Server.Requests.Where(r => r.Path == "/token")];

    private CredentialStore WithAuths(string auths) => new([folder.Write("config.json", $$$"""{"auths":{{{auths}}}}""")]);

    private CredentialStore Password(string user, string password) =>
        WithAuths($$$"""{"127.0.0.1":{"username":"{{{user}}}","password":"{{{password}}}"}}""");

    /// <summary>A registry that takes tokens of its own token server, good for five minutes.</summary>
    private Harness Bearer(Func<int, int>? numbering = null, Func<string, CredentialStore>? store = null)
    {
        var registry = Harness.Holding(Package).Add("acme/other", Harness.Tag, Package);
        var issued = 0;
        var lazy = new CredentialStore([folder["config.json"]]);
        var harness = new Harness(_ => Response.Text(500, ""), credentials: lazy);
        harness.Server.Answer = request =>
        {
            if (request.Path == "/token")
            {
                var number = Interlocked.Increment(ref issued);
                return Response.Text(200, $$$"""{"token":"token-{{{(numbering is null ? 1 : number)}}}","expires_in":300}""");
            }

            var repository = request.Path.Split('/')[3];
            return request["Authorization"] == $"Bearer {accepted}"
                ? registry.Answer(request)
                : Response.Text(
                    401,
                    "",
                    (
                        "WWW-Authenticate",
                        $"Bearer realm=\"http://{harness.Server.Host}/token\",service=\"a service\",scope=\"repository:acme/{repository}:pull\""
                    )
                );
        };
        store?.Invoke(harness.Server.Host);
        return harness;
    }

    /// <summary>A registry that wants a password, and a client that has this one.</summary>
    private Harness Basic(string? password)
    {
        var registry = Harness.Holding(Package);
        var harness = new Harness(
            request =>
                request["Authorization"] == $"Basic {Base64($"user:{Harness.Secret}")}"
                    ? registry.Answer(request)
                    : Response.Text(401, "", ("WWW-Authenticate", "Basic realm=\"x\"")),
            credentials: new CredentialStore([folder["config.json"]])
        );
        if (password is not null)
            WithAuths($$$"""{"{{{harness.Server.Host}}}":{"auth":"{{{Base64($"user:{password}")}}}"}}""");
        return harness;
    }
}
