using Scriban;

namespace GitOpsGen.Rendering;

/// <summary>A parsed template. Immutable: it renders on any number of threads at once.</summary>
internal sealed class TemplateFile
{
    internal TemplateFile(TemplatePath path, TemplateSource source, Template template)
    {
        Path = path;
        File = source.File;
        Text = source.Text;
        IsUsers = source.IsUsers;
        Template = template;
    }

    public TemplatePath Path { get; }

    /// <summary>The path as diagnostics print it.</summary>
    public string File { get; }

    /// <summary>Its text as it was read.</summary>
    public string Text { get; }

    /// <summary>Whether the user wrote it: what it renders is compared with the plan.</summary>
    public bool IsUsers { get; }

    internal Template Template { get; }
}
