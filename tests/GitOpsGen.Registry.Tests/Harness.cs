using System.Security.Cryptography.X509Certificates;
using GitOpsGen.Model;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Registry.Tests;

/// <summary>A client, a server that says what a test tells it to, and a clock that does not wait.</summary>
internal sealed class Harness : IDisposable
{
    public const string Path = "acme/package";
    public const string Tag = "v1.2.3";
    public const string Secret = "hunter2-SECRET";

    public Harness(Func<Request, Response> answer, RegistryOptions? options = null, CredentialStore? credentials = null, int diesAfter = int.MaxValue)
    {
        Server = new(answer) { DiesAfter = diesAfter };
        Client = new(options ?? new(), credentials ?? new CredentialStore([]), Time);
    }

    public LoopbackServer Server { get; }

    public InstantTime Time { get; } = new();

    public RegistryClient Client { get; }

    public Repository Repository => new(Server.Host, Path);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A registry that holds one package under <see cref="Path"/> and <see cref="Tag"/>.</summary>
    public static MemoryRegistry Holding(Image image) => new MemoryRegistry().Add(Path, Tag, image);

    public static Digest DigestOf(Image image) => Parse(image.Digest);

    public static Digest Parse(string text) => Digest.TryParse(text, out var digest) ? digest : throw new FormatException(text);

    public static Oci.Descriptor DescriptorOf(Blob blob) => new(Parse(blob.Digest), blob.Bytes.Length);

    public static X509Certificate2Collection Authorities(string file) => CertificateFile.Read(new(file, File.ReadAllBytes(file), null)).Value!;

    public Task<RegistryResult<Digest>> ResolveAsync() => Client.ResolveAsync(Repository, Tag, Cancellation);

    public Task<RegistryResult<byte[]>> ReadAsync(Blob blob) => ReadAsync(DescriptorOf(blob));

    public Task<RegistryResult<byte[]>> ReadAsync(Oci.Descriptor descriptor) =>
        Client.ReadBlobAsync(Repository, descriptor, ReadAllAsync, Cancellation);

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream, CancellationToken time)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Cancellation);
        return bytes.ToArray();
    }
}
