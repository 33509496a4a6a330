using System.Buffers;
using Scriban.Runtime;

namespace GitOpsGen.Rendering.Sandbox;

/// <summary>What a template has written so far. It is reused for all files and grows to the largest one.</summary>
internal sealed class RenderBuffer : IScriptOutput
{
    // Strict, so that half a surrogate pair is an error instead of a question mark in a cluster.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Blank = SearchValues.Create(" \t\r\n");

    private char[] characters = new char[4096];
    private int length;

    public void Clear() => length = 0;

    public void Write(string text, int offset, int count)
    {
        if (count > characters.Length - length)
            Array.Resize(ref characters, Math.Max(characters.Length * 2, length + count));
        text.CopyTo(offset, characters, length, count);
        length += count;
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }

    /// <summary>The output as a file: LF, no byte order mark, one newline at the end; no bytes at all where there is only white space.</summary>
    /// <exception cref="EncoderFallbackException">Half a surrogate pair was written.</exception>
    public byte[] ToFile()
    {
        NormalizeLineEndings();
        var text = characters.AsSpan(0, length).TrimStart('\uFEFF');
        text = text[..(text.LastIndexOfAnyExcept(Blank) + 1)];
        if (text.IsEmpty)
            return [];
        var file = GC.AllocateUninitializedArray<byte>(Utf8.GetByteCount(text) + 1);
        Utf8.GetBytes(text, file);
        file[^1] = (byte)'\n';
        return file;
    }

    /// <summary>Empty: Scriban asks for the text after every render and does not use it.</summary>
    public override string ToString() => "";

    private void NormalizeLineEndings()
    {
        var text = characters.AsSpan(0, length);
        var read = text.IndexOf('\r');
        if (read < 0)
            return;
        var written = read;
        for (; read < text.Length; read++)
        {
            var isReturn = text[read] == '\r';
            if (isReturn && read + 1 < text.Length && text[read + 1] == '\n')
                continue;
            text[written++] = isReturn ? '\n' : text[read];
        }

        length = written;
    }
}
