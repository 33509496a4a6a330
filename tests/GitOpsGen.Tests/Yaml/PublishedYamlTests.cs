using System.Text;
using System.Text.Json;
using GitOpsGen.Testing;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

/// <summary>YAML that somebody else published, against the reader of kubectl, which is that of Crossplane.</summary>
public sealed class PublishedYamlTests
{
    [Fact]
    public void Random_anchors_merges_tags_and_repeated_keys_are_read_as_kubectl_reads_them()
    {
        OtherReaders.SkipWithoutKubectl();
        for (var seed = 0; seed < LongProof.Count(40, 8); seed++)
        {
            var text = new Writer(seed).Document(values: 40);

            var ours = YamlReader.ReadPublished("x.yaml", Encoding.UTF8.GetBytes(text));

            Assert.True(ours.Diagnostics.IsEmpty, text);
            var cases = (YamlMapping)((YamlMapping)Assert.Single(ours.Value!.Documents))["cases"]!;
            Assert.Equal(Theirs(OtherReaders.Kubernetes(text).GetProperty("cases")), Ours(cases));
        }
    }

    // Keys in one order. Numbers are only numbers: kubectl writes them in another form.
    private static string Theirs(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object =>
                $"{{{string.Join(", ", value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}: {Theirs(p.Value)}"))}}}",
            JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Theirs))}]",
            JsonValueKind.String => $"'{value.GetString()}'",
            JsonValueKind.Number => "number",
            var kind => kind.ToString(),
        };

    private static string Ours(YamlNode node) =>
        node switch
        {
            YamlMapping mapping =>
                $"{{{string.Join(", ", mapping.Entries.OrderBy(e => e.Key.Text, StringComparer.Ordinal).Select(e => $"{e.Key.Text}: {Ours(e.Value)}"))}}}",
            YamlSequence list => $"[{string.Join(", ", list.Items.Select(Ours))}]",
            YamlScalar { Kind: ScalarKind.String } text => $"'{text.Text}'",
            YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Float } => "number",
            YamlScalar { Kind: ScalarKind.Null } => "Null",
            YamlScalar boolean => boolean.Text.ToUpperInvariant() is "Y" or "YES" or "ON" or "TRUE" ? "True" : "False",
            _ => throw new InvalidOperationException($"{node}"),
        };

    /// <summary>Flow mappings whose anchors are known before an alias names them.</summary>
    private sealed class Writer(int seed)
    {
        private static readonly string[] Scalars =
        [
            "yes",
            "On",
            "n",
            "off",
            "true",
            "False",
            "1",
            "0b11",
            "1_000",
            "0x1f",
            "017",
            "1.5",
            "1e3",
            "~",
            "null",
            "text",
            "v1.0.0",
            "\"yes\"",
            "'1'",
            "2025-11-05",
            "\"<<\"",
        ];
        private static readonly string[] Tags = ["", "", "", "", "", "", "!!str ", "!own ", "! "];

        private readonly Random random = new(seed);
        private readonly List<string> anchors = [];
        private readonly List<string> mappings = [];

        public string Document(int values) =>
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ncases:\n"
            + string.Concat(Enumerable.Range(0, values).Select(i => $"  c{i}: {Value(3)}\n"));

        // YamlDotNet refuses an entry behind a scalar with an anchor in a flow mapping, so that there is none.
        private string Value(int depth, bool isInMapping = false)
        {
            var kind = depth == 0 ? 0 : random.Next(4);
            var name = random.Next(3) == 0 && !(isInMapping && kind < 2) ? $"a{random.Next(6)}" : null;
            if (name is null && anchors.Count > 0 && random.Next(4) == 0)
                return $"*{anchors[random.Next(anchors.Count)]} ";

            // An anchor is not known inside of its own value, and what it stood for before is forgotten.
            Forget(name);
            var value = kind switch
            {
                0 or 1 => Tags[random.Next(Tags.Length)] + Scalars[random.Next(Scalars.Length)],
                2 => $"[{string.Join(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1)))}]",
                _ => $"{{{string.Join(", ", Enumerable.Range(0, random.Next(5)).Select(_ => Entry(depth - 1)))}}}",
            };
            if (name is null)
                return value;
            // One inside with the same name began later, and so it counts.
            if (!anchors.Contains(name))
            {
                anchors.Add(name);
                if (kind == 3)
                    mappings.Add(name);
            }

            return $"&{name} {value}";
        }

        private string Entry(int depth)
        {
            if (mappings.Count == 0 || random.Next(4) > 0)
                return $"{"abcd"[random.Next(4)]}: {Value(depth, isInMapping: true)}";
            var merged = Enumerable.Range(0, 1 + random.Next(2)).Select(_ => $"*{mappings[random.Next(mappings.Count)]}").ToList();
            return merged.Count == 1 ? $"<<: {merged[0]} " : $"<<: [{string.Join(" , ", merged)} ]";
        }

        private void Forget(string? name)
        {
            if (name is not null)
            {
                anchors.Remove(name);
                mappings.Remove(name);
            }
        }
    }
}
