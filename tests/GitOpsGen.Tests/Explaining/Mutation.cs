using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsGen.Diagnostics;
using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen.Tests.Explaining;

/// <summary>Another value in place of one that the user wrote: one that can stand there, and from which something else follows.</summary>
internal static partial class Mutation
{
    /// <summary>The texts with other values at these places; <see langword="null"/> where there is no other value.</summary>
    public static ImmutableDictionary<string, string>? Of(ImmutableDictionary<string, string> texts, IEnumerable<ExplainedOrigin> origins)
    {
        // From the end, so that places before stay where they are.
        foreach (var origin in origins.OrderByDescending(origin => origin.Span!.Value.Start))
        {
            var (file, start, end) = origin.Span!.Value;
            var text = texts[file];
            var (from, to) = (Offset(text, start), Offset(text, end));
            if (Other(origin.Key, text[from..to]) is not { } other)
                return null;
            texts = texts.SetItem(file, text[..from] + other + Locked().Replace(text[to..], match => WithTag(match, text[from..to], other), 1));
        }

        return texts;
    }

    // A version moves with the tag that it is locked by, or the entry would be stale.
    private static string WithTag(Match locked, string version, string other) =>
        locked.Groups[2].Value == version.Trim('"', '\'') ? locked.Groups[1].Value + other.Trim('"', '\'') : locked.Value;

    private static string? Other(string key, string written)
    {
        var isQuoted = written[0] is '"' or '\'';
        var value = isQuoted ? written[1..^1] : written;
        var name = key[(key.LastIndexOfAny(['.', ']']) + 1)..];
        return (name, value) switch
        {
            ("version", _) => Quoted(LastNumber().Replace(value, match => Next(match.Value), 1)),
            ("locked", _) => Quoted(value[..^1] + (value[^1] == '0' ? '1' : '0')),
            ("kind", "Provider") => "Function",
            ("kind", "Function" or "Configuration") => "Provider",
            ("kind", "ConfigMap") => "Secret",
            ("kind", "Secret") => "ConfigMap",
            ("provider", _) => value == "aws" ? "gcp" : "aws",
            ("kind", _) => value == "Bucket" ? "GitRepository" : "Bucket",
            ("engine", _) => null,
            ("install", _) => value == "direct" ? "rewrite" : "direct",
            ("pin", _) => value == "digest" ? "tag" : "digest",
            ("interval" or "retryInterval" or "timeout", _) => "77m",
            ("account", _) => Quoted(OtherAccount(value)),
            ("region", _) => OtherRegion(value),
            ("host", _) => Ecr().IsMatch(value) ? OtherRegistry(value) : $"x{value}",
            ("repository", _) when Ecr().IsMatch(value) => OtherRegistry(value) + "x",
            ("package", _) => Quoted(string.Join("/", value.Split('/').Select((part, i) => i == 0 ? part : $"{part}x"))),
            ("role", _) or (_, _) when value.StartsWith("arn:", StringComparison.Ordinal) => Quoted(
                Account().Replace(value, match => OtherAccount(match.Value)) + "x"
            ),
            _ when written.StartsWith('{') || written.StartsWith('[') || written.Contains('\n', StringComparison.Ordinal) => null,
            _ when !isQuoted && value is "true" or "false" => value == "true" ? "false" : "true",
            _ when !isQuoted && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => (
                number + 1
            ).ToString(CultureInfo.InvariantCulture),
            _ => Quoted($"{value}x"),
        };
    }

    private static string OtherRegistry(string value) =>
        Region().Replace(Account().Replace(value, match => OtherAccount(match.Value)), match => OtherRegion(match.Value));

    private static string OtherAccount(string account) => account[..^1] + (account[^1] == '0' ? '1' : '0');

    // Of the same partition.
    private static string OtherRegion(string region) =>
        region switch
        {
            "cn-north-1" => "cn-northwest-1",
            _ when region.StartsWith("cn-", StringComparison.Ordinal) => "cn-north-1",
            "us-gov-west-1" => "us-gov-east-1",
            _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "us-gov-west-1",
            _ when region.Contains("iso", StringComparison.Ordinal) || region.StartsWith("eusc", StringComparison.Ordinal) => null!,
            "eu-west-2" => "eu-west-1",
            _ => "eu-west-2",
        };

    private static string Next(string number) => (long.Parse(number, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static int Offset(string text, SourcePosition position)
    {
        var offset = 0;
        for (var line = 1; line < position.Line; line++)
            offset = text.IndexOf('\n', offset) + 1;
        return offset + position.Column - 1;
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"(locked:\s*[""']?)([^@\s]+)(?=@)")]
    private static partial Regex Locked();

    [GeneratedRegex("[0-9]{12}")]
    private static partial Regex Account();

    [GeneratedRegex("(?<=ecr(?:-fips)?\\.|ecr\\.|dkr-ecr\\.)[a-z0-9-]+(?=\\.)")]
    private static partial Regex Region();

    [GeneratedRegex("[0-9]{12}\\.dkr[.-]ecr")]
    private static partial Regex Ecr();

    [GeneratedRegex("(?<=\\.)[0-9]+(?=$|[-+])")]
    private static partial Regex LastNumber();
}
