using Scriban;

namespace GitOpsGen.Rendering;

/// <summary>A parsed template. Immutable: it renders on any number of threads at once.</summary>
internal sealed class TemplateFile
{
    internal TemplateFile(TemplatePath path, string file, Template template)
    {
        Path = path;
        File = file;
        Template = template;
    }

    public TemplatePath Path { get; }

    /// <summary>The path as diagnostics print it.</summary>
    public string File { get; }

    internal Template Template { get; }
}
