using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Controllers;

/// <summary>What a controller asks of the values at one path, though the schema does not.</summary>
/// <param name="Path">Names with dots between them; <c>[]</c> stands for every item of a list.</param>
/// <param name="Objection">What is wrong with a value there, to follow its path; nothing where it is fine. Never called where nothing stands.</param>
/// <param name="Fix">One sentence.</param>
internal sealed record ControllerRule(string Path, Func<YamlNode, string?> Objection, string Fix)
{
    /// <summary>Whether the controller takes the object all the same, but hardly as it was meant.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The path in its parts; an item of a list is an empty one.</summary>
    public string[] Segments { get; } = Path.Length == 0 ? [] : Path.Replace("[]", ".", StringComparison.Ordinal).Split('.');
}
