using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace GitOpsGen.Registry.Tests.Synthetic;

/// <summary>Writes layers: tar files, compressed or not.</summary>
internal static class Layers
{
    public const string Gzip = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string Plain = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>The annotation of the layer with the package.</summary>
    public static IReadOnlyDictionary<string, string> Base { get; } = new Dictionary<string, string> { ["io.crossplane.xpkg"] = "base" };

    /// <summary>A compressed layer of text files; a name that ends in a slash is a folder.</summary>
    public static Blob Of(params (string Name, string Content)[] files) => new(Compress(Tar(files)), Gzip);

    /// <summary>The layer that contains a package, annotated.</summary>
    public static Blob Package(string packageYaml) => Of(("package.yaml", packageYaml)) with { Annotations = Base };

    public static byte[] Tar(params (string Name, string Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var data = new MemoryStream(Encoding.UTF8.GetBytes(content));
                tar.WriteEntry(
                    name.EndsWith('/') ? new(TarEntryType.Directory, name) : new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data }
                );
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The header of an entry that is not there.</summary>
    public static byte[] Header(string name, char type, long size)
    {
        var head = new byte[512];
        Tar((name, "x")).AsSpan(1024, 512).CopyTo(head); // after the extended header
        head[156] = (byte)type;
        Encoding.ASCII.GetBytes($"{Convert.ToString(size, 8).PadLeft(11, '0')}\0").CopyTo(head, 124);
        Encoding.ASCII.GetBytes("        ").CopyTo(head, 148);
        Encoding.ASCII.GetBytes($"{Convert.ToString(head.Sum(b => b), 8).PadLeft(6, '0')}\0 ").CopyTo(head, 148);
        return head;
    }

    public static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return compressed.ToArray();
    }
}
