using System.Security.Cryptography.X509Certificates;

namespace GitOpsGen.Registry;

/// <summary>How one registry is reached, as <c>registries:</c> of the settings says it.</summary>
internal sealed record RegistryAccess
{
    /// <summary>
    /// The proxy that is asked instead. Its path is the prefix of the repository there: <c>https://proxy.example.com/xpkg</c> is asked at
    /// <c>/v2/xpkg/…</c>. With <c>v2</c> as a segment it is the address of the API itself (<c>https://nexus.example.com/repository/xpkg/v2</c>).
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Certificate authorities that are trusted beside the machine's; see <see cref="Http.CertificateFile"/>.</summary>
    public X509Certificate2Collection? Authorities { get; init; }
}
