using System.Collections.Immutable;
using System.Text;

namespace GitOpsGen.Fuzz;

/// <summary>Changes cases: what files contain, how they are called, which are there, and the options of a command. What comes out depends on the random numbers alone.</summary>
internal sealed class Mutation
{
    private const int LongestInput = 256 * 1024;
    private const int LongestName = 200;

    // What a name may contain here, and a terminal, a log, a shell or another system reads as something else.
    private static readonly string[] Names =
    [
        "\e[31m",
        "\u202e",
        "\u2028",
        "\n",
        "\r",
        " ",
        "'",
        "\"",
        "`",
        "$(x)",
        "\\",
        "%0A",
        "::error::",
        "\u00e9",
        "\U0001f600",
        "--",
        "{environment}",
        ":",
        "*",
        "~",
        "con.",
        "A",
        new('a', LongestName / 2),
    ];

    private static readonly string[][] Options =
    [
        ["--env", "dev"],
        ["--env", "*"],
        ["--env", "p*"],
        ["--env", "\u202e"],
        ["--env", "dev=overlays/dev"],
        ["--jobs", "1"],
        ["--jobs", "0"],
        ["--quiet"],
        ["--verbose"],
        ["--no-color"],
        ["--\e[31m"],
        ["packages.lock.yaml"],
    ];

    private readonly Random random;
    private readonly ImmutableArray<FuzzCase> seeds;
    private readonly TextMutation text;

    public Mutation(Random random, ImmutableArray<FuzzCase> seeds)
    {
        this.random = random;
        this.seeds = seeds;
        text = new(random, () => Seed() is { Files.IsEmpty: false } other ? other.Files[Pick(other.Files)] : []);
    }

    /// <summary>Another case, near one of the seeds.</summary>
    public FuzzCase Next()
    {
        var seed = Seed();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            seed = Change(seed);
        }

        return seed;
    }

    private FuzzCase Seed() => seeds[random.Next(seeds.Length)];

    private FuzzCase Change(FuzzCase input)
    {
        if (input.Files.IsEmpty)
        {
            return input;
        }

        var path = Pick(input.Files);
        var content = input.Files[path];
        return (input.Files.Count == 1 ? 0 : random.Next(60)) switch
        {
            1 => input with { Files = input.Files.Remove(path) },
            2 => Moved(input, path, Renamed(path)),
            3 => Moved(input, path, $"{path}/{Names[random.Next(Names.Length)]}"),
            4 when path.LastIndexOf('/') is > 0 and var slash => InPlaceOf(input, path[..slash], content),
            5 => input with { Files = input.Files.SetItem(Pick(input.Files), content) },
            6 or 7 when input.Words.Length > 2 => input with
            {
                Words = input.Words.InsertRange(input.Words.Length - 2, Options[random.Next(Options.Length)]),
            },
            _ => input with { Files = input.Files.SetItem(path, Bounded(text.Change(content))) },
        };
    }

    private static byte[] Bounded(byte[] content) => content.Length > LongestInput ? content[..LongestInput] : content;

    // Down from the top, so that one file at the top counts as much as a folder of a hundred.
    private string Pick(ImmutableSortedDictionary<string, byte[]> files)
    {
        if (files.Count == 1)
        {
            return files.Keys.First();
        }

        for (var folder = ""; ; folder += "/")
        {
            var below = files.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal));
            var names = below.Select(path => path[folder.Length..].Split('/')[0]).Distinct().ToList();
            folder += names[random.Next(names.Count)];
            if (files.ContainsKey(folder))
            {
                return folder;
            }
        }
    }

    private string Renamed(string path)
    {
        var start = path.LastIndexOf('/') + 1;
        var name = path[start..].Insert(random.Next(path.Length - start + 1), Names[random.Next(Names.Length)]);
        return Encoding.UTF8.GetByteCount(name) <= LongestName ? path[..start] + name : path;
    }

    private static FuzzCase Moved(FuzzCase input, string path, string to)
    {
        var files = input.Files.Remove(path);
        return files.ContainsKey(to) || files.Keys.Any(other => other.StartsWith(to + "/", StringComparison.Ordinal))
            ? input
            : input with
            {
                Files = files.Add(to, input.Files[path]),
            };
    }

    private static FuzzCase InPlaceOf(FuzzCase input, string folder, byte[] content) =>
        input with
        {
            Files = input
                .Files.RemoveRange(input.Files.Keys.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)))
                .Add(folder, content),
        };
}
