using System.Text.Json;

namespace GitOpsGen.Registry.Oci;

/// <summary>
/// The code of a registry's error body. Only codes that the distribution specification knows: a body may repeat what was sent to it,
/// a credential too.
/// </summary>
internal static class OciError
{
    private static readonly string[] Known =
    [
        "BLOB_UNKNOWN",
        "BLOB_UPLOAD_INVALID",
        "BLOB_UPLOAD_UNKNOWN",
        "DENIED",
        "DIGEST_INVALID",
        "MANIFEST_BLOB_UNKNOWN",
        "MANIFEST_INVALID",
        "MANIFEST_UNKNOWN",
        "NAME_INVALID",
        "NAME_UNKNOWN",
        "SIZE_INVALID",
        "TOOMANYREQUESTS",
        "UNAUTHORIZED",
        "UNSUPPORTED",
    ];

    /// <summary>The first known code, or <see langword="null"/>.</summary>
    public static string? Find(ReadOnlySpan<byte> body)
    {
        try
        {
            var codes = JsonSerializer.Deserialize(body, OciJson.Default.Errors)?.List?.Select(error => error?.Code);
            return Known.FirstOrDefault(known => codes?.Contains(known) == true);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
