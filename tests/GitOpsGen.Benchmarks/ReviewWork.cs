using System.Diagnostics;
using GitOpsGen.Cli.Review;
using GitOpsGen.Inputs;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Model;

namespace GitOpsGen.Benchmarks;

/// <summary>Parts of <c>diff</c>, in this process.</summary>
internal sealed class ReviewWork
{
    private readonly string root;
    private readonly HashSet<string> changed;
    private readonly Lazy<ReviewPage> page;

    /// <param name="root">A repository with a change in its work tree, rendered.</param>
    public ReviewWork(string root)
    {
        this.root = root;
        changed = [.. Run.Shell(root, "git diff --name-only --relative=manifests --diff-filter=M HEAD").Output.Split('\n')];
        page = new(() =>
            new(Generator.Review(new(root), new(), Sides(), null, CancellationToken.None).Report!, new("0000000", "the work tree", "."))
        );
    }

    /// <summary>How long it takes to read base: its inputs, the names of its output, and those of its files that differ.</summary>
    public TimeSpan ReadBase()
    {
        var tree = Sides().Base;
        var watch = Stopwatch.StartNew();
        var inputs = new InputTree(root).Before(tree);
        tree.Foresee(InputTree.UsualPlaces);
        inputs.ReadSettings(CancellationToken.None);
        inputs.ReadLockfile(RelativePath.Parse("packages.lock.yaml"), CancellationToken.None);
        var output = tree.FilesIn(RelativePath.Parse("manifests"));
        var read = tree.Read([.. output.Where(file => changed.Contains(file.Path)).Select(file => file.Id).Distinct()]);
        watch.Stop();
        return read.Count > 0 ? watch.Elapsed : throw new InvalidOperationException("Nothing differs.");
    }

    /// <summary>How long it takes to write what changes as markdown, in the usual length.</summary>
    public TimeSpan WriteMarkdown()
    {
        var report = page.Value;
        var watch = Stopwatch.StartNew();
        var text = new MarkdownPage(report, new(MarkdownOptions.UsualLength, [])).Write();
        watch.Stop();
        return text.Contains("Cut at ", StringComparison.Ordinal) ? watch.Elapsed : throw new InvalidOperationException("Nothing had to be cut.");
    }

    private ReviewSides Sides() => ReviewSides.Find(GitRepository.Open(root, CancellationToken.None).Value!, null, null).Value!;
}
