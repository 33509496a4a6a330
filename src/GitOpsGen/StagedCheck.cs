using GitOpsGen.Inputs;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Output;

namespace GitOpsGen;

/// <summary>
/// Whether the next commit has the output that its own inputs give. A look at the disk does not tell: new files may be rendered there and
/// not added, and then the commit lacks them.
/// </summary>
internal sealed class StagedCheck
{
    // A message names as many; a command that has to name more adds all of them.
    private const int MaximumNames = 5;

    private readonly InputTree inputs;
    private readonly GitTree index;
    private readonly Outcome outcome;
    private readonly OutputFolder folder;
    private readonly CancellationToken cancellation;
    private readonly DiskView disk;
    private readonly ImmutableArray<string> unstaged;

    private StagedCheck(InputTree inputs, GitTree index, Outcome outcome, CancellationToken cancellation)
    {
        this.inputs = inputs;
        this.index = index;
        this.outcome = outcome;
        this.cancellation = cancellation;
        folder = new(inputs.Root, outcome.Output!);
        disk = new(folder);
        unstaged = [.. Unstaged().Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Renders what the index holds, compares it with the output there, and says how the two become equal; writes nothing.</summary>
    /// <exception cref="GitException">Git cannot be run, or fails.</exception>
    public static Outcome Run(InputTree inputs, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var (repository, refused) = GitRepository.Open(inputs.Root, cancellation);
        if (repository is null)
            return new() { Diagnostics = refused };
        var index = repository.Index;
        var outcome = Generator.Check(inputs.In(index), options, progress, cancellation);
        return outcome is { Output: not null, Rendered: { } rendered } && (!outcome.Changes.IsEmpty || outcome.HasErrors)
            ? new StagedCheck(inputs, index, outcome, cancellation).Advise(rendered)
            : outcome;
    }

    private Outcome Advise(FileTree rendered)
    {
        var onDisk = outcome.Changes.Where(change => IsOnDisk(change.Path, change.New)).Select(change => change.Path).ToHashSet();
        var others = Disowned(rendered).ToImmutableArray();
        onDisk.UnionWith(others.Select(change => change.Path));
        var shown = onDisk.Select(path => folder.Display(path.Value)).ToHashSet(StringComparer.Ordinal);

        ImmutableArray<Change> changes =
        [
            .. outcome
                .Changes.Select(change => change.Kind == ChangeKind.Edited && onDisk.Contains(change.Path) ? Owned(change) : change)
                .Concat(others)
                .OrderBy(change => change.Path),
        ];
        return outcome with
        {
            Diagnostics = outcome.Diagnostics.RemoveAll(found => IsAboutOwner(found) && shown.Contains(found.Span!.Value.File)),
            Changes = changes,
            OutOfDate =
            [
                .. changes.Where(change => change.Kind != ChangeKind.Edited).Select(change => Finding(change, onDisk.Contains(change.Path))),
            ],
            Staging = changes.IsEmpty ? null : Command(changes.All(change => onDisk.Contains(change.Path))),
        };
    }

    // Whoever adds a file without its ledger, or a ledger without its files, edited nothing by hand.
    private static bool IsAboutOwner(Diagnostic found) => found.Rule == Rules.EditedFile || found.Rule == Rules.ForeignFile;

    private static Change Owned(Change change) => change with { Kind = change.New is null ? ChangeKind.Removed : ChangeKind.Changed };

    // Files that the staged ledger does not know, though they are what was rendered before, or after.
    private IEnumerable<Change> Disowned(FileTree rendered)
    {
        var there = index.Output(folder, cancellation);
        foreach (var found in outcome.Diagnostics.Where(found => found.Rule == Rules.ForeignFile))
        {
            var path = RelativePath.Parse(found.Span!.Value.File[(folder.Path.Value.Length + 1)..]);
            if (rendered.TryGet(path, out var file) && IsOnDisk(path, file.Content))
            {
                var old = there.ReadUnless(path.Value, null)!;
                yield return new(path, ChangeKind.Changed, file.Content) { Old = old.Content, OldLength = old.Length };
            }
        }
    }

    private Diagnostic Finding(Change change, bool isOnDisk)
    {
        var found = OutputFindings.OutOfDate(folder, change);
        return found with
        {
            Message = !isOnDisk
                ? found.Message
                : change.Kind switch
                {
                    ChangeKind.Added => "This file is rendered, but not added to the index.",
                    ChangeKind.Removed => "This file is gone from the disk, but not from the index.",
                    _ => "This file is rendered, but the index has it as it was before.",
                },
            Fix =
                isOnDisk || unstaged.IsEmpty
                    ? $"Run '{Command(isOnDisk)}'."
                    : $"{Excerpt.Names(unstaged, MaximumNames)} {(unstaged.Length == 1 ? "differs" : "differ")} between the disk and the index: run '{Command(isOnDisk)}'.",
        };
    }

    private string Command(bool isOnDisk)
    {
        var add = Add(folder.Path.Value);
        return isOnDisk ? add
            : unstaged.IsEmpty ? $"gitopsgen render{index.AtRoot} && {add}"
            : $"{Add(unstaged.Length > MaximumNames ? ["--all", "."] : [.. unstaged])} && gitopsgen render{index.AtRoot} && {add}";
    }

    private string Add(params IEnumerable<string> words) => $"git{index.AtRoot} add {string.Join(' ', words.Select(ShellWord.InMessage))}";

    // Git may write other line ends into the work tree, and takes them out again.
    private bool IsOnDisk(RelativePath path, ReadOnlyMemory<byte>? content)
    {
        try
        {
            var isThere = disk.Look(path.Value).Kind == DiskEntryKind.File;
            if (content is not { } expected || !isThere)
                return !isThere && content is null;
            return disk.ReadUnless(path.Value, expected) is not { } file || (file.Content is { } other && IsEqual(other, expected));
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            return false;
        }
    }

    private static bool IsEqual(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) => WithoutReturns(one).SequenceEqual(WithoutReturns(other));

    private static IEnumerable<byte> WithoutReturns(ReadOnlyMemory<byte> content) => content.ToArray().Where(b => b != '\r');

    // Rendering again helps nobody whose inputs are not staged.
    private IEnumerable<string> Unstaged()
    {
        var files = new DiskFiles(_ => { }, _ => false);
        var read = inputs.FilesRead.ToList();
        foreach (var (full, file) in read)
        {
            var there = files.Read(full, file.Path, cancellation).Content;
            if (there is { } one && file.Content is { } other ? !IsEqual(one, other) : there.HasValue != file.Content.HasValue)
                yield return file.Path;
        }

        if (Project.ReadSettings(inputs.In(index), cancellation).Value is not { } settings)
            yield break;
        var known = read.Select(pair => pair.File.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var file in inputs.ReadTemplates(settings.Templates, cancellation).Templates.Where(file => !known.Contains(file.Path)))
            yield return file.Path;
    }
}
