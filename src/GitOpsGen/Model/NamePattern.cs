using System.IO.Enumeration;

namespace GitOpsGen.Model;

/// <summary>A name, or a glob over names: <c>*</c> matches any characters, <c>?</c> one.</summary>
internal sealed partial record NamePattern(string Value)
{
    public static Grammar Grammar { get; } = new(Form(), "a name or a glob of a-z, 0-9, -, * and ?, such as prod-eu or \"preview-*\"");

    /// <summary>Whether this is a glob, so that matching nothing may be meant.</summary>
    public bool IsGlob => Value.AsSpan().ContainsAny('*', '?');

    public static bool TryParse(string text, [NotNullWhen(true)] out NamePattern? pattern) => Grammar.TryRead(text, text => new(text), out pattern);

    public bool Matches(string name) => FileSystemName.MatchesSimpleExpression(Value, name, ignoreCase: false);

    public override string ToString() => Value;

    [GeneratedRegex("^(?=.{1,63}$)[a-z0-9*?-]+$")]
    private static partial Regex Form();
}
