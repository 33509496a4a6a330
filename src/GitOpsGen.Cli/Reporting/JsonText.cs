using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GitOpsGen.Cli.Reporting;

/// <summary>JSON as people and programs read it on a console: indented, quotes and non-ASCII as they are, a line feed at the end.</summary>
internal static class JsonText
{
    // Relaxed: the output is not embedded in HTML, and an escaped + in every line of a diff helps nobody.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(TextWriter text, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        text.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
