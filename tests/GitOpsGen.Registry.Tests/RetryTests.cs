using System.Net;
using System.Net.Sockets;
using GitOpsGen.Model;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Packages;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Registry.Tests;

public sealed class RetryTests
{
    private static readonly Image Package = Image.Package("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\n");

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        var registry = Harness.Holding(Package);
        var times = 0;
        using var harness = new Harness(request =>
            Interlocked.Increment(ref times) == 1 ? Response.Text(429, "").With("Retry-After", "17") : registry.Answer(request)
        );

        Assert.True((await harness.ResolveAsync()).IsSuccess);
        Assert.Equal([TimeSpan.FromSeconds(17)], harness.Time.Waits);
    }

    [Theory]
    [InlineData("Tue, 01 Jan 2030 00:00:00 GMT", "Tue, 01 Jan 2030 00:00:20 GMT")]
    [InlineData("Thu, 02 Jan 2031 00:00:00 GMT", "Thu, 02 Jan 2031 00:00:20 GMT")]
    [InlineData("Fri, 29 Feb 2008 00:00:00 GMT", "Fri, 29 Feb 2008 00:00:20 GMT")]
    [InlineData(null, "Tue, 01 Jan 2030 00:00:20 GMT")]
    public async Task Retry_After_may_be_a_date_of_the_registrys_clock_whatever_ours_says(string? now, string later)
    {
        var registry = Harness.Holding(Package);
        var times = 0;
        var refusal = Response.Text(503, "").With("Retry-After", later);
        refusal = now is null ? refusal : refusal.With("Date", now);
        using var harness = new Harness(request => Interlocked.Increment(ref times) == 1 ? refusal : registry.Answer(request));

        Assert.True((await harness.ResolveAsync()).IsSuccess);
        Assert.Equal([TimeSpan.FromSeconds(20)], harness.Time.Waits);
    }

    [Fact]
    public async Task A_registry_that_wants_to_be_left_alone_for_long_is_left_alone()
    {
        using var harness = new Harness(_ => Response.Text(429, "").With("Retry-After", "3600"));

        var failure = (await harness.ResolveAsync()).Failure!;

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Contains("3600 seconds", failure.Cause, StringComparison.Ordinal);
        Assert.Single(harness.Server.Requests);
        Assert.Empty(harness.Time.Waits);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_server_in_trouble_is_asked_again_after_longer_and_longer_waits(int status)
    {
        using var harness = new Harness(_ => Response.Text(status, ""));

        var failure = (await harness.ResolveAsync()).Failure!;

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Equal("GOG6003", failure.ToDiagnostic().Rule.Code);
        Assert.Equal(5, harness.Server.Requests.Count);
        Assert.Equal(4, harness.Time.Waits.Count);
        Assert.All(harness.Time.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(418)]
    public async Task A_clear_no_is_not_asked_again(int status)
    {
        using var harness = new Harness(_ => Response.Text(status, ""));

        Assert.NotNull((await harness.ReadAsync(Package.Blobs[1])).Failure);
        Assert.Single(harness.Server.Requests);
    }

    [Fact]
    public async Task A_host_that_does_not_listen_is_unreachable()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        using var client = new RegistryClient(new(), new CredentialStore([]), new InstantTime());

        var failure = (await client.ResolveAsync(new Repository($"127.0.0.1:{port}", "acme/package"), "v1.0.0", Harness.Cancellation)).Failure!;

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.True(failure.IsUnknown);
        Assert.Contains("refused", failure.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_an_address_is_unreachable()
    {
        using var client = new RegistryClient(new() { Retries = 1 }, new CredentialStore([]), new InstantTime());

        var failure = (await client.ResolveAsync(new Repository("registry.invalid", "acme/package"), "v1.0.0", Harness.Cancellation)).Failure!;

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Contains("registry.invalid", failure.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wherever_a_server_dies_the_package_is_unknown_and_the_host_named()
    {
        var registry = Harness.Holding(Package);
        for (var n = 0; n < 4; n++)
        {
            using var harness = new Harness(registry.Answer, diesAfter: n);
            var (meta, found) = await new PackageReader(harness.Client).ReadAsync(
                harness.Repository,
                (await harness.ResolveAsync()).Value ?? Harness.DigestOf(Package),
                Harness.Cancellation
            );

            Assert.Null(meta);
            var finding = Assert.Single(found);
            Assert.Equal("GOG6003", finding.Rule.Code);
            Assert.Contains(harness.Server.Host, finding.Message, StringComparison.Ordinal);
        }

        using var alive = new Harness(registry.Answer, diesAfter: 4);
        Assert.True((await alive.ResolveAsync()).IsSuccess);
        Assert.NotNull((await new PackageReader(alive.Client).ReadAsync(alive.Repository, Harness.DigestOf(Package), Harness.Cancellation)).Value);
    }
}
