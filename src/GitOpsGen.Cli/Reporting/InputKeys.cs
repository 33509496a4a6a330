using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Reporting;

/// <summary>The keys that lead to places in the files that a command has read. A file is parsed when somebody asks.</summary>
internal sealed class InputKeys(InputTree inputs)
{
    private readonly Dictionary<string, YamlNode?> documents = new(StringComparer.Ordinal);

    public string At(SourceSpan span)
    {
        if (!documents.TryGetValue(span.File, out var root))
            documents.Add(span.File, root = inputs.ContentOf(span.File) is { } text ? YamlReader.Read(span.File, text.Span).Value : null);

        return root is null ? "" : KeyPath.At(root, span.Start);
    }
}
