using GitOpsGen.Inputs;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Output;

namespace GitOpsGen.Publishing;

/// <summary>The commit that is published, and the history that it is in.</summary>
internal sealed class PublishSource
{
    private readonly GitRepository repository;
    private readonly string name;

    private PublishSource(GitRepository repository, GitTree head, bool isDirty, string name)
    {
        this.repository = repository;
        Head = head;
        IsDirty = isDirty;
        this.name = name;
    }

    /// <summary>The files of the commit.</summary>
    public GitTree Head { get; }

    /// <summary>Whether the work tree differs from it.</summary>
    public bool IsDirty { get; }

    public string Commit => Head.Commit!;

    /// <summary>The value of the trailer.</summary>
    public string Trailer => $"{name}@{Commit}{(IsDirty ? SourceTrailer.Dirty : "")}{RootInTrailer}";

    /// <summary>How the trailer ends.</summary>
    public string RootInTrailer => IsTop ? "" : $":{repository.Place}";

    private bool IsTop => repository.Place == ".";

    /// <summary>Finds the commit that is checked out in a root.</summary>
    /// <exception cref="GitException">Git cannot be run.</exception>
    public static Result<PublishSource> Find(string root, PublishRequest request, CancellationToken cancellation)
    {
        var (repository, refused) = GitRepository.Open(root, cancellation);
        if (repository is null)
            return new(null, refused);
        var (head, found) = repository.At("HEAD");
        if (head is null)
            return new(null, found);
        var changed = repository.Uncommitted();
        if (changed.Length > 0 && !request.AllowsDirty)
        {
            var names = Excerpt.Names([.. changed.Select(path => Excerpt.Of(path))], 5);
            return new(
                null,
                [
                    new(
                        Rules.DirtyTree,
                        $"The work tree differs from its commit: {names}.",
                        "Commit or remove that, or publish it as it is with --allow-dirty.",
                        null
                    ),
                ]
            );
        }

        var name = request.SourceRepository ?? repository.Origin ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(root));
        return new(new(repository, head, changed.Length > 0, RemoteAddress.WithoutUser(name)), []);
    }

    /// <summary>A commit of this repository, to compare with; <see langword="null"/> if it is not here.</summary>
    public GitTree? At(string commit) => repository.At(commit).Value;

    /// <summary>Whether what a branch has comes from a commit that is before this one, this one, or after it.</summary>
    public SourceOrder OrderOf(string published) =>
        published == Commit ? SourceOrder.Before
        : At(published) is null ? SourceOrder.Unknown
        : repository.IsAncestor(published, Commit) ? SourceOrder.Before
        : repository.IsAncestor(Commit, published) ? SourceOrder.After
        : repository.IsShallow ? SourceOrder.Unknown
        : SourceOrder.Aside;

    /// <summary>
    /// Whether what a branch has comes from this root. Trailers of the top name none, and nor did those of any root once: then it is the top's
    /// if the top had settings.
    /// </summary>
    public bool IsSameRoot(PublishedSource published) =>
        published.Root is { } root
            ? root == repository.Place
            : IsTop || At(published.Commit)?.KindOf(repository.FullOf(InputTree.SettingsPath.Value)) != DiskEntryKind.File;

    /// <summary>What gets the history that tells.</summary>
    public string Fetch(string commit) => repository.IsShallow ? "git fetch --unshallow --filter=tree:0 origin" : $"git fetch origin {commit}";
}

/// <summary>How a published commit is to the one that is to be published.</summary>
internal enum SourceOrder
{
    Before,
    After,
    Aside,
    Unknown,
}
