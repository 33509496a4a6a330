using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using CsCheck;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

public sealed class CoreSchemaTests
{
    [Theory]
    [InlineData("Null", "", "~", "null", "Null", "NULL")]
    [InlineData("Boolean", "true", "True", "TRUE", "false", "False", "FALSE")]
    [InlineData("Integer", "0", "-0", "+1", "007", "0777", "08", "0o17", "0x1f", "0xDEADBEEF", "123456789012", "99999999999999999999999")]
    [InlineData("Float", "1.", ".5", "-.5", "+1.5", "1e3", "1E-3", "01.5", "1.5e+3", ".inf", "-.Inf", "+.INF", ".nan", ".NaN", ".NAN")]
    [InlineData("String", "nULL", "tRUE", "yes", "y", "1_000", "0b1", "0o8", "0O17", "0X1F", "-0o17", "+0x1", "1:20", "2001-12-14", "1e", "e3")]
    [InlineData("String", ".", "+", "-", "-.", ".e3", "+.nan", ".iNF", "1.2.3", "٣", "１", "1\n", "0x", "0o", " 1", "=", "<<", "a")]
    public void A_plain_scalar_has_the_kind_of_the_core_schema(string kind, params string[] texts) =>
        Assert.All(texts, text => Assert.Equal(Enum.Parse<ScalarKind>(kind), CoreSchema.KindOf(text)));

    [Theory]
    [InlineData("y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF", "=", "<<")]
    [InlineData("0123", "-0123", "010", "08", "089", "0o17", "0o0", "-0o17", "0O17", "0X1F", "+0x1F", "0b1", "0B1", "-0b1")]
    [InlineData("1_000", "0_", "-_1", "1_", "0x_f", "0b_", "1:20", "-1:20", "190:20:30", "190:20:30.15", "0:20.", "1_0.5", "1_e3")]
    [InlineData("1e3", "1.5e3", "-.5", "+.5", "1e+3", ".5e3", ".5_0")]
    [InlineData("2001-12-14", "2001-1-2", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2001-12-15 2:59:43.10", "2001-99-99")]
    public void What_a_reader_of_1_1_takes_for_something_else_is_ambiguous(params string[] texts) =>
        Assert.All(texts, text => Assert.True(CoreSchema.IsAmbiguousIn11(text), text));

    [Theory]
    [InlineData("", "~", "null", "true", "False", "yEs", "nO", "oN", "a", "=a", "<", "<<<", "_1", "1:99", "0:20", "01:20", "2001-12", "12-12-2001")]
    [InlineData("0", "-0", "+1", "00", "007", "0x1F", "1.5", "1.", ".5", "01.5", "1.5e+3", ".5e-1", ".inf", "-.Inf", ".nan", "123456789012")]
    [InlineData("2.3.4", "v2.3.4", "10.0.0.1", "10.0.0.0/8", "1e", "0b2", "0o8", "._5", "-.inf.", "20011-12-14", "1,000", "99999999999999999999")]
    public void What_all_readers_agree_on_is_not_ambiguous(params string[] texts) =>
        Assert.All(texts, text => Assert.False(CoreSchema.IsAmbiguousIn11(text), text));

    [Fact]
    public void Law_a_plain_scalar_is_ambiguous_exactly_if_PyYAML_or_Kubernetes_reads_it_differently()
    {
        OtherReaders.SkipWithoutPyYaml();
        OtherReaders.SkipWithoutKubectl();
        var start = Gen.OneOf([.. "0123456789+-.yYnNoO=<"]).Select(first => first.ToString());
        var rest = Gen.Frequency(
            (3, Gen.String[Gen.OneOf([.. "0123456789"]), 0, 4]),
            (3, Gen.String[Gen.OneOf([.. "0012345789_.:+-eExXoObBafTZ"]), 0, 6]),
            (1, Gen.OneOf("001-12-14", "001-12-14 1:02:03", "001-1-2", "001-02-03T04:05:06Z", "es", "o", "FF", "ff", "N", "<", "inf", "NaN"))
        );
        var texts = Gen.Select(start, rest, (first, others) => first + others).Where(IsOnePlainScalar);
        foreach (var batch in YamlGenerators.Batches(texts, 4000))
        {
            var python = OtherReaders.PyYaml(batch);
            var kubernetes = OtherReaders.Kubernetes(Resource(batch)).GetProperty("values");
            Assert.All(
                batch.Index(),
                item =>
                {
                    var (index, text) = item;
                    var (type, value) = python[index];
                    var differs = !IsSameInPython(text, type, value) || !IsSameInKubernetes(text, kubernetes[index]) || IsReadByGoYamlV3(text);
                    Assert.True(differs == CoreSchema.IsAmbiguousIn11(text), $"'{text}': PyYAML {type} {value}, Kubernetes {kubernetes[index]}");
                }
            );
        }
    }

    private static bool IsOnePlainScalar(string text) =>
        text[^1] != ':'
        && !text.StartsWith("---", StringComparison.Ordinal)
        && !text.StartsWith("...", StringComparison.Ordinal)
        && text is not "-"
        && !text.StartsWith("- ", StringComparison.Ordinal)
        && !IsBeyondDouble(text);

    // go-yaml reads a number out of range as a string: a limit of its own, not another reading of the text.
    private static bool IsBeyondDouble(string text) =>
        double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsInfinity(value);

    private static string Resource(string[] texts)
    {
        var resource = new StringBuilder("apiVersion: test/v1\nkind: Test\nmetadata:\n  name: test\nvalues:\n");
        foreach (var text in texts)
            // JSON has no infinity: kubectl refuses the whole document.
            resource.Append("  - ").Append(CoreSchema.KindOf(text) == ScalarKind.Float && !NumberText.IsFinite(text) ? "0" : text).Append('\n');
        return resource.ToString();
    }

    private static bool IsSameInPython(string text, string type, JsonElement value) =>
        CoreSchema.KindOf(text) switch
        {
            ScalarKind.Null => type == "NoneType",
            ScalarKind.Boolean => type == "bool",
            ScalarKind.Integer => type == "int" && BigInteger.Parse(value.GetRawText(), CultureInfo.InvariantCulture) == Integer(text),
            ScalarKind.Float => type == "float" && (!NumberText.IsFinite(text) || value.GetDouble().Equals(Value(text))),
            _ => type == "str" && value.GetString() == text,
        };

    private static bool IsSameInKubernetes(string text, JsonElement value) =>
        CoreSchema.KindOf(text) switch
        {
            ScalarKind.Null => value.ValueKind == JsonValueKind.Null,
            ScalarKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            ScalarKind.Integer => value.ValueKind == JsonValueKind.Number && value.GetDouble().Equals((double)Integer(text)),
            ScalarKind.Float => !NumberText.IsFinite(text) || (value.ValueKind == JsonValueKind.Number && value.GetDouble().Equals(Value(text))),
            _ => value.ValueKind == JsonValueKind.String && value.GetString() == text,
        };

    // kubectl cannot show these: sigs.k8s.io/yaml keeps times as strings and does not cut "0o" off, go-yaml v3 does both.
    private static bool IsReadByGoYamlV3(string text) =>
        text.StartsWith("0o-", StringComparison.Ordinal) || text.StartsWith("0o+", StringComparison.Ordinal)
            ? text.Length > 3 && text.AsSpan(3).IndexOfAnyExceptInRange('0', '7') < 0
            : System.Text.RegularExpressions.Regex.IsMatch(text, @"\A\d{4}-\d\d?-\d\d?\z");

    // Independent of NumberText, which the product uses.
    private static BigInteger Integer(string text) =>
        text switch
        {
            ['0', 'x', .. var digits] => BigInteger.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            ['0', 'o', .. var digits] => digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0')),
            _ => BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        };

    private static double Value(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
