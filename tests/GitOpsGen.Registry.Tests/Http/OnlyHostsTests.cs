using System.Collections.Immutable;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Registry.Tests.Http;

/// <summary>With <c>onlyHosts</c> no other host sees a connection, whoever leads there.</summary>
public sealed class OnlyHostsTests : IDisposable
{
    private static readonly Image Package = Image.Package("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\n");

    private readonly LoopbackServer registry = new(Harness.Holding(Package).Answer);
    private readonly LoopbackServer other = new(_ => new(200, Package.Blobs[1].Bytes));

    public void Dispose()
    {
        registry.Dispose();
        other.Dispose();
    }

    [Fact]
    public async Task A_host_that_is_not_listed_is_not_asked()
    {
        var refused = await RefusedAsync("xpkg.example.com");

        Assert.StartsWith($"{registry.Host}/acme/package, blob ", refused, StringComparison.Ordinal);
        Assert.Contains($"{registry.Host} is not in 'onlyHosts'", refused, StringComparison.Ordinal);
        Assert.Empty(registry.Requests);
    }

    [Fact]
    public async Task A_redirect_leads_only_to_a_host_that_is_listed()
    {
        registry.Answer = _ => Response.Text(307, "", ("Location", $"http://{other.Host}/blob?signature={Harness.Secret}"));

        var refused = await RefusedAsync(registry.Host);

        Assert.Contains($"it leads to {other.Host}, which is not in", refused, StringComparison.Ordinal);
        Assert.DoesNotContain(Harness.Secret, refused, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
        Assert.True((await ReadAsync(registry.Host, other.Host)).IsSuccess);
    }

    [Fact]
    public async Task Tokens_come_only_from_a_host_that_is_listed()
    {
        registry.Answer = _ => Response.Text(401, "", ("WWW-Authenticate", $"Bearer realm=\"http://{other.Host}/token\""));

        Assert.Contains($"it leads to {other.Host}", await RefusedAsync(registry.Host), StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task An_endpoint_of_the_settings_needs_no_entry_of_its_own_and_the_host_that_it_replaces_does()
    {
        const string Upstream = "xpkg.example.com";
        var options = new RegistryOptions
        {
            Registries = ImmutableDictionary<string, RegistryConnection>.Empty.Add(Upstream, new() { Endpoint = new($"http://{registry.Host}") }),
        };
        using var listed = new RegistryClient(options with { OnlyHosts = [Upstream] }, new CredentialStore([]));
        using var unlisted = new RegistryClient(options with { OnlyHosts = [registry.Host] }, new CredentialStore([]));

        Assert.True((await listed.ResolveAsync(new(Upstream, Harness.Path), Harness.Tag, Harness.Cancellation)).IsSuccess);
        await Assert.ThrowsAsync<HostNotListedException>(() => unlisted.ResolveAsync(new(Upstream, Harness.Path), Harness.Tag, Harness.Cancellation));
    }

    private async Task<string> RefusedAsync(params string[] hosts) =>
        (await Assert.ThrowsAsync<HostNotListedException>(() => ReadAsync(hosts))).Finding.Message;

    private async Task<RegistryResult<string>> ReadAsync(params string[] hosts)
    {
        using var client = new RegistryClient(new() { OnlyHosts = [.. hosts] }, new CredentialStore([]));
        return await client.ReadBlobAsync(
            new(registry.Host, Harness.Path),
            Harness.DescriptorOf(Package.Blobs[1]),
            (_, _) => Task.FromResult("read"),
            Harness.Cancellation
        );
    }
}
