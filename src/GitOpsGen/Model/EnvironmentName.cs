namespace GitOpsGen.Model;

/// <summary>
/// The name of an environment, one Crossplane control plane: a DNS label that can be a folder on every platform. The name
/// <c>registries</c> is reserved: <c>iam/registries/</c> contains what does not belong to a single environment.
/// </summary>
internal sealed partial record EnvironmentName(string Value) : IComparable<EnvironmentName>
{
    private const int NamesShown = 20;

    public static Grammar Grammar { get; } =
        new(Form(), "a DNS label (a-z, 0-9 and -, at most 63) other than 'registries' and Windows device names such as con or nul");

    /// <summary>A sentence with the names that there are, for who gave another one.</summary>
    public static string KnownNames(IReadOnlyCollection<EnvironmentName> names) =>
        names.Count switch
        {
            0 => "There are no environments: add one to the settings.",
            <= NamesShown => $"Environments are {string.Join(", ", names)}.",
            _ => $"Environments are {string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more.",
        };

    /// <summary>Some environments in a sentence: <c>environment dev</c>, <c>environments dev, test and 38 more</c>.</summary>
    public static string TextOf(ImmutableArray<EnvironmentName> names) =>
        names switch
        {
            [var one] => $"environment {one}",
            { Length: <= 4 } => $"environments {string.Join(", ", names)}",
            _ => $"environments {string.Join(", ", names.Take(3))} and {names.Length - 3} more",
        };

    public static bool TryParse(string text, [NotNullWhen(true)] out EnvironmentName? name) => Grammar.TryRead(text, text => new(text), out name);

    public int CompareTo(EnvironmentName? other) => string.CompareOrdinal(Value, other?.Value);

    public override string ToString() => Value;

    [GeneratedRegex("^(?!(?:registries|con|prn|aux|nul|com[0-9]|lpt[0-9])$)(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex Form();
}
