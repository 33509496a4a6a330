using Scriban;

namespace GitOpsGen.Rendering.Templates;

/// <summary>
/// All templates of one run, by name: parsed once, never changed, and the only ones that an include finds. A user's template
/// replaces the built-in one of the same name: of two sources with one name, <see cref="Parse"/> takes the later.
/// </summary>
internal sealed class TemplateSet
{
    private const string Folder = "templates/";
    private const string Suffix = ".scriban";

    private static readonly Lazy<TemplateSet> LazyBuiltIn = new(LoadBuiltIn);

    private readonly Dictionary<string, TemplateFile> byName;
    private readonly Lazy<Dictionary<string, TemplateFile>> byFile;

    private TemplateSet(IEnumerable<TemplateFile> files)
    {
        byName = files.ToDictionary(f => f.Path.Value, StringComparer.Ordinal);
        byFile = new(() => byName.Values.ToDictionary(f => f.File, StringComparer.Ordinal));
        Outputs = [.. byName.Values.Where(f => !f.Path.IsIncludeOnly).OrderBy(f => f.Path.Value, StringComparer.Ordinal)];
        Includes = [.. byName.Keys.Where(name => byName[name].Path.IsIncludeOnly).Order(StringComparer.Ordinal)];
    }

    /// <summary>The templates in the program itself.</summary>
    public static TemplateSet BuiltIn => LazyBuiltIn.Value;

    /// <summary>The templates that write files, in ordinal order of their paths.</summary>
    public ImmutableArray<TemplateFile> Outputs { get; }

    /// <summary>Every template, in no order.</summary>
    public IReadOnlyCollection<TemplateFile> All => byName.Values;

    /// <summary>The names that <c>include</c> knows, in ordinal order.</summary>
    public ImmutableArray<string> Includes { get; }

    /// <summary>Parses templates; no set where one of them cannot be parsed. Of two sources with one name the later wins.</summary>
    public static Result<TemplateSet> Parse(IEnumerable<TemplateSource> sources, CancellationToken cancellation = default)
    {
        var diagnostics = new DiagnosticBag();
        var files = new Dictionary<string, TemplateFile>(StringComparer.Ordinal);
        foreach (var source in sources.Reverse().DistinctBy(s => s.Name, StringComparer.Ordinal).OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (TemplateParser.Parse(source, diagnostics) is { } file)
                files.Add(file.Path.Value, file);
        }

        return new Result<TemplateSet>(diagnostics.Count == 0 ? new TemplateSet(files.Values) : null, diagnostics.ToImmutable());
    }

    /// <summary>The built-in templates with the user's over them; the built-in set itself where the user's are equal to it.</summary>
    public static Result<TemplateSet> Under(IReadOnlyCollection<TemplateSource> users, CancellationToken cancellation)
    {
        if (users.Count == 0)
            return new(BuiltIn, []);
        var builtIn = BuiltInSources().ToDictionary(source => source.Name, StringComparer.Ordinal);
        var own = users.Where(user => !builtIn.TryGetValue(user.Name, out var covered) || !EjectedTemplate.IsEqual(user.Text, covered.Text)).ToList();
        return own.Count == 0 ? new(BuiltIn, []) : Parse(builtIn.Values.Concat(own), cancellation);
    }

    /// <summary>Whether a template of the user's is among them.</summary>
    public bool HasUsers => byName.Values.Any(file => file.IsUsers);

    /// <summary>The built-in templates that the user's replace; all of them where the user's replace an include.</summary>
    public TemplateSet Replaced() =>
        BuiltIn.Includes.Any(name => byName[name].IsUsers)
            ? BuiltIn
            : new(BuiltIn.All.Where(file => file.Path.IsIncludeOnly || byName[file.Path.Value].IsUsers));

    /// <summary>The template that diagnostics print like this.</summary>
    public TemplateFile? OfFile(string file) => byFile.Value.GetValueOrDefault(file);

    /// <summary>The first template that could write a file of this path.</summary>
    public TemplateFile? WriterOf(RelativePath path) => Outputs.FirstOrDefault(template => template.Path.Matches(path));

    /// <summary>The user's templates that write no file of their own.</summary>
    public IEnumerable<TemplateFile> UsersIncludes => Includes.Select(name => byName[name]).Where(file => file.IsUsers);

    /// <summary>Include-only templates whose name appears in no other template; a name that is computed is not found.</summary>
    public ImmutableHashSet<string> UnusedIncludes()
    {
        var texts = byName.Values.Select(file => (file.Path.Value, Text: file.Template.ToText() ?? "")).ToList();
        return [.. Includes.Where(name => !texts.Exists(other => other.Value != name && other.Text.Contains(name, StringComparison.Ordinal)))];
    }

    /// <summary>The template with this name, include-only or not.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out TemplateFile? file) => byName.TryGetValue(name, out file);

    /// <summary>The texts of the built-in templates.</summary>
    public static IEnumerable<TemplateSource> BuiltInSources()
    {
        var assembly = typeof(TemplateSet).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(IsTemplate).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            yield return new TemplateSource(resource[Folder.Length..^Suffix.Length], resource, reader.ReadToEnd());
        }
    }

    private static bool IsTemplate(string resource) =>
        resource.StartsWith(Folder, StringComparison.Ordinal) && resource.EndsWith(Suffix, StringComparison.Ordinal);

    private static TemplateSet LoadBuiltIn()
    {
        var parsed = Parse(BuiltInSources());
        return parsed.Value ?? throw new InvalidOperationException($"A built-in template cannot be parsed: {parsed.Diagnostics[0]}");
    }
}

/// <summary>A parsed template. Immutable: it renders on any number of threads at once.</summary>
internal sealed class TemplateFile
{
    internal TemplateFile(TemplatePath path, TemplateSource source, Template template)
    {
        Path = path;
        File = source.File;
        Text = source.Text;
        IsUsers = source.IsUsers;
        Template = template;
    }

    public TemplatePath Path { get; }

    /// <summary>The path as diagnostics print it.</summary>
    public string File { get; }

    /// <summary>Its text as read.</summary>
    public string Text { get; }

    /// <summary>Whether the user wrote it, so that its output is compared with the plan.</summary>
    public bool IsUsers { get; }

    internal Template Template { get; }
}

/// <summary>A template's text before it is parsed.</summary>
/// <param name="Name">The path below <c>templates/</c>, without <c>.scriban</c>.</param>
/// <param name="File">The path as diagnostics print it, such as <c>templates/base/x.yaml.scriban</c>.</param>
/// <param name="Text">The text, with any line endings and with or without a byte order mark.</param>
/// <param name="IsUsers">Whether it is the user's, and not in the program itself.</param>
internal sealed record TemplateSource(string Name, string File, string Text, bool IsUsers = false);
