namespace GitOpsGen.Yaml.Shapes;

/// <summary>Reads a file of a known shape: its text, its shape, then its meaning by the caller's function.</summary>
internal static class ShapedFile
{
    /// <summary>
    /// The value that <paramref name="read"/> makes of the file's keys, if the file has the shape. There is no value beside a finding that
    /// settings cannot soften.
    /// </summary>
    /// <param name="file">The path as it is printed.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="shape">What it may look like.</param>
    /// <param name="read">Reads the keys of a file that has the shape.</param>
    /// <param name="first">A finding before the shape is looked at; an error makes the rest meaningless.</param>
    public static Result<T> Read<T>(
        string file,
        ReadOnlySpan<byte> bytes,
        ObjectShape shape,
        Func<Fields, DiagnosticBag, T> read,
        Func<YamlMapping, Diagnostic?>? first = null
    )
        where T : class
    {
        var (root, found) = YamlReader.Read(file, bytes);
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        if (root is YamlMapping settings && first?.Invoke(settings) is { } finding)
        {
            bag.Add(finding);
            if (bag.HasFixedErrors)
                return new(null, bag.ToImmutable());
        }

        bag.AddRange(found);
        bag.AddRange(root is null ? [] : ShapeChecker.Check(root, shape));
        var value = root is YamlMapping mapping && !bag.HasFixedErrors ? read(new(mapping), bag) : null;
        return new(bag.HasFixedErrors ? null : value, bag.ToImmutable());
    }
}

/// <summary>Reads a value from text; every type with a grammar has one.</summary>
internal delegate bool TryParse<T>(string text, [NotNullWhen(true)] out T? value)
    where T : class;

/// <summary>
/// The keys of a mapping that <see cref="ShapeChecker"/> has accepted, as typed values. A value against its shape is a bug, and throws.
/// </summary>
internal readonly struct Fields(YamlMapping mapping)
{
    public SourceSpan Span => mapping.Span;

    public ImmutableArray<YamlEntry> Entries => mapping.Entries;

    public bool Has(string key) => mapping[key] is not null;

    public YamlScalar? Scalar(string key) => mapping[key] as YamlScalar;

    public string? Text(string key) => Scalar(key)?.Text;

    public bool Flag(string key) => string.Equals(Text(key), "true", StringComparison.OrdinalIgnoreCase);

    public YamlMapping? Mapping(string key) => mapping[key] as YamlMapping;

    public YamlSequence? Sequence(string key) => mapping[key] as YamlSequence;

    public Fields? Object(string key) => mapping[key] is YamlMapping inner ? new Fields(inner) : null;

    public ImmutableArray<YamlNode> List(string key) => mapping[key] is YamlSequence list ? list.Items : [];

    public Located<string>? Located(string key) => Scalar(key) is { } scalar ? new(scalar.Text, scalar.Span) : null;

    public Located<T>? Optional<T>(string key, TryParse<T> parse)
        where T : class => Scalar(key) is { } scalar ? Parsed(scalar, parse) : null;

    public Located<T> Required<T>(string key, TryParse<T> parse)
        where T : class => Optional(key, parse) ?? throw new InvalidOperationException($"The shape let a mapping without '{key}' pass.");

    public ImmutableArray<Located<T>> Items<T>(string key, TryParse<T> parse)
        where T : class => [.. List(key).Select(item => Parsed((YamlScalar)item, parse))];

    private static Located<T> Parsed<T>(YamlScalar scalar, TryParse<T> parse)
        where T : class =>
        parse(scalar.Text, out var value)
            ? new(value, scalar.Span)
            : throw new InvalidOperationException($"The shape let '{scalar.Text}' pass as a {typeof(T).Name}.");
}
