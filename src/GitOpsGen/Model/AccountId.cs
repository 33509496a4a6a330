namespace GitOpsGen.Model;

/// <summary>An AWS account: 12 digits, leading zeros included.</summary>
internal sealed partial record AccountId(string Value)
{
    public static Grammar Grammar { get; } = new(Form(), "an AWS account id: a quoted string of exactly 12 digits, such as \"123456789012\"");

    public static bool TryParse(string text, [NotNullWhen(true)] out AccountId? account) => Grammar.TryRead(text, text => new(text), out account);

    public override string ToString() => Value;

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex Form();
}
