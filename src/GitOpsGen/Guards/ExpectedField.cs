using System.Collections.Immutable;
using GitOpsGen.Yaml;

namespace GitOpsGen.Guards;

/// <summary>What one field of an object has to say.</summary>
/// <param name="Path">The keys that lead to it.</param>
/// <param name="Wanted">What it should be, as it stands in a sentence.</param>
/// <param name="IsMet">Whether what is there, or that nothing is there, is as it should be.</param>
internal sealed record ExpectedField(ImmutableArray<string> Path, string Wanted, Func<YamlNode?, bool> IsMet)
{
    /// <summary>The field as it stands in a sentence.</summary>
    public string Name => string.Join('.', Path);

    /// <summary>Exactly this text.</summary>
    public static ExpectedField Text(string value, params ImmutableArray<string> path) =>
        new(path, $"'{value}'", node => YamlScalar.TextOf(node) == value);

    /// <summary>A flag that is off where it is not there.</summary>
    public static ExpectedField Flag(bool value, params ImmutableArray<string> path) =>
        new(
            path,
            value ? "true" : "absent or false",
            node =>
                node is YamlScalar { Kind: ScalarKind.Boolean } flag
                    ? flag.Text.Equals("true", StringComparison.OrdinalIgnoreCase) == value
                    : node is null && !value
        );

    /// <summary>Nothing at all.</summary>
    public static ExpectedField Absent(params ImmutableArray<string> path) => new(path, "absent", node => node is null);

    /// <summary>What is there in an object; <see langword="null"/> where nothing is.</summary>
    public YamlNode? In(YamlNode target) => Path.Aggregate((YamlNode?)target, (node, key) => (node as YamlMapping)?[key]);
}
