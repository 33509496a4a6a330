using GitOpsGen.Output;

namespace GitOpsGen.Inputs;

/// <summary>The files in and below the folder of the user's templates, by path.</summary>
/// <param name="Templates">The templates, each with its text or with why it cannot be used.</param>
/// <param name="Ignored">Files that are not templates, as they are printed.</param>
internal sealed record TemplateFolder(ImmutableArray<SourceFile> Templates, ImmutableArray<string> Ignored)
{
    /// <summary>How the name of a template ends.</summary>
    public const string Suffix = ".scriban";

    /// <summary>More files than anybody keeps there: with more, the wrong folder was named.</summary>
    public const int MaximumFiles = 2_000;

    /// <summary>The most bytes that all templates together may have.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    public static TemplateFolder Empty { get; } = new([], []);
}

/// <summary>
/// Reads the folder of templates. Templates can come in pull requests of strangers. So no link is followed, not even in the folder's own
/// path: a committed link must not make a run read files outside of the work tree.
/// </summary>
internal sealed class TemplateFolderReader(string root, IInputFiles files, Func<string, SourceFile> read)
{
    public TemplateFolder Read(RelativePath folder, CancellationToken cancellation)
    {
        foreach (var path in folder.Ancestors.Prepend(folder).Reverse())
        {
            switch (files.KindOf(Path.Combine(root, path.Value)))
            {
                case DiskEntryKind.Missing:
                    return TemplateFolder.Empty;
                case DiskEntryKind.Folder:
                    break;
                case DiskEntryKind.Link:
                    return Unusable(path.Value, "it is a symbolic link, which is not followed");
                default:
                    return Unusable(path.Value, "it is a file, not a folder");
            }
        }

        var entries = files
            .FilesBelow(Path.Combine(root, folder.Value))
            .Take(TemplateFolder.MaximumFiles + 1)
            .Select(entry => new Entry(Shown(entry.Full), entry.IsLink, entry.IsFolder))
            .ToList();
        if (entries.Count > TemplateFolder.MaximumFiles)
            return Unusable(folder.Value, $"more than {TemplateFolder.MaximumFiles} files are in and below it");
        files.Load(entries.Where(entry => entry.IsTemplate && !entry.IsLink).Select(entry => Path.Combine(root, entry.Path)), cancellation);
        return Read([.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)]);
    }

    private TemplateFolder Read(ImmutableArray<Entry> entries)
    {
        var templates = ImmutableArray.CreateBuilder<SourceFile>();
        var ignored = ImmutableArray.CreateBuilder<string>();
        var length = 0L;
        foreach (var entry in entries)
        {
            var path = entry.Path;
            if (!entry.IsFolder && !entry.IsTemplate)
            {
                ignored.Add(path);
            }
            else if (entry.IsLink)
            {
                templates.Add(new(path, null, "it is a symbolic link, which is not followed"));
            }
            else
            {
                var file = read(Path.Combine(root, path));
                length += file.Content?.Length ?? 0;
                templates.Add(
                    length <= TemplateFolder.MaximumBytes
                        ? file
                        : new(path, null, $"the templates up to this one have more than {TemplateFolder.MaximumBytes} bytes")
                );
                if (length > TemplateFolder.MaximumBytes)
                    break;
            }
        }

        return new(templates.ToImmutable(), ignored.ToImmutable());
    }

    private static TemplateFolder Unusable(string path, string problem) => new([new(path, null, problem)], []);

    private string Shown(string full) => Path.GetRelativePath(root, full).Replace('\\', '/');

    private readonly record struct Entry(string Path, bool IsLink, bool IsFolder)
    {
        public bool IsTemplate => Path.EndsWith(TemplateFolder.Suffix, StringComparison.Ordinal);
    }
}
