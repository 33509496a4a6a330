using System.Text;

namespace GitOpsGen.Fuzz;

/// <summary>Changes what a file contains: bytes, lines, and the blocks and brackets that texts are made of.</summary>
/// <param name="random">All that the changes depend on.</param>
/// <param name="other">A file of another case.</param>
internal sealed class TextMutation(Random random, Func<byte[]> other)
{
    private const int MostRepeats = 3000;
    private const string Opening = "{[(";
    private const string Closing = "}])";

    // What parsers treat specially, and what has gone wrong in some parser before.
    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "\0",
            "\r",
            "\t",
            "\ufeff",
            "\u202e",
            "\u2028",
            "\e[31m",
            "\ud7ff",
            "\\ud800",
            "\"",
            "'",
            "`",
            "---\n",
            "...\n",
            "? ",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "&a ",
            "*a",
            "!!binary ",
            "!<tag:x> ",
            "<<: ",
            "|\n",
            ">-\n",
            "%YAML 1.1\n",
            "# ",
            "null",
            "~",
            "true",
            "yes",
            "0123",
            "1:20",
            "1e999",
            "-0",
            ".nan",
            "9223372036854775808",
            "0x",
            "0b1",
            "2147483648",
            "{{",
            "}}",
            "{{ for i in 1..9999999 }}",
            "{{ include '_x' }}",
            "{{ func f }}",
            "{{ end }}",
            "${a}",
            "$(x)",
            "../",
            "/",
            "\\",
            "C:\\",
            "con",
            ".git",
            "sha256:",
            "v1.0.0",
            ">=1.0.0 <2.0.0 || ^3",
            "*",
            "@",
            ":",
            "://",
            "(a{1,900}){1,10}b",
            "(?=a)",
            "\\d+",
            "[^]",
            "self.x == oldSelf.x",
            "apiVersion: meta.pkg.crossplane.io/v1\n",
            "kind: Provider\n",
            "environments",
            "packages",
            "lockfileVersion: 1\n",
            "settingsVersion: 1\n",
            "<<<<<<< HEAD\n",
            "=======\n",
            ">>>>>>> x\n",
            "x-kubernetes-preserve-unknown-fields: true",
            "100644 a\0",
            "120000 a\0",
            "160000 a\0",
            "40000 a\0",
            "40000 ..\0",
            "0000000000000000000000000000000000000000",
            "ref: refs/heads/",
            "$(kustomize)",
            "matchImages: [{ prefix: x }]\n",
            "x-kubernetes-int-or-string: true",
            "Bearer realm=\"",
            "rel=\"next\"",
            "\"Effect\": \"Deny\"",
            "\"Principal\": \"*\"",
            "arn:aws:iam::123456789012:role/x",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf4, 0x90, 0x80, 0x80],
    ];

    public byte[] Change(byte[] content) =>
        random.Next(5) switch
        {
            0 or 1 => OfBytes(content),
            2 => OfLines(content),
            3 => OfBlocks(content),
            _ => OfBrackets(content),
        };

    private byte[] OfBytes(byte[] content)
    {
        var (start, length) = Range(content.Length);
        var (before, middle, after) = (content[..start], content[start..(start + length)], content[(start + length)..]);
        switch (random.Next(6))
        {
            case 0:
                byte[] flipped = [.. content];
                if (content.Length > 0)
                {
                    flipped[random.Next(content.Length)] ^= (byte)(1 << random.Next(8));
                }

                return flipped;
            case 1:
                return [.. before, .. after];
            case 2:
                return [.. before, .. Word(), .. middle, .. after];
            case 3:
                return [.. before, .. Word(), .. after];
            case 4:
                return [.. before, .. middle, .. Repeated(middle), .. after];
            default:
                var from = other();
                var (at, many) = Range(from.Length);
                return [.. before, .. from.AsSpan(at, many), .. after];
        }
    }

    private byte[] OfLines(byte[] content)
    {
        var lines = Lines(content);
        var (one, another) = (random.Next(lines.Count), random.Next(lines.Count));
        switch (random.Next(7))
        {
            case 0:
                lines.RemoveAt(one);
                break;
            case 1:
                lines.Insert(another, lines[one]);
                break;
            case 2:
                (lines[one], lines[another]) = (lines[another], lines[one]);
                break;
            case 3:
                lines[one] = new string(' ', random.Next(6)) + lines[one].TrimStart();
                break;
            case 4 when lines[one].IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon:
                lines[one] = lines[one][..(colon + 2)] + Encoding.Latin1.GetString(Word());
                break;
            case 5 when lines[one].IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon:
                lines[one] = lines[one][..colon].TrimStart() + Encoding.Latin1.GetString(Word()) + lines[one][colon..];
                break;
            default:
                lines.InsertRange(another, Enumerable.Repeat(lines[one], random.Next(1, 40)));
                break;
        }

        return Bytes(lines);
    }

    // A line with the deeper ones that follow it: a key or an item with all that it holds.
    private byte[] OfBlocks(byte[] content)
    {
        var lines = Lines(content);
        var (start, count) = Block(lines);
        var block = lines.GetRange(start, count);
        var place = random.Next(lines.Count);
        switch (random.Next(6))
        {
            case 0:
                lines.RemoveRange(start, count);
                break;
            case 1:
                lines.InsertRange(place, Indented(block, Indent(lines[place])));
                break;
            case 2:
                lines.InsertRange(place + 1, Indented(block, Indent(lines[place]) + 2));
                break;
            case 3:
                lines.RemoveRange(start + 1, count - 1);
                break;
            case 4:
                var foreign = Lines(other());
                var (from, many) = Block(foreign);
                lines.InsertRange(place, Indented(foreign.GetRange(from, many), Indent(lines[place])));
                break;
            default:
                // Into itself, again and again.
                for (var depth = random.Next(1, 200); depth > 0; depth--)
                {
                    lines.InsertRange(start + 1, Indented([lines[start]], Indent(lines[start]) + (2 * depth)));
                }

                break;
        }

        return Bytes(lines);
    }

    // What one pair of brackets holds: a value of JSON, of YAML's flow style, a group of a pattern or of an expression.
    private byte[] OfBrackets(byte[] content)
    {
        var text = Encoding.Latin1.GetString(content);
        if (Brackets(text) is not var (start, length))
        {
            return OfBytes(content);
        }

        var (before, pair, after) = (text[..start], text.Substring(start, length), text[(start + length)..]);
        var foreign = random.Next(2) == 0 ? text : Encoding.Latin1.GetString(other());
        var another = Brackets(foreign) is var (from, many) ? foreign.Substring(from, many) : "";
        return Encoding.Latin1.GetBytes(
            random.Next(6) switch
            {
                0 => before + after.TrimStart(','),
                1 => $"{before}{pair}, {pair}{after}",
                2 => before + another + after,
                3 => before + pair.Insert(1, another) + after,
                4 => before + Encoding.Latin1.GetString(Word()) + after,
                _ => before + Nested(pair, random.Next(8) == 0 ? random.Next(MostRepeats) : random.Next(4)) + after,
            }
        );
    }

    private static string Nested(string pair, int depth) =>
        new StringBuilder().Insert(0, pair[..1], depth).Append(pair).Insert(depth + pair.Length, pair[^1..], depth).ToString();

    private (int Start, int Length)? Brackets(string text)
    {
        var from = random.Next(text.Length + 1);
        var start = text.AsSpan(from).IndexOfAny(Opening) is >= 0 and var near ? from + near : text.AsSpan().IndexOfAny(Opening);
        for (var (at, depth) = (start, 0); at >= 0 && at < text.Length; at++)
        {
            depth +=
                Opening.Contains(text[at]) ? 1
                : Closing.Contains(text[at]) ? -1
                : 0;
            if (depth == 0)
            {
                return (start, at + 1 - start);
            }
        }

        return null;
    }

    private (int Start, int Count) Block(List<string> lines)
    {
        var start = random.Next(lines.Count);
        var end = lines.FindIndex(start + 1, line => line.Length > 0 && Indent(line) <= Indent(lines[start]));
        return (start, (end < 0 ? lines.Count : end) - start);
    }

    private static List<string> Indented(List<string> block, int indent) =>
        block.ConvertAll(line => new string(' ', Math.Max(0, indent + Indent(line) - Indent(block[0]))) + line.TrimStart(' '));

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    private static List<string> Lines(byte[] content) => [.. Encoding.Latin1.GetString(content).Split('\n')];

    private static byte[] Bytes(List<string> lines) => Encoding.Latin1.GetBytes(string.Join('\n', lines));

    private byte[] Word() => Words[random.Next(Words.Length)];

    private byte[] Repeated(byte[] part)
    {
        var one = part.Length > 40 ? part[..40] : part;
        return [.. Enumerable.Repeat(one, random.Next(8) == 0 ? random.Next(MostRepeats) : random.Next(4)).SelectMany(bytes => bytes)];
    }

    private (int Start, int Length) Range(int length)
    {
        var start = random.Next(length + 1);
        return (start, Math.Min(length - start, random.Next(4) == 0 ? random.Next(length + 1) : random.Next(9)));
    }
}
