using System.Text;
using CsCheck;
using GitOpsGen.Registry.Packages;
using Xunit;

namespace GitOpsGen.Registry.Tests.Packages;

public sealed class DocumentSplitterTests
{
    private static readonly string[] Lines =
    [
        "---",
        "--- # comment",
        "---text",
        "apiVersion: v1",
        "apiVersion: meta.pkg.crossplane.io/v1",
        "kind: Provider",
        "  apiVersion: v1",
        "description: |",
        "  --- not a document",
        "# meta.pkg.crossplane.io/v1",
        "",
        "x: " + new string('y', 300),
        "apiVersion:",
        "...",
    ];

    /// <summary>The pieces of a stream are chance; what is found in it is not.</summary>
    [Fact]
    public void How_a_stream_is_cut_decides_nothing() =>
        Gen.Select(
                Gen.Int[0, Lines.Length - 1].Select(i => Lines[i]).Array[0, 30],
                Gen.Bool.Select(crlf => crlf ? "\r\n" : "\n"),
                Gen.Int[1, 40],
                Gen.Bool
            )
            .Sample(
                (lines, end, size, last) =>
                {
                    var bytes = Encoding.UTF8.GetBytes(string.Join(end, lines) + (last ? end : ""));

                    return Show(Split([bytes])) == Show(Split(bytes.Chunk(size)));
                }
            );

    /// <summary>Every document that is found is a piece of the stream between document lines, at the line that it names.</summary>
    [Fact]
    public void What_is_found_stands_where_it_says() =>
        Gen.Int[0, Lines.Length - 1]
            .Select(i => Lines[i])
            .Array[0, 30]
            .Sample(lines =>
                Split([Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))])
                    .All(document =>
                        string.Concat(lines.Skip(document.FirstLine - 1).Select(line => line + "\n"))
                            .StartsWith(Encoding.UTF8.GetString(document.Bytes.Span), StringComparison.Ordinal)
                    )
            );

    [Fact]
    public void A_line_without_end_and_a_document_without_end_are_not_kept()
    {
        var splitter = new DocumentSplitter();
        var piece = Encoding.UTF8.GetBytes(new string('x', 1 << 20));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 200; i++)
            splitter.Add(piece);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        splitter.Add("\n---\napiVersion: meta.pkg.crossplane.io/v1\n"u8);
        splitter.End();

        Assert.Equal(2, Assert.Single(splitter.Found).FirstLine);
        Assert.InRange(held, long.MinValue, 32 << 20);
    }

    private static IReadOnlyList<MetaDocument> Split(IEnumerable<byte[]> pieces)
    {
        var splitter = new DocumentSplitter();
        foreach (var piece in pieces)
            splitter.Add(piece);
        splitter.End();
        return splitter.Found;
    }

    private static string Show(IReadOnlyList<MetaDocument> found) =>
        string.Join('|', found.Select(d => $"{d.FirstLine}:{Encoding.UTF8.GetString(d.Bytes.Span)}"));
}
