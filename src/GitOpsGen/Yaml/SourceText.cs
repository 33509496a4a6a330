using System.Buffers;

namespace GitOpsGen.Yaml;

/// <summary>A file's bytes as text: strict UTF-8, a byte order mark dropped, nothing invisible in it.</summary>
internal static class SourceText
{
    /// <summary>A hundred times any real lockfile; past it, a file is a mistake or an attack.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    private const int MaximumReports = 20;

    /// <summary>UTF-8 that throws where bytes are none.</summary>
    public static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Control characters but tab, LF and CR; the line breaks that only some YAML readers know (U+0085, U+2028, U+2029); the
    // characters that make text look like other text ("Trojan Source", CVE-2021-42574); U+FEFF and non-characters.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create([
        .. Range(0x00, 0x08),
        '\x0b',
        '\x0c',
        .. Range(0x0e, 0x1f),
        .. Range(0x7f, 0x9f),
        '\u061c',
        '\u200e',
        '\u200f',
        '\u2028',
        '\u2029',
        .. Range(0x202a, 0x202e),
        .. Range(0x2066, 0x2069),
        '\ufeff',
        '\ufffe',
        '\uffff',
    ]);

    /// <summary>What a stream has, up to one byte over the limit: that is enough to refuse it, and a device has no end.</summary>
    public static byte[] ReadBounded(Stream stream)
    {
        using var content = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, MaximumBytes + 1) : 0);
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, MaximumBytes + 1 - content.Length))) > 0)
            content.Write(buffer, 0, read);

        return content.ToArray();
    }

    /// <summary>The text of a file; <see langword="null"/>, with findings in <paramref name="bag"/>, if it cannot be read.</summary>
    public static string? Decode(string file, ReadOnlySpan<byte> bytes, DiagnosticBag bag)
    {
        if (bytes.Length > MaximumBytes)
        {
            bag.Add(
                Rules.YamlLimit,
                SourceSpan.StartOf(file),
                $"The file has more than {MaximumBytes} bytes.",
                "Split it, or remove what does not belong in it."
            );
            return null;
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];

        try
        {
            var text = StrictUtf8.GetString(bytes);
            return HasForbidden(file, text, bag) ? null : text;
        }
        catch (DecoderFallbackException e)
        {
            var before = Encoding.UTF8.GetString(bytes[..Math.Clamp(e.Index, 0, bytes.Length)]);
            bag.Add(Rules.Encoding, At(file, before, before.Length), "The file is not UTF-8 here.", "Save it as UTF-8.");
            return null;
        }
    }

    /// <summary>The first line of an unresolved merge, as Git marks it; <see langword="null"/> if there is none.</summary>
    public static SourceSpan? FindConflict(string file, string text)
    {
        const string Marker = "<<<<<<< ";
        var index = text.StartsWith(Marker, StringComparison.Ordinal) ? 0 : text.IndexOf("\n" + Marker, StringComparison.Ordinal);
        return index < 0 ? null : At(file, text, text[index] == '\n' ? index + 1 : index);
    }

    private static bool HasForbidden(string file, string text, DiagnosticBag bag)
    {
        var found = 0;
        for (var i = text.AsSpan().IndexOfAny(Forbidden); i >= 0 && found < MaximumReports; found++)
        {
            bag.Add(
                Rules.Encoding,
                At(file, text, i),
                $"The character U+{(int)text[i]:X4} is invisible and not allowed here.",
                "Remove it, or write it as an escape in a double-quoted string."
            );
            var next = text.AsSpan(i + 1).IndexOfAny(Forbidden);
            i = next < 0 ? -1 : i + 1 + next;
        }

        return found > 0;
    }

    /// <summary>The place behind the last character.</summary>
    public static SourcePosition EndOf(ReadOnlySpan<char> text) =>
        // Each of CR, LF and CRLF ends a line in YAML.
        new(text.Count('\n') + text.Count('\r') - text.Count("\r\n") + 1, text.Length - text.LastIndexOfAny('\n', '\r'));

    private static SourceSpan At(string file, string text, int index)
    {
        var start = EndOf(text.AsSpan(0, index));
        return new(file, start, start with { Column = start.Column + 1 });
    }

    private static IEnumerable<char> Range(int first, int last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}
