using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GitOpsGen.Inputs;

namespace GitOpsGen.Registry.Http;

/// <summary>The PEM file of a private certificate authority.</summary>
internal static class CertificateFile
{
    /// <summary>Reads every certificate of a PEM file; private keys in it are ignored.</summary>
    /// <param name="file">The file.</param>
    /// <param name="span">Where the settings name it.</param>
    public static Result<X509Certificate2Collection> Read(SourceFile file, SourceSpan? span = null)
    {
        if (file.Content is not { } content)
        {
            return Bad(
                Rules.FileNotReadable,
                $"The certificate file {Excerpt.Of(file.Path)} cannot be read: {file.Problem}.",
                "Correct 'caFile', which is relative to the root."
            );
        }

        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Encoding.UTF8.GetString(content.Span));
        }
        catch (CryptographicException)
        {
            certificates.Clear();
        }

        return certificates.Count > 0
            ? new(certificates, [])
            : Bad(
                Rules.CertificateFile,
                $"The file {Excerpt.Of(file.Path)} contains no certificate.",
                "Give a PEM file, whose certificates begin with -----BEGIN CERTIFICATE-----."
            );

        Result<X509Certificate2Collection> Bad(Rule rule, string message, string fix) => new(null, [new(rule, message, fix, span)]);
    }
}
