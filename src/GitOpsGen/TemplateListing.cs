namespace GitOpsGen;

/// <summary>One line of <c>template list</c>.</summary>
/// <param name="Path">The path below the folder of templates, without its suffix; of an ignored file the path as it is printed.</param>
/// <param name="State">Where it comes from.</param>
/// <param name="File">The user's file, where there is one.</param>
/// <param name="IsUnused">Whether it writes nothing of its own, and no template includes it by a literal name.</param>
public sealed record TemplateListing(string Path, TemplateState State, string? File, bool IsUnused);

/// <summary>Where a template comes from.</summary>
public enum TemplateState
{
    /// <summary>Only in the program.</summary>
    BuiltIn,

    /// <summary>The user's says something else than the built-in one.</summary>
    Overridden,

    /// <summary>The user's says what the built-in one says, which is used.</summary>
    Equal,

    /// <summary>The user's, where there is no built-in one.</summary>
    Added,

    /// <summary>A file that is no template.</summary>
    Ignored,
}
