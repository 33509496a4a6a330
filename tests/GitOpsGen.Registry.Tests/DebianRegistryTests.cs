using GitOpsGen.Model;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Packages;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Registry.Tests;

/// <summary>Against a registry that others wrote, filled by skopeo.</summary>
public sealed class DebianRegistryTests : IDisposable
{
    private const string Path = "acme/provider-x";
    private const string Tag = "v1.2.3";

    private static readonly Image Package = Image.Index(
        ("linux/arm64", Image.Of("arm64", Layers.Of(("bin", "arm")))),
        (
            "linux/amd64",
            Image.Package(
                "apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: provider-x}\nspec: {dependsOn: [{provider: a.io/b/c, version: v1}]}\n"
            )
        )
    );

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_open_registry_is_read()
    {
        using var registry = DebianRegistry.Open();
        Push(registry);

        await IsReadAsync(registry, new(), new CredentialStore([]));
    }

    [Fact]
    public async Task What_the_registry_does_not_have_is_not_found()
    {
        using var registry = DebianRegistry.Open();
        Push(registry);
        using var client = new RegistryClient(new(), new CredentialStore([]));

        Assert.Equal(FailureKind.NotFound, (await client.ResolveAsync(new(registry.Host, Path), "v9.9.9", Harness.Cancellation)).Failure!.Kind);
        Assert.Equal(FailureKind.NotFound, (await client.ListTagsAsync(new(registry.Host, "acme/absent"), Harness.Cancellation)).Failure!.Kind);
        Assert.Equal(
            FailureKind.NotFound,
            (await client.ReadManifestAsync(new(registry.Host, Path), Harness.DigestOf(Image.Of()), Harness.Cancellation)).Failure!.Kind
        );
    }

    [Fact]
    public async Task A_registry_with_a_password_is_read_with_it_and_not_without()
    {
        using var registry = DebianRegistry.WithPassword(folder, "user", Harness.Secret);
        Push(registry);
        var login = Tool.Require("skopeo")
            .Run(["login", "--authfile", folder["auth.json"], "--tls-verify=false", "-u", "user", "--password-stdin", registry.Host], Harness.Secret);
        login.RequireSuccess();

        await IsReadAsync(registry, new(), CredentialStore.FromEnvironment(name => name == "REGISTRY_AUTH_FILE" ? folder["auth.json"] : null));

        using var anonymous = new RegistryClient(new(), new CredentialStore([]));
        Assert.Equal(FailureKind.Refused, (await anonymous.ResolveAsync(new(registry.Host, Path), Tag, Harness.Cancellation)).Failure!.Kind);
    }

    [Fact]
    public async Task A_registry_with_a_private_authority_is_read_with_its_file_and_not_without()
    {
        var (ca, certificate, key) = Certificates();
        var (otherCa, _, _) = Certificates("other/");
        using var registry = DebianRegistry.WithTls(certificate, key, ca);
        Push(registry);
        var host = registry.Host;

        await IsReadAsync(registry, Trusting(ca), new CredentialStore([]));
        using var stranger = new RegistryClient(Trusting(otherCa), new CredentialStore([]));
        var failure = (await stranger.ResolveAsync(new(host, Path), Tag, Harness.Cancellation)).Failure!;
        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Contains("caFile", failure.Cause, StringComparison.Ordinal);

        RegistryOptions Trusting(string file) =>
            new()
            {
                Registries = System.Collections.Immutable.ImmutableDictionary<string, RegistryConnection>.Empty.Add(
                    host,
                    new() { Authorities = Harness.Authorities(file) }
                ),
            };
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_not_trusted()
    {
        var (ca, certificate, key) = Certificates(name: "IP:127.0.0.2");
        using var registry = DebianRegistry.WithTls(certificate, key, ca);
        var access = new RegistryConnection { Authorities = Harness.Authorities(ca) };
        using var client = new RegistryClient(
            new() { Registries = System.Collections.Immutable.ImmutableDictionary<string, RegistryConnection>.Empty.Add(registry.Host, access) },
            new CredentialStore([])
        );

        Assert.Equal(FailureKind.Unreachable, (await client.ResolveAsync(new(registry.Host, Path), Tag, Harness.Cancellation)).Failure!.Kind);
    }

    [Fact]
    public async Task A_proxy_with_a_prefix_is_asked_instead()
    {
        using var registry = DebianRegistry.Open();
        Package.WriteLayout(folder["layout"], Tag);
        registry.Push(folder["layout"], Tag, $"xpkg/{Path}");
        var access = new RegistryConnection { Endpoint = new($"http://{registry.Host}/xpkg") };
        using var client = new RegistryClient(
            new() { Registries = System.Collections.Immutable.ImmutableDictionary<string, RegistryConnection>.Empty.Add("xpkg.example.com", access) },
            new CredentialStore([])
        );

        Assert.Equal(Package.Digest, (await client.ResolveAsync(new("xpkg.example.com", Path), Tag, Harness.Cancellation)).Value?.Text);
    }

    private static async Task IsReadAsync(DebianRegistry registry, RegistryOptions options, CredentialStore credentials)
    {
        using var client = new RegistryClient(options, credentials);
        var repository = new Repository(registry.Host, Path);

        Assert.Equal([Tag], (await client.ListTagsAsync(repository, Harness.Cancellation)).Value!.Tags);
        var digest = await client.ResolveAsync(repository, Tag, Harness.Cancellation);
        Assert.Equal(Package.Digest, digest.Value?.Text);
        var (meta, found) = await new PackageReader(client).ReadAsync(repository, digest.Value!, Harness.Cancellation);
        Assert.Empty(found);
        Assert.Equal("a.io/b/c", Assert.Single(meta!.DependsOn).Package.ToString());
    }

    private void Push(DebianRegistry registry)
    {
        Package.WriteLayout(folder["layout"], Tag);
        registry.Push(folder["layout"], Tag, Path);
    }

    /// <summary>A private authority and a server certificate that it signed.</summary>
    private (string Ca, string Certificate, string Key) Certificates(string below = "", string name = "IP:127.0.0.1")
    {
        var openssl = Tool.Require("openssl");
        folder.Write($"{below}certs/extensions", $"subjectAltName={name}\nextendedKeyUsage=serverAuth\n");
        var (ca, caKey, request) = (folder[$"{below}certs/ca.crt"], folder[$"{below}ca.pem"], folder[$"{below}request.pem"]);
        var (certificate, key) = (folder[$"{below}server.pem"], folder[$"{below}server-key.pem"]);
        openssl
            .Run([
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=private authority",
                "-keyout",
                caKey,
                "-out",
                ca,
            ])
            .RequireSuccess();
        openssl
            .Run(["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=registry", "-keyout", key, "-out", request])
            .RequireSuccess();
        openssl
            .Run([
                "x509",
                "-req",
                "-in",
                request,
                "-CA",
                ca,
                "-CAkey",
                caKey,
                "-CAcreateserial",
                "-days",
                "30",
                "-extfile",
                folder[$"{below}certs/extensions"],
                "-out",
                certificate,
            ])
            .RequireSuccess();
        return (ca, certificate, key);
    }
}
