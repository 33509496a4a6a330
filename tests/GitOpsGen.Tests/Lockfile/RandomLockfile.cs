using System.Text;

namespace GitOpsGen.Tests.Lockfile;

/// <summary>
/// A lockfile in the hand of somebody: every style that YAML has, in any mixture, with comments that are all different. A number
/// decides everything.
/// </summary>
internal sealed class RandomLockfile
{
    private readonly Random random;
    private readonly StringBuilder text = new();
    private readonly string keyQuote;
    private readonly int comments; // how many of ten places have one
    private readonly int listIndent;
    private readonly int nestedIndent;
    private int commentCount;

    private RandomLockfile(int seed)
    {
        random = new(seed);
        keyQuote = Pick("", "", "", "\"", "'");
        comments = random.Next(6);
        listIndent = Pick(0, 2, 2, 2, 3, 4);
        nestedIndent = Pick(0, 2, 2, 4);
    }

    /// <summary>The bytes of a file.</summary>
    public static byte[] Of(int seed)
    {
        var file = new RandomLockfile(seed);
        file.Write();
        var content = file.text.ToString().ReplaceLineEndings(file.Pick("\n", "\n", "\r\n"));
        content = file.random.Next(4) == 0 ? content.TrimEnd('\r', '\n') : content;
        return Encoding.UTF8.GetBytes(file.random.Next(8) == 0 ? "\ufeff" + content : content);
    }

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    private bool Sometimes(int ofTen) => random.Next(10) < ofTen;

    private void Write()
    {
        OwnLines(0);
        text.Append(Sometimes(1) ? "---\n" : "").Append(Key("lockfileVersion")).Append(" 1").Append(Trailing()).Append('\n');
        OwnLines(0);
        text.Append(Key("packages"));
        var count = random.Next(7);
        var packages = Enumerable
            .Range(0, count)
            .Select(i => $"{Pick("x.io", "ghcr.io")}/{Pick("acme", "upbound")}/{Pick("provider", "function")}-{(char)('a' + i)}")
            .ToArray();
        if (count == 0)
        {
            text.Append(" []").Append(Trailing()).Append('\n');
        }
        else if (Sometimes(1))
        {
            FlowList(packages);
        }
        else
        {
            BlockList(packages);
        }

        OwnLines(0);
    }

    private void FlowList(string[] packages)
    {
        var isLong = Sometimes(6);
        text.Append(" [").Append(isLong ? Trailing() + "\n" : "");
        for (var i = 0; i < packages.Length; i++)
        {
            text.Append(
                    isLong ? "    "
                    : i == 0 ? ""
                    : " "
                )
                .Append(Flow(Entry(packages, i)));
            text.Append(i < packages.Length - 1 || (isLong && Sometimes(3)) ? "," : "").Append(isLong ? Trailing() + "\n" : "");
        }

        text.Append(isLong ? "  ]" : "]").Append(Trailing()).Append('\n');
    }

    private void BlockList(string[] packages)
    {
        text.Append(Trailing()).Append('\n');
        var isSpaced = Sometimes(3);
        var gap = Pick(1, 1, 1, 3);
        for (var i = 0; i < packages.Length; i++)
        {
            text.Append(isSpaced || Sometimes(1) ? "\n" : "");
            if (Sometimes(comments / 3))
            {
                OwnLines(listIndent);
                text.Append('\n');
            }

            OwnLines(listIndent);
            text.Append(' ', listIndent).Append('-').Append(' ', gap);
            if (Sometimes(3))
            {
                text.Append(Flow(Entry(packages, i))).Append(Trailing()).Append('\n');
            }
            else
            {
                Block(Entry(packages, i), listIndent + 1 + gap);
            }
        }
    }

    private List<(string Key, object Value)> Entry(string[] packages, int i)
    {
        var entry = new List<(string Key, object Value)>
        {
            ("package", packages[Sometimes(2) ? random.Next(packages.Length) : i]),
            ("kind", Pick("Provider", "Function", "Configuration")),
            ("version", $"v{random.Next(3)}.{random.Next(12)}.0"),
        };
        var digest = $"sha256:{new string(Pick("0123456789abcdef".ToCharArray()), 64)}";
        Add(5, "locked", $"v{random.Next(3)}.0.0@{digest}");
        Add(1, "digest", digest);
        Add(3, "indirect", Sometimes(8));
        Add(
            3,
            "attached",
            Enumerable
                .Range(0, random.Next(1, 4))
                .Select(_ => new List<(string, object)>
                {
                    ("kind", Pick("signature", "attestation", "sbom", "other")),
                    Pick(("tag", (object)$"{digest.Replace(':', '-')}{Pick(".sig", ".att", "")}"), ("digest", digest)),
                })
                .ToArray()
        );
        Add(4, "requiresCrossplane", Pick(">=v1.12.1-0", "^1", "", "v1.2.3", "it's # wrong, [really]: 'so'"));
        Add(
            6,
            "dependsOn",
            Enumerable
                .Range(0, random.Next(4))
                .Select(_ => new List<(string, object)>
                {
                    ("package", packages[random.Next(packages.Length)]),
                    ("kind", "Provider"),
                    ("constraint", Pick(">= 0.0.0", "v1.2.3", "^1.0.0 || ~2", "*")),
                })
                .DistinctBy(d => d[0])
                .ToArray()
        );
        Add(4, "environments", Enumerable.Range(0, random.Next(1, 4)).Select(n => Pick("dev", "staging", "prod-*") + n).ToArray());
        Add(4, "published", Pick("2025-11-05", "2018-01-01", "2024-02-29"));
        Add(1, "chart", new List<(string, object)> { ("repository", "https://charts.example.com/stable" + Pick("", "/")), ("version", "1.2.3") });
        Add(2, "name", $"name-{i}");
        return Sometimes(2) ? [.. entry.OrderBy(_ => random.Next())] : entry;

        void Add(int ofTen, string key, object value)
        {
            if (Sometimes(ofTen))
            {
                entry.Add((key, value));
            }
        }
    }

    private void Block(List<(string Key, object Value)> entry, int indent)
    {
        for (var i = 0; i < entry.Count; i++)
        {
            text.Append(' ', i == 0 ? 0 : indent).Append(Key(entry[i].Key));
            BlockValue(entry[i].Value, indent);
            if (i < entry.Count - 1)
            {
                text.Append(Sometimes(1) ? "\n" : "");
                OwnLines(indent);
            }
        }
    }

    private void BlockValue(object value, int indent)
    {
        switch (value)
        {
            case List<(string, object)> mapping when Sometimes(3):
                text.Append(Trailing()).Append('\n').Append(' ', indent + 2);
                Block(mapping, indent + 2);
                break;
            case object[] { Length: > 0 } list when Sometimes(6):
                text.Append(Trailing()).Append('\n');
                foreach (var item in list)
                {
                    OwnLines(indent + nestedIndent);
                    text.Append(' ', indent + nestedIndent).Append("- ");
                    if (item is List<(string, object)> inner && Sometimes(3))
                    {
                        Block(inner, indent + nestedIndent + 2);
                    }
                    else
                    {
                        text.Append(Flow(item)).Append(Trailing()).Append('\n');
                    }
                }

                break;
            case string word when word.Length > 0 && Sometimes(1):
                text.Append(Pick(" >-", " |-")).Append(Trailing()).Append('\n').Append(' ', indent + 2).Append(word).Append(Pick("\n", "\n", "\n\n"));
                break;
            default:
                text.Append(Sometimes(1) && value is string ? "\n" + new string(' ', indent + 1) : Pick(" ", " ", " ", "\t"))
                    .Append(Flow(value))
                    .Append(Trailing())
                    .Append('\n');
                break;
        }
    }

    private string Flow(object value) =>
        value switch
        {
            List<(string Key, object Value)> mapping => Pick("{ {0} }", "{{0}}", "{ {0}, }")
                .Replace("{0}", string.Join(", ", mapping.Select(e => $"{Key(e.Key)} {Flow(e.Value)}")), StringComparison.Ordinal),
            object[] list => Pick("[{0}]", "[ {0} ]").Replace("{0}", string.Join(", ", list.Select(Flow)), StringComparison.Ordinal),
            bool flag => flag ? Pick("true", "True", "TRUE") : "false",
            string word => Scalar(word),
            _ => throw new ArgumentException($"{value}"),
        };

    private string Scalar(string word) =>
        random.Next(5) switch
        {
            0 => $"\"{word}\"",
            1 => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'",
            _ => word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or ':' or '-') && word.Length > 0 ? word : $"\"{word}\"",
        };

    private string Key(string key) => $"{keyQuote}{key}{keyQuote}:";

    private string Trailing() => Sometimes(comments) ? $"{Pick(" ", "   ", " \t")}# c{commentCount++};" : Pick("", "", "", "", " ");

    private void OwnLines(int indent)
    {
        while (Sometimes(comments / 2))
        {
            text.Append(' ', Sometimes(8) ? indent : 0).Append("# c").Append(commentCount++).Append(";\n");
        }
    }
}
