using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GitOpsGen.Cli.Graphs;

/// <summary>
/// A picture as trees: what nothing needs, and below each package what it needs. What was shown with its branches is not unfolded again, so
/// that the text is as long as the graph and not as its number of paths.
/// </summary>
internal sealed class TextPicture
{
    // Deeper branches begin again at the margin: real closures have four levels, and a chain of thousands would be all indentation.
    private const int Deepest = 32;

    private readonly StringBuilder text = new();
    private readonly ILookup<PictureBox, PictureArrow> needs;
    private readonly HashSet<PictureBox> unfolded = [];
    private readonly Queue<PictureBox> postponed = new();

    private TextPicture(Picture picture)
    {
        needs = picture.Arrows.Where(arrow => !arrow.To.IsCore).ToLookup(arrow => arrow.From);
        text.Append(CultureInfo.InvariantCulture, $"{picture.Title}\n");
        foreach (var core in picture.Loose.Where(box => box.IsCore))
        {
            text.Append(CultureInfo.InvariantCulture, $"{core.Package} {core.Detail}, the core\n");
        }

        AppendTrees(picture);
    }

    public static string Of(ImmutableArray<Picture> pictures) => string.Join('\n', pictures.Select(picture => new TextPicture(picture).text));

    private void AppendTrees(Picture picture)
    {
        var all = picture.Clusters.SelectMany(cluster => cluster.Boxes).OrderBy(box => box.Package).ToList();
        var needed = picture.Arrows.Select(arrow => arrow.To).ToHashSet();

        // In a circle, everything is needed: whatever is left then begins a tree of its own.
        foreach (var root in all.Where(box => !needed.Contains(box)).Concat(all).Where(box => !unfolded.Contains(box)))
        {
            AppendTree(root);
            while (postponed.TryDequeue(out var later))
            {
                AppendTree(later);
            }
        }
    }

    private void AppendTree(PictureBox root)
    {
        var open = new Stack<(PictureBox Box, string Constraint, string Indent, string Branch)>([(root, "", "", "")]);
        while (open.TryPop(out var next))
        {
            var (box, constraint, indent, branch) = next;
            var isTooDeep = branch.Length > 0 && indent.Length / 3 > Deepest;
            var isNew = !isTooDeep && unfolded.Add(box);
            var hasMore = !isNew && needs[box].Any();
            text.Append(CultureInfo.InvariantCulture, $"{indent}{branch}{box.Package} {box.Detail}{constraint}{(hasMore ? isTooDeep ? " (unfolded below)" : " (unfolded above)" : "")}\n");
            if (isTooDeep && hasMore && !unfolded.Contains(box) && !postponed.Contains(box))
            {
                postponed.Enqueue(box);
            }

            if (isNew)
            {
                var below = indent + (branch.Length == 0 ? "" : branch == "└─ " ? "   " : "│  ");
                foreach (var (i, arrow) in needs[box].Index().Reverse())
                {
                    open.Push((arrow.To, $" ({Quoted(arrow)})", below, i == needs[box].Count() - 1 ? "└─ " : "├─ "));
                }
            }
        }
    }

    private static string Quoted(PictureArrow arrow) => arrow.Constraint.Text.Length == 0 ? "any version" : arrow.Constraint.Text;
}
