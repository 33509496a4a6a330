using System.Collections.Immutable;
using System.Diagnostics;

namespace GitOpsGen.Fuzz;

/// <summary>Makes a case smaller, as long as it breaks the same invariant: words, files, then runs of lines, then runs of bytes are left out.</summary>
internal static class Shrinking
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static FuzzCase Of(FuzzTarget target, FuzzCase found, string problem)
    {
        var clock = Stopwatch.StartNew();
        found = CutWords(found);
        foreach (var path in found.Files.Keys.Where(_ => found.Files.Count > 1))
        {
            found = Try(found with { Files = found.Files.Remove(path) }) ?? found;
        }

        foreach (var path in found.Files.Keys)
        {
            found = Cut(found, path, content => Lines(content));
            found = Cut(found, path, content => [.. content.Select(unit => new[] { unit })]);
        }

        return found;

        // The command and the form of its result stay.
        FuzzCase CutWords(FuzzCase whole)
        {
            for (var at = 1; at < whole.Words.Length - 2; )
            {
                if (Try(whole with { Words = whole.Words.RemoveAt(at) }) is { } smaller)
                {
                    whole = smaller;
                }
                else
                {
                    at++;
                }
            }

            return whole;
        }

        FuzzCase? Try(FuzzCase smaller) => clock.Elapsed < Patience && target.Problem(smaller) == problem ? smaller : null;

        FuzzCase Cut(FuzzCase whole, string path, Func<byte[], ImmutableArray<byte[]>> split)
        {
            var parts = split(whole.Files[path]);
            for (var size = Math.Max(1, parts.Length / 2); size > 0 && clock.Elapsed < Patience; size /= 2)
            {
                for (var start = 0; start < parts.Length && clock.Elapsed < Patience; )
                {
                    var left = parts.RemoveRange(start, Math.Min(size, parts.Length - start));
                    if (Try(whole with { Files = whole.Files.SetItem(path, [.. left.SelectMany(part => part)]) }) is { } smaller)
                    {
                        (whole, parts) = (smaller, left);
                    }
                    else
                    {
                        start += size;
                    }
                }
            }

            return whole;
        }
    }

    private static ImmutableArray<byte[]> Lines(byte[] content)
    {
        var lines = ImmutableArray.CreateBuilder<byte[]>();
        for (var start = 0; start < content.Length; )
        {
            var end = Array.IndexOf(content, (byte)'\n', start) is var at and >= 0 ? at + 1 : content.Length;
            lines.Add(content[start..end]);
            start = end;
        }

        return lines.ToImmutable();
    }
}
