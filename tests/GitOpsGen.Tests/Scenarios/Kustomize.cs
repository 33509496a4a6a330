using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>
/// What a folder of an output builds to. Kustomize looks at nothing but files, so the same content is built once, however many tests,
/// scenarios and edits have it: starting the program is what takes the time.
/// </summary>
internal sealed class Kustomize
{
    private static readonly ConcurrentDictionary<(string Program, string Content), Lazy<ToolRun>> Runs = new();

    // The program lives for a blink: collecting its garbage takes a quarter of it.
    private static readonly Dictionary<string, string?> RareCollections = new() { ["GOGC"] = "400" };

    private readonly string name;
    private readonly Tool program;

    private Kustomize(string name) => (this.name, program) = (name, Tool.Require(name));

    /// <summary>The test is skipped without the program.</summary>
    /// <param name="name"><c>kubectl</c> (Kustomize 5.5) or <c>kubectl35</c> (5.7).</param>
    public static Kustomize Require(string name = "kubectl") => new(name);

    /// <summary>The objects of a kustomization. The test fails on a warning.</summary>
    public IReadOnlyList<BuiltObject> Build(string folder)
    {
        var run = RunOnce(folder);
        Assert.True(run.ExitCode == 0 && run.Error.Length == 0, $"{folder}: {run.Error}");
        return [.. Documents.ReadAll(run.Output).Select(document => new BuiltObject((JsonObject)document!))];
    }

    /// <summary>Builds many folders side by side, so that later calls find them.</summary>
    public void BuildAll(IEnumerable<string> folders) => Parallel.ForEach(folders, Tool.SideBySide, folder => RunOnce(folder));

    /// <summary>How it ends in a folder that nobody else builds.</summary>
    public ToolRun Run(string folder) => program.Run(["kustomize", folder], environment: RareCollections);

    private ToolRun RunOnce(string folder) => Runs.GetOrAdd((name, ContentOf(folder)), _ => new(() => Run(folder))).Value;

    /// <summary>A digest of the folder's files and of all that its kustomizations name elsewhere.</summary>
    private static string ContentOf(string folder)
    {
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var root = Path.GetFullPath(folder);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Add(root);
        return Convert.ToHexString(content.GetCurrentHash());

        void Add(string path)
        {
            var files =
                Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories)
                : File.Exists(path) ? [path]
                : [];
            foreach (var file in files.Order(StringComparer.Ordinal).Where(seen.Add))
            {
                var bytes = File.ReadAllBytes(file);
                content.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(root, file)} {bytes.Length}\n"));
                content.AppendData(bytes);
                if (Path.GetFileName(file) == "kustomization.yaml")
                {
                    foreach (var other in Strings(Documents.Read(file)))
                        Add(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, other)));
                }
            }
        }
    }

    private static IEnumerable<string> Strings(JsonNode? node) =>
        node switch
        {
            JsonObject mapping => mapping.SelectMany(pair => Strings(pair.Value)),
            JsonArray list => list.SelectMany(Strings),
            JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith("../", StringComparison.Ordinal) => [text],
            _ => [],
        };
}
