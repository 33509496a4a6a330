namespace GitOpsGen.Output;

/// <summary>The folder that <c>render</c> writes: where it is, and how its files are named in messages.</summary>
/// <param name="root">The root of the user's repository, the only folder whose own path may hold symbolic links.</param>
/// <param name="path">The setting <c>output</c>.</param>
internal sealed class OutputFolder(string root, RelativePath path)
{
    /// <summary>Where changed files are prepared; below the output, so that a rename never leaves the file system.</summary>
    public const string Staging = ".gitopsgen-staging";

    /// <summary>The lock file: whoever holds it open may write.</summary>
    public const string Lock = ".gitopsgen-lock";

    private readonly string root = System.IO.Path.GetFullPath(root);
    private readonly string full = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, path.Value));

    public RelativePath Path { get; } = path;

    /// <summary>The command that brings files here, and its option that replaces what somebody edited.</summary>
    public (string Name, string Force) Command { get; init; } = ("render", "--force");

    /// <summary>The place on this machine of a path relative to the output; of the output itself for the empty text.</summary>
    public string Full(string relative) => relative.Length == 0 ? full : $"{full}/{relative}";

    /// <summary>The path as it is printed: relative to the root.</summary>
    public string Display(string relative) => relative.Length == 0 ? Path.Value : $"{Path.Value}/{relative}";

    public HeldFolder HoldRoot() => HeldFolder.Open(root);

    /// <summary>The output, held. It is created if it does not exist.</summary>
    /// <exception cref="IOException">It cannot be opened or created, or it is not a real folder.</exception>
    public HeldFolder Hold()
    {
        using var held = HoldRoot();
        return held.Below(Path.Value, creates: true);
    }

    public SourceSpan Span(string relative) => SourceSpan.StartOf(Display(relative));

    /// <summary>The output itself and the folders above it up to the root, outermost first: as printed, and on this machine.</summary>
    public IEnumerable<(string Display, string Full)> Components()
    {
        for (var end = Path.Value.IndexOf('/'); end >= 0; end = Path.Value.IndexOf('/', end + 1))
            yield return (Path.Value[..end], System.IO.Path.Combine(root, Path.Value[..end]));
        yield return (Path.Value, full);
    }
}
