using System.Text;
using System.Text.Json;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

public sealed class ScalarQuotingTests
{
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf("test");

    [Theory]
    [InlineData("a", "name", "upbound-provider-aws-s3", "a b", "a#b", "a:b", "it's", "say \"hi\"", "a, [b] {c}", "100%", "_x", "été", "日本", "😀")]
    [InlineData("arn:aws:iam::123456789012:role/x", "123456789012.dkr.ecr.eu-west-2.amazonaws.com/upbound/provider-aws-s3:v2.2.0")]
    [InlineData("https://charts.crossplane.io/stable", "$values/manifests/x.yaml", "Delete=false,Prune=false", "CreateNamespace=true")]
    [InlineData("2.3.4", "v2.3.4", "2.3.4-rc.1", "10.0.0.0/8", ".;../../../base", "../../x", "./x", "./")]
    [InlineData("15s", "1h", "5m", "--debug", "-v", "/etc", "yesterday")]
    [InlineData("application/vnd.cncf.helm.chart.content.v1.tar+gzip", "nullable", "12-factor", "(a|b)", "^v1\\.2$", "pkg.crossplane.io/v1")]
    public void What_every_reader_takes_for_this_string_stays_plain(params string[] values) =>
        Assert.All(values, value => Assert.Same(value, ScalarQuoting.Quote(value)));

    [Theory]
    [InlineData("", " a", "a ", "a: b", "a:", "a #b", "-", "- a", "-1", "?", "? a", ":", ":a", ",", "[", "]", "{", "}")]
    [InlineData("#", "#a", "&a", "*a", "!a", "|", ">")]
    [InlineData("'", "'a'", "%a", "@a", "`a", "---", "--- a", "...", "... a", "~", "=", "<<", "{{ a }}", "* a")]
    [InlineData("null", "Null", "nULL", "true", "tRUE", "False", "yes", "YES", "yEs", "no", "on", "oN", "off", "y", "Y", "n", "N")]
    [InlineData("0", "1", "-1", "+1", "017", "0777", "0o17", "0O17", "0x1F", "0X1F", "0b101", "1_000")]
    [InlineData("1,000", "1:20", "190:20:30.15", "1:99", "1.", ".5")]
    [InlineData("1.5", "-.5", "1e3", "1e", "1e+3", ".inf")]
    [InlineData("-.INF", ".nan", ".NaN", "123456789012", "2001-12-14", "2001-1-1", "2001-12-14 21:59:43.10 -5")]
    public void What_some_reader_takes_for_something_else_is_quoted(params string[] values) =>
        Assert.All(values, value => Assert.Equal($"\"{value}\"", ScalarQuoting.Quote(value)));

    [Theory]
    [InlineData("\"", "\"\\\"\"")]
    [InlineData("!\\", "\"!\\\\\"")]
    [InlineData("a\nb\r\tc", "\"a\\nb\\r\\tc\"")]
    [InlineData("\0\u0007\u001b\u007f\u0085\u009f", "\"\\u0000\\u0007\\u001B\\u007F\\u0085\\u009F\"")]
    [InlineData("\u2028\u2029\uFEFF\uFFFE\uFFFF", "\"\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF\"")]
    [InlineData("\u200E\u200F\u061C\u202A\u202E\u2066\u2069", "\"\\u200E\\u200F\\u061C\\u202A\\u202E\\u2066\\u2069\"")]
    [InlineData("\u00A0\u00AD\u200B\u3000", "\"\\u00A0\\u00AD\\u200B\\u3000\"")]
    [InlineData("\U000E0041\U0010FFFF", "\"\\U000E0041\\U0010FFFF\"")]
    [InlineData(" été 😀", "\" été 😀\"")]
    public void What_cannot_be_seen_is_escaped(string value, string expected) => Assert.Equal(expected, ScalarQuoting.Quote(value));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Half_a_surrogate_pair_is_a_bug(int kind)
    {
        var value = kind switch
        {
            0 => "a\uD83D",
            1 => "\uDE00a",
            _ => "\uD83D\uD83D\uDE00",
        };
        Assert.Throws<ArgumentException>(() => ScalarQuoting.Quote(value));
        Assert.Throws<ArgumentException>(() => JsonWriter.Quote(value));
    }

    [Fact]
    public void Plain_identifiers_cost_no_allocation()
    {
        ScalarQuoting.Quote("upbound-provider-aws-s3");
        var before = GC.GetAllocatedBytesForCurrentThread();
        ScalarQuoting.Quote("upbound-provider-aws-s3");
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Law_PyYAML_reads_the_same_string_back()
    {
        OtherReaders.SkipWithoutPyYaml();
        foreach (var batch in YamlGenerators.Batches(YamlGenerators.Text, 3000))
        {
            var read = OtherReaders.PyYaml([.. batch.Select(Document)]);
            Assert.All(
                batch.Index(),
                item =>
                {
                    var (type, value) = read[item.Index];
                    Assert.True(type == "dict", $"{Show(item.Item)}: {value}");
                    AssertAll(item.Item, Strings(value));
                }
            );
        }
    }

    [Fact]
    public void Law_YamlDotNet_reads_the_same_string_back()
    {
        foreach (var batch in YamlGenerators.Batches(YamlGenerators.Text, 3000))
        {
            Assert.All(
                batch,
                text =>
                {
                    var scalars = Scalars(YamlEvents.Read(Document(text))).ToList();
                    AssertAll(text, scalars.Where((_, index) => index is 1 or 3 or 4 or 6).Select(scalar => scalar.Text));
                    Assert.All(scalars, scalar => Assert.Equal(ScalarKind.String, scalar.Kind));
                }
            );
        }
    }

    [Fact]
    public void Law_Kubernetes_reads_the_same_string_back()
    {
        OtherReaders.SkipWithoutKubectl();
        foreach (var batch in YamlGenerators.Batches(YamlGenerators.Text, 3000))
        {
            var texts = batch.Distinct().ToArray();
            AssertHolds(OtherReaders.Kubernetes(Resource(texts, texts, texts)), texts, texts, texts);
        }
    }

    [Fact]
    public void Law_Kustomize_reads_the_same_string_back()
    {
        OtherReaders.SkipWithoutKubectl();
        foreach (var batch in YamlGenerators.Batches(YamlGenerators.Text, 3000))
        {
            var texts = batch.Distinct().Where(OtherReaders.IsForKustomize).ToArray();
            var annotations = texts.Where(OtherReaders.IsAnnotationForKustomize).ToArray();
            var keys = texts.Where(OtherReaders.IsKeyForKustomize).ToArray();
            Assert.True(texts.Length > 2000 && annotations.Length > 1000 && keys.Length > 1000);
            AssertHolds(OtherReaders.Kubernetes(OtherReaders.Kustomize(Resource(texts, annotations, keys))), texts, annotations, keys);
        }
    }

    [Fact]
    public void Every_short_string_of_indicators_survives_YamlDotNet()
    {
        const string Indicators = "a0-?:,[]{}#&*!|>'\"%@`=+~.$(;\\ ";
        var texts = from first in Indicators from second in Indicators from third in Indicators select $"a {first}{second}{third}";
        Assert.All(
            texts.Concat(texts.Select(text => text[2..])),
            text =>
                AssertAll(text, Scalars(YamlEvents.Read(Document(text))).Where((_, index) => index is 1 or 3 or 4 or 6).Select(scalar => scalar.Text))
        );
    }

    // The string wherever a scalar can stand in block style.
    private static string Document(string text)
    {
        var quoted = ScalarQuoting.Quote(text);
        var document = new StringBuilder($"value: {quoted}\nitems:\n  - {quoted}\n  - - {quoted}\nkeys:\n");
        WriteKeys(document, text);
        return document.ToString();
    }

    private static IEnumerable<string?> Strings(JsonElement document)
    {
        yield return document.GetProperty("value").GetString();
        yield return document.GetProperty("items")[0].GetString();
        yield return document.GetProperty("items")[1][0].GetString();
        yield return document.GetProperty("keys").EnumerateObject().Single().Name;
    }

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Value).Prepend(entry.Key)),
            YamlSequence sequence => sequence.Items.SelectMany(Scalars),
            _ => [(YamlScalar)node],
        };

    // A ConfigMap, with more in it than it may hold.
    private static string Resource(string[] texts, string[] annotations, string[] keys)
    {
        var resource = new StringBuilder("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: test\n  annotations:\n");
        foreach (var (index, text) in annotations.Index())
            resource.Append("    a/").Append(index).Append(": ").Append(ScalarQuoting.Quote(text)).Append('\n');
        resource.Append("data:\n");
        foreach (var (index, text) in texts.Index())
            resource.Append("  d").Append(index).Append(": ").Append(ScalarQuoting.Quote(text)).Append('\n');
        resource.Append("keys:\n");
        WriteKeys(resource, keys);
        resource.Append("list:\n");
        foreach (var text in texts)
            resource.Append("  - ").Append(ScalarQuoting.Quote(text)).Append('\n');
        return resource.ToString();
    }

    private static void WriteKeys(StringBuilder document, params string[] keys) =>
        YamlWriter.Write(document, new YamlMapping([.. keys.Select(key => new YamlEntry(Text(key), Text("x")))], Nowhere), 2);

    private static YamlScalar Text(string text) => YamlScalar.String(text, Nowhere);

    private static void AssertHolds(JsonElement resource, string[] texts, string[] annotations, string[] keys)
    {
        var read = resource.GetProperty("metadata").GetProperty("annotations");
        Assert.All(annotations.Index(), item => AssertAll(item.Item, [read.GetProperty($"a/{item.Index}").GetString()]));
        Assert.All(
            texts.Index(),
            item =>
                AssertAll(
                    item.Item,
                    [resource.GetProperty("data").GetProperty($"d{item.Index}").GetString(), resource.GetProperty("list")[item.Index].GetString()]
                )
        );
        Assert.Equal(
            keys.Order(StringComparer.Ordinal),
            resource.GetProperty("keys").EnumerateObject().Select(entry => entry.Name).Order(StringComparer.Ordinal)
        );
    }

    private static void AssertAll(string expected, IEnumerable<string?> actual)
    {
        foreach (var text in actual)
            Assert.True(text == expected, $"{Show(expected)} came back as {Show(text ?? "null")}");
    }

    private static string Show(string text) => JsonSerializer.Serialize(text);
}
