namespace GitOpsGen.Importing.Objects;

/// <summary>Argo CD's ApplicationSets, as far as a file says what they make: generators of lists, also inside of a matrix or a merge.</summary>
internal static partial class ApplicationSets
{
    public const string Kind = "ApplicationSet";

    private static readonly string[] Combining = ["matrix", "merge"];

    /// <summary>The Application that its template is. Its name may have parameters.</summary>
    public static SourceObject? Template(SourceObject set) =>
        set.Spec?["template"] is YamlMapping template
            ? new(
                set.ApiVersion,
                "Application",
                set.Namespace,
                template.TextAt("metadata", "name") ?? set.Name,
                template.With("metadata", template["metadata"] ?? set.Metadata!)
            )
            : null;

    /// <summary>Whether an Application is one that a set makes, by the place of the template.</summary>
    public static bool Makes(SourceObject set, SourceObject application) => set.Kind == Kind && set.Spec?["template"]?.Span == application.Span;

    /// <summary>The set that makes an Application; <see langword="null"/> where nothing says that one does.</summary>
    /// <param name="application">The Application: what a set's template says, or an object that names its owner, as those of a cluster do.</param>
    /// <param name="objects">Where the set may be. It has no spec if only its name is known.</param>
    public static SourceObject? MakerOf(SourceObject application, ImmutableArray<SourceObject> objects)
    {
        if (objects.FirstOrDefault(item => Makes(item, application)) is { } set)
            return set;

        var owner = application.Metadata.ItemsAt("ownerReferences").FirstOrDefault(owner => owner.TextAt("kind") == Kind);
        return owner?.TextAt("name") is { } name
            ? objects.FirstOrDefault(item => item.Kind == Kind && item.Name == name && item.Namespace == application.Namespace)
                ?? new(application.ApiVersion, Kind, application.Namespace, name, NodePaths.Empty(owner.Span))
            : null;
    }

    /// <summary>The first parameter of a text that no element fills; <see langword="null"/> where there is none.</summary>
    public static string? ParameterIn(string text) => AnyParameter().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>All generators, also those inside of a matrix or a merge.</summary>
    public static IEnumerable<YamlMapping> Generators(YamlNode? spec) =>
        spec.ItemsAt("generators")
            .OfType<YamlMapping>()
            .SelectMany(generator => Combining.SelectMany(key => Generators(generator[key])).Prepend(generator));

    /// <summary>The elements of its lists; or the first generator whose elements no file has.</summary>
    public static (ImmutableArray<YamlMapping> Elements, YamlScalar? Other) Elements(SourceObject set)
    {
        var elements = ImmutableArray.CreateBuilder<YamlMapping>();
        YamlScalar? other = null;
        Collect(set.Spec?["generators"]);
        return (elements.ToImmutable(), elements.Count > 0 ? null : other);

        void Collect(YamlNode? generators)
        {
            foreach (var (key, value) in ((generators as YamlSequence)?.Items ?? []).OfType<YamlMapping>().SelectMany(item => item.Entries))
            {
                if (key.Text == "list" && value is YamlMapping list)
                    elements.AddRange(((list["elements"] as YamlSequence)?.Items ?? []).OfType<YamlMapping>());
                else if (Combining.Contains(key.Text) && value is YamlMapping combined)
                    Collect(combined["generators"]);
                else if (key.Text is not "selector")
                    other ??= key;
            }
        }
    }

    /// <summary>The template with an element's values in it.</summary>
    public static SourceObject Filled(SourceObject template, YamlMapping element)
    {
        var content = (YamlMapping)Fill(template.Content, element);
        return template with { Content = content, Name = (content.At("metadata", "name") as YamlScalar)?.Text ?? template.Name };
    }

    private static YamlNode Fill(YamlNode node, YamlMapping element) =>
        node switch
        {
            YamlScalar scalar when scalar.Text.Contains("{{", StringComparison.Ordinal) => new YamlScalar(
                scalar.Kind,
                Parameter().Replace(scalar.Text, match => Value(element, match.Groups["path"].Value) ?? match.Value),
                scalar.Span
            ),
            YamlSequence list => new YamlSequence([.. list.Items.Select(item => Fill(item, element))], list.Span),
            YamlMapping mapping => new YamlMapping(
                [.. mapping.Entries.Select(entry => new YamlEntry(entry.Key, Fill(entry.Value, element)))],
                mapping.Span
            ),
            _ => node,
        };

    private static string? Value(YamlMapping element, string path) =>
        (element.At(path.Split('.', StringSplitOptions.RemoveEmptyEntries)) as YamlScalar)?.Text;

    [GeneratedRegex(@"\{\{[^{}]*\}\}")]
    private static partial Regex AnyParameter();

    [GeneratedRegex(@"\{\{\s*\.?(?<path>[A-Za-z0-9_.-]+)\s*\}\}")]
    private static partial Regex Parameter();
}
