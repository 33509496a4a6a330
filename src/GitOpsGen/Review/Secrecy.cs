namespace GitOpsGen.Review;

/// <summary>What a report hides at a place in an object: what is below a Secret, and long texts whose keys sound like one.</summary>
internal readonly record struct Secrecy
{
    private const int LongestHarmless = 15;

    private static readonly string[] SecretWords = ["password", "passwd", "token", "secret", "key", "credential"];

    // Only at the top: the data of a Secret is directly below it.
    private bool IsSecretObject { get; init; }

    private bool IsAll { get; init; }

    private bool IsNamed { get; init; }

    // Below an item of a list that is called like a secret, every key is.
    private bool IsItem { get; init; }

    /// <summary>At the top of the two sides of an object.</summary>
    public static Secrecy Of(YamlNode? before, YamlNode? after) => new() { IsSecretObject = IsSecret(before) || IsSecret(after) };

    public Secrecy Below(string key) =>
        new()
        {
            IsAll = IsAll || (IsSecretObject && key is "data" or "stringData"),
            IsNamed = IsItem || SoundsSecret(key),
            IsItem = IsItem,
        };

    /// <summary>In an item of a list. The name of an environment variable says what its value is.</summary>
    public Secrecy InItem(string name) => this with { IsItem = SoundsSecret(name) };

    /// <inheritdoc cref="InItem(string)"/>
    public Secrecy InItem(YamlNode item) => item is YamlMapping mapping && YamlScalar.TextOf(mapping["name"]) is { } name ? InItem(name) : this;

    /// <summary>Whether the value here is not shown.</summary>
    public bool Hides(YamlScalar value) => IsAll || (IsNamed && value is { Kind: ScalarKind.String, Text.Length: > LongestHarmless });

    private static bool IsSecret(YamlNode? node) => node is YamlMapping mapping && YamlScalar.TextOf(mapping["kind"]) == "Secret";

    private static bool SoundsSecret(string name) => SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
