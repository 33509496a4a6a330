using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GitOpsGen.Registry.Oci;

namespace GitOpsGen.Registry.Tests.Synthetic;

/// <summary>Layers in files, which are never in memory as a whole.</summary>
internal static class LargeLayer
{
    private const string Provider = "apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: provider}\n";

    /// <summary>Writes a layer whose <c>package.yaml</c> has this many bytes: the object, and a comment that compresses or does not.</summary>
    public static void Write(string path, long length, bool isRandom)
    {
        var text = path + ".yaml";
        using (var yaml = File.Create(text))
        {
            yaml.Write(Encoding.UTF8.GetBytes($"{Provider}---\n"));
            var line = new byte[1 << 16];
            for (ulong i = 0; yaml.Length < length; i++)
            {
                var noise = isRandom ? Encoding.ASCII.GetBytes(Convert.ToBase64String(Noise(i))) : line;
                yaml.Write("# "u8);
                yaml.Write(noise.AsSpan(0, (int)Math.Clamp(length - yaml.Length - 1, 0, noise.Length)));
                yaml.Write("\n"u8);
            }

            yaml.SetLength(length);
        }

        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Pax);
        tar.WriteEntry(text, "package.yaml");
    }

    /// <summary>The manifest of a package whose only layer is a file.</summary>
    public static Blob ManifestOf(string layer)
    {
        using var content = File.OpenRead(layer);
        return Image.Json(
            MediaTypes.OciImage,
            new()
            {
                ["layers"] = new JsonArray(
                    new JsonObject
                    {
                        ["mediaType"] = Layers.Gzip,
                        ["digest"] = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}",
                        ["size"] = content.Length,
                        ["annotations"] = new JsonObject { ["io.crossplane.xpkg"] = "base" },
                    }
                ),
            }
        );
    }

    private static byte[] Noise(ulong seed)
    {
        var noise = new byte[48 << 10];
        for (var at = 0; at < noise.Length; at += 32)
            SHA256.HashData(BitConverter.GetBytes((seed << 20) + (ulong)at), noise.AsSpan(at, 32));
        return noise;
    }
}
