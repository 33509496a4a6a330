using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>What a schema asks, and what an API server makes of it.</summary>
public sealed class SchemaTests
{
    [Theory]
    [InlineData("{ type: object, properties: { a: { type: string } } }", "{ a: x }", "")]
    [InlineData("{ type: object, properties: { a: { type: string } } }", "{ a: 1 }", "GOG7103")]
    [InlineData("{ type: object, properties: { a: { type: string } } }", "{ a: yes }", "GOG7103")]
    [InlineData("{ type: object, properties: { a: { type: string } } }", "{ a: 'yes' }", "")]
    [InlineData("{ type: object, properties: { a: { type: boolean } } }", "{ a: yes }", "")]
    [InlineData("{ type: object, properties: { a: { type: string } } }", "{ a: null }", "GOG7110")]
    [InlineData(
        "{ type: object, properties: { a: { type: object, properties: { b: { type: array, items: { type: string } } } } } }",
        "{ a: { b: } }",
        "GOG7110"
    )]
    [InlineData("{ type: object, properties: { a: { x-kubernetes-int-or-string: true } } }", "{ a: null }", "GOG7110")]
    [InlineData("{ type: object, properties: { a: { x-kubernetes-preserve-unknown-fields: true } } }", "{ a: null }", "")]
    [InlineData("{ type: object, properties: { a: { type: string, default: x } } }", "{ a: null }", "")]
    [InlineData("{ type: object, additionalProperties: { type: string } }", "{ a: null }", "GOG7110")]
    [InlineData("{ type: object, properties: { a: { type: string } } }", "{ b: x }", "GOG7101")]
    [InlineData("{ type: object, properties: { a: { type: string } } }", "{ b: null }", "GOG7101")]
    [InlineData("{ type: object }", "{ b: 1 }", "GOG7101")]
    [InlineData("{ type: object, x-kubernetes-preserve-unknown-fields: true, properties: { a: { type: object } } }", "{ b: 1 }", "")]
    [InlineData("{ type: object, x-kubernetes-preserve-unknown-fields: true, properties: { a: { type: object } } }", "{ a: { b: 1 } }", "GOG7101")]
    [InlineData("{ type: object, additionalProperties: true }", "{ b: { c: 1 } }", "")]
    [InlineData("{ type: object, additionalProperties: { type: integer } }", "{ b: 1, c: x }", "GOG7103")]
    [InlineData("{ type: object, required: [a], properties: { a: { type: string } } }", "{}", "GOG7102")]
    [InlineData("{ type: object, required: [a], properties: { a: { type: string } } }", "{ a: null }", "GOG7102")]
    [InlineData("{ type: object, required: [a], properties: { a: { type: string, nullable: true } } }", "{ a: null }", "")]
    [InlineData("{ type: object, required: [a], properties: { a: { type: string, default: x } } }", "{}", "")]
    [InlineData("{ type: object, required: [a], properties: { a: { type: string, default: x } } }", "{ a: null }", "")]
    [InlineData("{ type: array, items: { type: string } }", "[a, null]", "GOG7103")]
    [InlineData("{ type: array, items: { type: string, nullable: true } }", "[a, null]", "")]
    [InlineData("{ x-kubernetes-int-or-string: true }", "1", "")]
    [InlineData("{ x-kubernetes-int-or-string: true }", "25%", "")]
    [InlineData("{ x-kubernetes-int-or-string: true }", "1.5", "GOG7103")]
    [InlineData("{ x-kubernetes-int-or-string: true }", "true", "GOG7103")]
    [InlineData("{ type: integer, minimum: 2 }", "1", "GOG7104")]
    [InlineData("{ type: integer, minimum: 2 }", "2", "")]
    [InlineData("{ type: integer, minimum: 2, exclusiveMinimum: true }", "2", "GOG7104")]
    [InlineData("{ type: integer, maximum: 9007199254740992 }", "9007199254740993", "GOG7104")]
    [InlineData("{ type: number, maximum: 2, exclusiveMaximum: true }", "2.0", "GOG7104")]
    [InlineData("{ type: integer, format: int32 }", "2147483648", "GOG7107")]
    [InlineData("{ type: integer, format: int32 }", "-2147483648", "")]
    [InlineData("{ type: integer }", "9223372036854775808", "GOG7103")]
    [InlineData("{ type: string, maxLength: 2 }", "\"\U0001F600\U0001F600\"", "")]
    [InlineData("{ type: string, minLength: 2 }", "\"\U0001F600\"", "GOG7104")]
    [InlineData("{ type: string, enum: [a, b] }", "c", "GOG7104")]
    [InlineData("{ type: array, minItems: 1, items: { type: string } }", "[]", "GOG7104")]
    [InlineData("{ type: array, maxItems: 1, items: { type: string } }", "[a, b]", "GOG7104")]
    [InlineData("{ type: object, minProperties: 1, properties: { a: { type: string, default: x } } }", "{}", "")]
    [InlineData("{ type: object, maxProperties: 1, additionalProperties: { type: string } }", "{ a: x, b: x }", "GOG7104")]
    [InlineData("{ type: array, x-kubernetes-list-type: set, items: { type: number } }", "[1, 1.0]", "GOG7104")]
    [InlineData(
        "{ type: array, x-kubernetes-list-type: set, items: { type: object, additionalProperties: { type: string } } }",
        "[{ a: x, b: z }, { b: z, a: x }]",
        "GOG7104"
    )]
    [InlineData("{ x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }] }", "true", "GOG7103")]
    [InlineData("{ x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }] }", "25%", "")]
    [InlineData("{ type: string, pattern: '^.$' }", "\"\U0001F600\U0001F600\"", "GOG7104")]
    [InlineData("{ type: array, uniqueItems: false, items: { type: string } }", "[a, a]", "")]
    [InlineData(
        "{ type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: { type: object, properties: { k: { type: string } } } }",
        "[{ k: a }, { k: a }]",
        "GOG7104"
    )]
    [InlineData(
        "{ type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: { type: object, properties: { k: { type: string } } } }",
        "[{}]",
        "GOG7102"
    )]
    [InlineData(
        "{ type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: { type: object, properties: { k: { type: string, default: a } } } }",
        "[{}, { k: a }]",
        "GOG7104"
    )]
    public void A_value_fits_or_does_not(string schema, string value, string codes) => Assert.Equal(codes, Crds.Check(schema, value).Codes());

    /// <summary>No known CRD uses these: whether the object is right or wrong, it counts as not checked in full.</summary>
    [Theory]
    [InlineData("{ type: number, multipleOf: 2 }", "4", "5")]
    [InlineData("{ type: number, maximum: 1e30 }", "1", "1e31")]
    [InlineData("{ type: array, uniqueItems: true, items: { type: string } }", "[a, b]", "[a, a]")]
    [InlineData("{ x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string, minLength: 2 }] }", "ab", "a")]
    [InlineData("{ x-kubernetes-int-or-string: true, allOf: [{ anyOf: [{ type: integer }, { type: string }] }] }", "1", "2")]
    [InlineData("{ anyOf: [{ type: integer }, { type: string }] }", "1", "true")]
    [InlineData("{ type: object, additionalProperties: { type: string }, oneOf: [{ required: [a] }, { required: [b] }] }", "{ a: x }", "{}")]
    [InlineData("{ type: object, additionalProperties: { type: string }, anyOf: [{ required: [a] }, { required: [b] }] }", "{ a: x }", "{}")]
    [InlineData("{ type: object, additionalProperties: { type: string }, allOf: [{ required: [a] }, { required: [b] }] }", "{ a: x, b: x }", "{}")]
    [InlineData("{ type: object, additionalProperties: { type: string }, not: { required: [a] } }", "{ b: x }", "{ a: x }")]
    [InlineData("{ type: string, pattern: '(?i)^a' }", "A", "b")]
    public void What_is_not_supported_leaves_a_gap(string schema, string right, string wrong)
    {
        Assert.Equal("GOG7203", Crds.Check(schema, right).Codes());
        Assert.Equal("GOG7203", Crds.Check(schema, wrong).Codes());
    }

    [Fact]
    public void What_is_not_supported_hides_no_other_finding() =>
        Assert.Equal(
            "GOG7102 GOG7203",
            Crds.Check("{ type: object, required: [b], properties: { b: { type: string } }, not: { required: [a] } }", "{}").Codes()
        );

    [Fact]
    public void What_is_not_supported_concerns_only_values_that_are_there() =>
        Assert.Equal("", Crds.Check("{ type: object, properties: { a: { type: string, format: uri } } }", "{}").Codes());

    [Theory]
    [InlineData("date-time", "2026-01-02T03:04:05Z", "2026-01-02 03:04:05Z")]
    [InlineData("date-time", "2026-01-02T03:04:05.1+01:00", "2026-02-30T03:04:05Z")]
    [InlineData("datetime", "2026-01-02t03:04:05z", "2026-01-02T03:04:60Z")]
    [InlineData("byte", "YQ==", "YQ=")]
    [InlineData("byte", "YWI=", "")]
    [InlineData("byte", "YWJj", "YQ==\\n")]
    [InlineData("byte", "YWJjYQ==", "YWJj YQ=")]
    [InlineData("byte", "+/+/", "-_-_")]
    [InlineData("byte", "YR==", "Y===")]
    public void Formats_are_enforced(string format, string right, string wrong)
    {
        Assert.Equal("", Crds.Check($"{{ type: string, format: {format} }}", $"\"{right}\"").Codes());
        Assert.Equal("GOG7104", Crds.Check($"{{ type: string, format: {format} }}", $"\"{wrong}\"").Codes());
    }

    /// <summary>https://github.com/kubernetes/apiextensions-apiserver, pkg/apiserver/validation/formats.go.</summary>
    [Theory]
    [InlineData("bsonobjectid uri email hostname ipv4 ipv6 cidr mac uuid uuid3 uuid4 uuid5 isbn isbn10 isbn13 creditcard", "GOG7203")]
    [InlineData("ssn hexcolor rgbcolor date duration k8s-short-name k8s-long-name", "GOG7203")]
    [InlineData("password int64 unheard-of", "")]
    public void Other_formats_that_the_server_enforces_leave_a_gap(string formats, string codes) =>
        Assert.All(formats.Split(' '), format => Assert.Equal(codes, Crds.Check($"{{ type: string, format: {format} }}", "x").Codes()));

    [Fact]
    public void A_finding_names_object_path_and_place()
    {
        var finding = Assert.Single(
            Crds.Check(
                "{ type: object, properties: { a: { type: array, items: { type: object, required: [p], properties: { p: { type: string } } } } } }",
                "{ a: [{ p: 1 }] }"
            ).Findings
        );

        Assert.StartsWith("Thing/a: spec.a[0].p must be a string", finding.Message, StringComparison.Ordinal);
        Assert.Equal("1:84", $"{finding.Span!.Value.Start.Line}:{finding.Span!.Value.Start.Column}");
    }

    [Fact]
    public void Findings_are_bounded()
    {
        var value = $"[{string.Join(", ", Enumerable.Repeat("1", 10_000))}]";

        Assert.InRange(Crds.Check("{ type: array, items: { type: string } }", value).Findings.Length, 2, 30);
    }

    [Theory]
    [InlineData("{ type: thing }")]
    [InlineData("{ $ref: '#/a' }")]
    [InlineData("{ type: string, pattern: 1 }")]
    [InlineData("{ type: integer, minimum: x }")]
    [InlineData("{ type: object, patternProperties: { a: { type: string } } }")]
    [InlineData("[]")]
    public void A_schema_that_cannot_be_read_is_reported_and_leaves_a_gap(string schema)
    {
        Assert.Equal("GOG7203", Crds.Check(schema, "x").Codes().Replace("GOG7103 ", "", StringComparison.Ordinal));
        Assert.Equal(
            "GOG7001",
            Assert.Single(Crds.Kinds(Crds.Definition(Crds.Of(schema))).Slots().SelectMany(slot => slot.Schema.Problems)).Rule.Code
        );
    }

    [Fact]
    public void An_embedded_object_needs_what_every_object_has()
    {
        const string Schema = "{ type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true }";

        Assert.Equal("", Crds.Check(Schema, "{ apiVersion: v1, kind: Secret, metadata: { name: a }, data: {} }").Codes());
        Assert.Equal("GOG7102 GOG7102", Crds.Check(Schema, "{}").Codes());
        Assert.Equal("GOG7102 GOG7102", Crds.Check(Schema, "{ apiVersion: '', kind: '', metadata: {} }").Codes());
        Assert.Equal("GOG7101", Crds.Check(Schema, "{ apiVersion: v1, kind: Secret, metadata: { name: a, b: c } }").Codes());
    }

    [Theory]
    [InlineData("apiVersion: a.b/v1, kind: XBucket", "")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: null", "")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: {}", "")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: { name: '' }", "")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: { name: Any_Name }", "")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: { generateName: Any_- }", "")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: { name: a/b }", "GOG7106")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: { generateName: a% }", "GOG7106")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: { namespace: a.b }", "GOG7106")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: { labels: { A.b/c: d } }", "GOG7106")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: { finalizers: [''] }", "GOG7106")]
    [InlineData("apiVersion: a.b/v1, kind: XBucket, metadata: [a]", "GOG7103")]
    [InlineData("apiVersion: a/b/v1, kind: XBucket", "GOG7106")]
    [InlineData("apiVersion: v1, kind: A_B", "GOG7106")]
    [InlineData("apiVersion: v1, kind: 1A", "GOG7106")]
    [InlineData("apiVersion: v1, kind: 1", "GOG7103")]
    public void An_embedded_object_needs_no_metadata_and_what_is_there_is_checked(string fields, string codes)
    {
        const string Schema = "{ type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true }";

        Assert.Equal(codes, Crds.Check(Schema, $"{{ {fields} }}").Codes());
        Assert.Equal(codes, Crds.Check(Schema, $"{{ {fields} }}", isServerSide: true).Codes());
    }

    [Theory]
    [InlineData("{ type: object, properties: { a: { type: string } } }", "{ a: null }", "GOG7103")]
    [InlineData("{ type: object, properties: { a: { type: string, nullable: true } } }", "{ a: null }", "")]
    [InlineData("{ type: object, properties: { a: { type: string, default: x } } }", "{ a: null }", "")]
    [InlineData("{ type: object, required: [a], properties: { a: { type: string } } }", "{ a: null }", "GOG7102")]
    [InlineData("{ type: object, additionalProperties: { type: string } }", "{ a: null }", "GOG7103")]
    [InlineData("{ type: object, properties: { a: { x-kubernetes-preserve-unknown-fields: true } } }", "{ a: null, b: null }", "GOG7101")]
    public void A_server_side_apply_refuses_a_null_that_a_creation_takes_out(string schema, string value, string codes) =>
        Assert.Equal(codes, Crds.Check(schema, value, isServerSide: true).Codes());

    /// <summary>A status that is a subresource is dropped on creation, when unknown fields have been refused.</summary>
    [Theory]
    [InlineData("{ a: x, n: 1, l: [{ k: a }, { k: a }, {}] }", "", "")]
    [InlineData("{ a: longer than it may be, n: 1.5, t: never }", "", "")]
    [InlineData("{ a: null, n: null, l: null, o: null }", "", "")]
    [InlineData("{}", "", "")]
    [InlineData("null", "", "")]
    [InlineData("{ a: 1 }", "GOG7110", "GOG7103")]
    [InlineData("{ l: [{ k: 1 }, a] }", "GOG7110 GOG7110", "GOG7103 GOG7103")]
    [InlineData("[]", "GOG7110", "GOG7103")]
    [InlineData("{ i: true }", "", "")]
    [InlineData("{ i: [] }", "GOG7110", "GOG7103")]
    [InlineData("{ b: 1, l: [{ b: 1 }], o: { x: 1 } }", "GOG7101 GOG7101", "GOG7101 GOG7101")]
    [InlineData("{ a: { b: 1 } }", "GOG7110 GOG7101", "GOG7103 GOG7101")]
    public void Of_a_status_only_types_and_unknown_fields_are_checked(string status, string created, string applied)
    {
        const string Schema =
            "{ type: object, required: [r], properties: { r: { type: string }, a: { type: string, maxLength: 3 }, n: { type: integer, minimum: 2 }, "
            + "t: { type: string, format: date-time }, i: { x-kubernetes-int-or-string: true }, o: { type: object, x-kubernetes-preserve-unknown-fields: true }, "
            + "l: { type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: { type: object, required: [k], properties: { k: { type: string } } } } } }";

        Assert.Equal(created, Crds.CheckStatus(Schema, status, isServerSide: false).Codes());
        Assert.Equal(applied, Crds.CheckStatus(Schema, status, isServerSide: true).Codes());
    }
}
