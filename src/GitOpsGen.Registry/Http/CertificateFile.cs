using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Registry.Http;

/// <summary>The PEM file of a private certificate authority.</summary>
internal static class CertificateFile
{
    /// <summary>Reads every certificate of a PEM file; private keys in it are not looked at.</summary>
    /// <param name="path">The file.</param>
    /// <param name="span">Where the settings name it.</param>
    public static Result<X509Certificate2Collection> Read(string path, SourceSpan? span = null)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Bad(Rules.FileNotReadable, $"The certificate file {Excerpt.Of(path)} cannot be read.", "Correct 'caFile', which is relative to the root.");
        }
        catch (CryptographicException)
        {
            certificates.Clear();
        }

        return certificates.Count > 0
            ? new(certificates, [])
            : Bad(Rules.CertificateFile, $"The file {Excerpt.Of(path)} holds no certificate.", "Give a PEM file, whose certificates begin with -----BEGIN CERTIFICATE-----.");

        Result<X509Certificate2Collection> Bad(Rule rule, string message, string fix) => new(null, [new(rule, message, fix, span)]);
    }
}
