using System.Net;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Model;
using GitOpsGen.Registry.Http;
using Xunit;

namespace GitOpsGen.Registry.Tests.Http;

public sealed class EndpointTests
{
    [Theory]
    [InlineData(
        "xpkg.upbound.io",
        "upbound/provider-aws",
        "https://xpkg.upbound.io/v2/upbound/provider-aws/tags/list",
        "xpkg.upbound.io/upbound/provider-aws"
    )]
    [InlineData("127.0.0.1:5000", "a/b", "http://127.0.0.1:5000/v2/a/b/tags/list", "127.0.0.1:5000/a/b")]
    [InlineData("[::1]:5000", "a/b", "http://[::1]:5000/v2/a/b/tags/list", "[::1]:5000/a/b")]
    [InlineData("localhost:5000", "a/b", "http://localhost:5000/v2/a/b/tags/list", "localhost:5000/a/b")]
    [InlineData("127.0.0.1.example.com", "a/b", "https://127.0.0.1.example.com/v2/a/b/tags/list", "127.0.0.1.example.com/a/b")]
    [InlineData("10.0.0.1:5000", "a/b", "https://10.0.0.1:5000/v2/a/b/tags/list", "10.0.0.1:5000/a/b")]
    [InlineData(
        "index.docker.io",
        "crossplane/provider-aws",
        "https://registry-1.docker.io/v2/crossplane/provider-aws/tags/list",
        "docker.io/crossplane/provider-aws"
    )]
    [InlineData("docker.io", "alpine", "https://registry-1.docker.io/v2/library/alpine/tags/list", "docker.io/library/alpine")]
    public void A_registry_is_asked_over_TLS_unless_it_is_this_machine(string host, string path, string url, string credential)
    {
        var endpoint = Endpoint.Of(new Repository(host, path), null);

        Assert.Equal(url, endpoint.At("tags/list").ToString());
        Assert.Equal(credential, endpoint.CredentialName);
    }

    [Theory]
    [InlineData("https://proxy.example.com", "https://proxy.example.com/v2/upbound/p/tags/list", "proxy.example.com/upbound/p")]
    [InlineData("https://proxy.example.com/xpkg/", "https://proxy.example.com/v2/xpkg/upbound/p/tags/list", "proxy.example.com/xpkg/upbound/p")]
    [InlineData(
        "https://proxy.example.com:8443/a/b",
        "https://proxy.example.com:8443/v2/a/b/upbound/p/tags/list",
        "proxy.example.com:8443/a/b/upbound/p"
    )]
    [InlineData(
        "https://nexus.example.com/repository/xpkg/v2",
        "https://nexus.example.com/repository/xpkg/v2/upbound/p/tags/list",
        "nexus.example.com/repository/xpkg/upbound/p"
    )]
    [InlineData("https://proxy.example.com/v2/xpkg", "https://proxy.example.com/v2/xpkg/upbound/p/tags/list", "proxy.example.com/xpkg/upbound/p")]
    public void An_endpoint_is_asked_instead_and_with_its_own_credential(string endpoint, string url, string credential)
    {
        var asked = Endpoint.Of(new Repository("xpkg.upbound.io", "upbound/p"), new() { Endpoint = new(endpoint) });

        Assert.Equal(url, asked.At("tags/list").ToString());
        Assert.Equal(credential, asked.CredentialName);
    }

    [Fact]
    public void Who_gives_an_authority_for_this_machine_speaks_TLS_there() =>
        Assert.Equal("https", Endpoint.Of(new Repository("127.0.0.1:5000", "a/b"), new() { Authorities = [] }).Api.Scheme);

    [Theory]
    [InlineData("xpkg.upbound.io", "https://cdn.example.com/x", true)]
    [InlineData("xpkg.upbound.io", "http://cdn.example.com/x", false)]
    [InlineData("xpkg.upbound.io", "http://127.0.0.1/x", false)]
    [InlineData("127.0.0.1:1", "http://127.0.0.1:2/x", true)]
    [InlineData("127.0.0.1:1", "http://10.0.0.1/x", false)]
    public void Plain_HTTP_never_leaves_the_machine(string host, string url, bool allowed) =>
        Assert.Equal(allowed, Endpoint.Of(new Repository(host, "a/b"), null).Allows(new(url)));

    [Theory]
    [InlineData("http://127.0.0.1:5000/v2/", null)]
    [InlineData("http://localhost/", null)]
    [InlineData("http://[::1]:5000/", null)]
    [InlineData("https://xpkg.upbound.io/", "http://proxy.example.com:3128/")]
    public void The_machines_proxy_is_used_but_not_for_the_machine_itself(string url, string? proxy)
    {
        var direct = new LoopbackIsDirect(new WebProxy("http://proxy.example.com:3128"));

        Assert.Equal(proxy, direct.GetProxy(new(url))?.ToString());
        Assert.Equal(proxy is null, direct.IsBypassed(new(url)));
    }

    [Theory]
    [InlineData("no certificate", "GOG6005")]
    [InlineData("-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n", "GOG6005")]
    [InlineData(null, "GOG1001")]
    public void A_certificate_file_without_a_certificate_is_a_finding_where_it_is_named(string? content, string code)
    {
        var file = new SourceFile(
            "certs/a.pem",
            content is null ? null as ReadOnlyMemory<byte>? : Encoding.UTF8.GetBytes(content),
            content is null ? "it does not exist" : null
        );
        var place = SourceSpan.StartOf(".config/gitopsgen.yaml");
        var finding = Assert.Single(CertificateFile.Read(file, place).Diagnostics);

        Assert.Equal(code, finding.Rule.Code);
        Assert.Equal(place, finding.Span);
    }
}
