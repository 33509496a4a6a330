using GitOpsGen.Settings;
using GitOpsGen.Validation;

namespace GitOpsGen.Inputs;

/// <summary>The CustomResourceDefinitions of a run: those of the settings, and those of the command line.</summary>
internal sealed class CrdInputs
{
    private const string Fix = "Name a readable file, or a folder with .yaml, .yml or .json files, with --crds or under 'crds' of the settings.";

    private readonly DiagnosticBag bag = new();
    private readonly Dictionary<string, CrdFile> files = new(StringComparer.Ordinal);
    private readonly List<(string Path, SourceSpan? Span, ImmutableArray<string> Files)> named = [];

    private CrdInputs() { }

    /// <summary>Reads them. The catalogue, which is never null, has all that could be read.</summary>
    /// <param name="inputs">The work tree.</param>
    /// <param name="settings">The settings, which may name files and folders.</param>
    /// <param name="more">Further files and folders, relative to the current folder.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Result<CrdCatalogue> Read(InputTree inputs, ProjectSettings? settings, IEnumerable<string> more, CancellationToken cancellation)
    {
        var crds = new CrdInputs();
        foreach (var (path, span) in settings?.Crds ?? [])
            crds.Add(inputs.ReadAll(Path.Combine(inputs.Root, path), cancellation), path, span);

        foreach (var path in more)
            crds.Add(inputs.ReadAll(path, cancellation), path, null);

        var (catalogue, found) = CrdCatalogue.Read([.. crds.files.Values], cancellation);
        crds.bag.AddRange(found);
        foreach (var (path, span, read) in crds.named.Where(one => one.Files.All(catalogue!.FilesWithoutKinds.Contains)))
        {
            crds.bag.Add(
                Rules.CrdsWithoutDefinition,
                span ?? (read is [var only] ? SourceSpan.StartOf(only) : null),
                $"'{Excerpt.Of(path)}' has no CustomResourceDefinition, so that nothing is checked by it.",
                "Name a file or a folder that has some, or leave it out."
            );
        }

        return new(catalogue, crds.bag.ToImmutable());
    }

    // A finding about a path of the settings points to the settings.
    private void Add(IEnumerable<SourceFile> read, string path, SourceSpan? span)
    {
        var isEmpty = true;
        var readable = ImmutableArray.CreateBuilder<string>();
        foreach (var file in read)
        {
            isEmpty = false;
            if (file.Content is { } content)
            {
                files.TryAdd(file.Path, new(file.Path, content));
                readable.Add(file.Path);
            }
            else
            {
                bag.Add(Rules.FileNotReadable, span ?? SourceSpan.StartOf(file.Path), $"{file.Path} cannot be read: {file.Problem}.", Fix);
            }
        }

        if (isEmpty)
            bag.Add(Rules.FileNotReadable, span, $"The folder '{Excerpt.Of(path)}' has no file with CustomResourceDefinitions.", Fix);
        else if (readable.Count > 0)
            named.Add((path, span, readable.ToImmutable()));
    }
}
