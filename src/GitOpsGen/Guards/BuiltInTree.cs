using GitOpsGen.Model;
using GitOpsGen.Planning;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Templates;

namespace GitOpsGen.Guards;

/// <summary>What the built-in templates alone write for a plan: the specification of what the user's may not change.</summary>
internal static class BuiltInTree
{
    /// <summary>The tree of the built-in templates. Only those that the user's replace are rendered again; files with equal bytes are the same.</summary>
    public static FileTree Of(TemplateSet templates, Plan plan, FileTree tree, int jobs, CancellationToken cancellation)
    {
        var replaced = templates.Replaced();
        var kept = replaced == TemplateSet.BuiltIn ? [] : tree.Files.Where(file => templates.OfFile(file.Template!)?.IsUsers == false);
        var (rendered, _) = new TreeRenderer(replaced, plan, cancellation, ExtrasIn(tree)).Render(jobs, () => { });
        return new(
            kept.Concat(
                rendered.Files.Select(file =>
                    tree.TryGet(file.Path, out var there) && there.Content.Span.SequenceEqual(file.Content.Span)
                        ? file with
                        {
                            Content = there.Content,
                        }
                        : file
                )
            )
        );
    }

    // The built-in templates list the user's extras.
    private static ILookup<string, OutputFile> ExtrasIn(FileTree tree) =>
        tree
            .Files.Select(file => (File: file, Segments: file.Path.Value.Split('/')))
            .Where(pair =>
                pair.Segments is ["overlays", _, "packages", "extras", .., var name] && (name != "kustomization.yaml" || pair.Segments.Length > 5)
            )
            .ToLookup(pair => pair.Segments[1], pair => pair.File, StringComparer.Ordinal);
}
