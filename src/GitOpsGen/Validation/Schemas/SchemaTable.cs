using System.IO.Compression;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// The schemas of one project's kinds, as a resource of the program (Tables/README.md). Its text has three parts with an
/// empty line between them: its origin, on the first line a name; a line for each version of a kind; and the schemas, each one line of JSON, in which
/// a number in the place of a schema is the line of that one. Only the lines that an object needs are read. Safe for any number of threads.
/// </summary>
internal sealed class SchemaTable
{
    private const string Core = "-";

    private readonly string name;
    private readonly byte[] text;
    private readonly int[] lines;
    private readonly SchemaSlot?[] values;
    private readonly Dictionary<(string Group, string Kind), CrdKind> kinds = [];

    private SchemaTable(string name, byte[] text)
    {
        this.name = name;
        this.text = text;
        var at = 0;
        var origin = Encoding.UTF8.GetString(ReadLine(ref at));
        while (ReadLine(ref at).Length > 0) { }
        var rows = new List<string>();
        while (Encoding.UTF8.GetString(ReadLine(ref at)) is { Length: > 0 } row)
            rows.Add(row);

        lines = [.. Starts(at)];
        values = new SchemaSlot?[lines.Length];
        foreach (var kind in rows.Select(row => row.Split(' ')).GroupBy(row => (row[0] == Core ? "" : row[0], row[1])))
            kinds[kind.Key] = new(kind.Key.Item1, kind.Key.Item2, [.. kind.Select(Version)]) { Origin = origin };
    }

    /// <summary>The table that is embedded under a name.</summary>
    public static SchemaTable Load(string name)
    {
        using var resource = typeof(SchemaTable).Assembly.GetManifestResourceStream($"kinds/{name}.gz")!;
        using var unpacked = new GZipStream(resource, CompressionMode.Decompress);
        using var text = new MemoryStream();
        unpacked.CopyTo(text);
        return new(name, text.ToArray());
    }

    public CrdKind? Find(string group, string kind) => kinds.GetValueOrDefault((group, kind));

    public SchemaSlot Slot(int line, SchemaRole role, bool isGoType) =>
        role == SchemaRole.Value ? values[line] ??= new(this, line, role, isGoType) : new(this, line, role, isGoType);

    /// <summary>What a line says.</summary>
    public YamlNode Read(int line)
    {
        var end = line + 1 < lines.Length ? lines[line + 1] : text.Length;
        var (node, found) = YamlReader.Read(name, text.AsSpan(lines[line]..end));
        return found.IsEmpty && node is not null ? node : throw new InvalidDataException($"Line {line} of the built-in kinds of {name} is not JSON.");
    }

    private CrdVersion Version(string[] row)
    {
        var role = row[4] switch
        {
            "part" => SchemaRole.Value,
            "status" => SchemaRole.ObjectWithStatus,
            _ => SchemaRole.Object,
        };
        return new(row[2], IsServed: true, Slot(int.Parse(row[3], CultureInfo.InvariantCulture), role, isGoType: row[4] is "go" or "part"));
    }

    private ReadOnlySpan<byte> ReadLine(ref int at)
    {
        var line = text.AsSpan(at);
        line = line[..line.IndexOf((byte)'\n')];
        at += line.Length + 1;
        return line;
    }

    private List<int> Starts(int at)
    {
        var starts = new List<int>();
        while (at < text.Length)
        {
            starts.Add(at);
            _ = ReadLine(ref at);
        }

        return starts;
    }
}
