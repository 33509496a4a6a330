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
        var (rendered, _) = new TreeRenderer(replaced, plan, cancellation, ExtrasIn(tree, templates)).Render(jobs, () => { });
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

    // The engine applies a folder for the extras only if there are some. What the user adds to other folders changes nothing elsewhere.
    private static ILookup<string, OutputFile> ExtrasIn(FileTree tree, TemplateSet templates) =>
        tree
            .Files.Where(file =>
                OwnFiles.FolderOf(file.Path.Value) == OwnFiles.Extras && templates.OfFile(file.Template!) is { } template && OwnFiles.IsOwn(template)
            )
            .ToLookup(file => file.Path.Value.Split('/')[1], StringComparer.Ordinal);
}
