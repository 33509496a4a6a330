using GitOpsGen.Rendering.Templates;

namespace GitOpsGen.Inputs;

/// <summary>The commands about templates. They need no plan, so they work before anything renders.</summary>
public static class Templates
{
    private const int Suggested = 3;

    /// <summary>Every template of a work tree, by path, and the files among them that are not templates.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static (ImmutableArray<TemplateListing> List, ImmutableArray<Diagnostic> Found) List(InputTree inputs, CancellationToken cancellation)
    {
        var (settings, found) = Project.ReadSettings(inputs, cancellation);
        if (settings is null)
            return ([], found);

        var (own, aboutFiles) = TemplateInputs.Read(inputs, settings, cancellation);
        if (own is null)
            return ([], aboutFiles);

        var (set, aboutTemplates) = own.Parse(cancellation);
        var builtIn = TemplateSet.BuiltInSources().ToDictionary(source => source.Name, StringComparer.Ordinal);
        var users = own.Sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
        var unused = set?.UnusedIncludes() ?? [];
        var listed = builtIn
            .Keys.Union(users.Keys)
            .Select(name => new TemplateListing(
                name,
                StateOf(builtIn.GetValueOrDefault(name), users.GetValueOrDefault(name)),
                users.GetValueOrDefault(name)?.File,
                unused.Contains(name)
            ))
            .Concat(own.Ignored.Select(path => new TemplateListing(path, TemplateState.Ignored, path, false)));
        return ([.. listed.OrderBy(listing => listing.Path, StringComparer.Ordinal)], aboutTemplates);
    }

    /// <summary>The text of a built-in template; a finding if there is none with this path.</summary>
    public static (string? Text, Diagnostic? Problem) Show(string path)
    {
        var name = NameOf(path);
        var sources = TemplateSet.BuiltInSources().ToList();
        return sources.Find(source => source.Name == name) is { } found
            ? (found.Text, null)
            : (null, NotFound(path, name, sources.Select(source => source.Name)));
    }

    /// <summary>The files to write, below the root, for built-in templates that somebody wants to edit; none if one cannot be written.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static (ImmutableArray<(RelativePath Path, string Text)> Files, ImmutableArray<Diagnostic> Found) Eject(
        InputTree inputs,
        IEnumerable<string> paths,
        CancellationToken cancellation
    )
    {
        var (settings, found) = Project.ReadSettings(inputs, cancellation);
        ImmutableArray<Diagnostic> unusable = settings is null ? found : [];
        var shown = paths.Select(path => (Path: NameOf(path), Shown: Show(path))).ToList();
        ImmutableArray<Diagnostic> problems = [.. unusable, .. shown.Select(one => one.Shown.Problem).OfType<Diagnostic>()];
        return settings is null || !problems.IsEmpty
            ? ([], problems)
            : (
                [
                    .. shown
                        .DistinctBy(one => one.Path)
                        .Select(one =>
                            (RelativePath.Parse(one.Path + TemplateFolder.Suffix).Below(settings.Templates), EjectedTemplate.Of(one.Shown.Text!))
                        ),
                ],
                []
            );
    }

    private static TemplateState StateOf(TemplateSource? builtIn, TemplateSource? user) =>
        (builtIn, user) switch
        {
            ({ } original, { } own) => EjectedTemplate.IsEqual(own.Text, original.Text) ? TemplateState.Equal : TemplateState.Overridden,
            (null, _) => TemplateState.Added,
            _ => TemplateState.BuiltIn,
        };

    // The path in the folder, or as it is listed.
    private static string NameOf(string path)
    {
        var name = path.Replace('\\', '/');
        name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        name = name.StartsWith("templates/", StringComparison.Ordinal) ? name["templates/".Length..] : name;
        return name.EndsWith(TemplateFolder.Suffix, StringComparison.Ordinal) ? name[..^TemplateFolder.Suffix.Length] : name;
    }

    private static Diagnostic NotFound(string path, string name, IEnumerable<string> names)
    {
        var near =
            RelativePath.TryParse(name, out var output) && TemplateSet.BuiltIn.WriterOf(output) is { } writer
                ? [writer.Path.Value]
                : names.OrderBy(other => Distance(name, other)).ThenBy(other => other, StringComparer.Ordinal).Take(Suggested).ToArray();
        return new(
            Rules.NoSuchTemplate,
            $"There is no built-in template '{Excerpt.Of(path)}'.",
            $"The nearest are {string.Join(", ", near)}; 'gitopsgen template list' has all of them.",
            null
        );
    }

    // Names with the same last segment come first, then those that share most letters in the same order.
    private static int Distance(string name, string other) =>
        (other.Split('/')[^1] == name.Split('/')[^1] ? -100 : 0)
        + name.Length
        + other.Length
        - (2 * CommonLength(name.Length > 200 ? name[..200] : name, other));

    private static int CommonLength(string a, string b)
    {
        var row = new int[b.Length + 1];
        foreach (var character in a)
        {
            var diagonal = 0;
            for (var i = 1; i <= b.Length; i++)
                (diagonal, row[i]) = (row[i], b[i - 1] == character ? diagonal + 1 : Math.Max(row[i], row[i - 1]));
        }

        return row[^1];
    }
}

/// <summary>One line of <c>template list</c>.</summary>
/// <param name="Path">The path below the folder of templates, without its suffix; of an ignored file the path as it is printed.</param>
/// <param name="State">Where it comes from.</param>
/// <param name="File">The user's file, if there is one.</param>
/// <param name="IsUnused">Whether it writes nothing of its own, and no template includes it by a literal name.</param>
public sealed record TemplateListing(string Path, TemplateState State, string? File, bool IsUnused);

/// <summary>Where a template comes from.</summary>
public enum TemplateState
{
    /// <summary>Only in the program.</summary>
    BuiltIn,

    /// <summary>The user's differs from the built-in one.</summary>
    Overridden,

    /// <summary>The user's is equal to the built-in one, which is used.</summary>
    Equal,

    /// <summary>The user's, without a built-in one.</summary>
    Added,

    /// <summary>A file that is not a template.</summary>
    Ignored,
}
