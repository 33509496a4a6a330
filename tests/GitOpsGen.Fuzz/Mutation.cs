using System.Collections.Immutable;
using System.Text;

namespace GitOpsGen.Fuzz;

/// <summary>Changes inputs: bytes, and the lines and values that texts are made of. What comes out depends on the random numbers alone.</summary>
internal sealed class Mutation(Random random, ImmutableArray<FuzzCase> seeds)
{
    private const int LongestInput = 256 * 1024;
    private const int MostRepeats = 3000;

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

    /// <summary>Another case, near one of the seeds.</summary>
    public FuzzCase Next()
    {
        var seed = seeds[random.Next(seeds.Length)];
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            seed = Change(seed);
        }

        return seed;
    }

    private FuzzCase Change(FuzzCase input)
    {
        if (input.Files.IsEmpty)
        {
            return input;
        }

        var path = input.Files.Keys.ElementAt(random.Next(input.Files.Count));
        if (input.Files.Count > 1 && random.Next(40) == 0)
        {
            return input with { Files = input.Files.Remove(path) };
        }

        var content = random.Next(2) == 0 ? OfBytes(input.Files[path]) : OfLines(input.Files[path]);
        return input with { Files = input.Files.SetItem(path, content.Length > LongestInput ? content[..LongestInput] : content) };
    }

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
                var other = seeds[random.Next(seeds.Length)].Files.Values.ElementAtOrDefault(0) ?? [];
                var (from, many) = Range(other.Length);
                return [.. before, .. other.AsSpan(from, many), .. after];
        }
    }

    private byte[] OfLines(byte[] content)
    {
        var lines = Encoding.Latin1.GetString(content).Split('\n').ToList();
        var (one, other) = (random.Next(lines.Count), random.Next(lines.Count));
        switch (random.Next(7))
        {
            case 0:
                lines.RemoveAt(one);
                break;
            case 1:
                lines.Insert(other, lines[one]);
                break;
            case 2:
                (lines[one], lines[other]) = (lines[other], lines[one]);
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
                lines.InsertRange(other, Enumerable.Repeat(lines[one], random.Next(1, 40)));
                break;
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

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
