using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>
/// What a folder of an output builds to. Kustomize looks at nothing but files, so the same content is built once, however many tests,
/// scenarios and edits have it: starting the program is what takes the time.
/// </summary>
internal sealed partial class Kustomize
{
    private static readonly ConcurrentDictionary<(string Program, string Content), Lazy<(ToolRun Run, ImmutableArray<BuiltObject> Objects)>> Builds =
        new();

    private readonly string name;
    private readonly Tool program;

    private Kustomize(string name) => (this.name, program) = (name, Tool.Require(name));

    /// <summary>The test is skipped without the program.</summary>
    /// <param name="name"><c>kubectl</c> (Kustomize 5.5) or <c>kubectl35</c> (5.7).</param>
    public static Kustomize Require(string name = "kubectl") => new(name);

    /// <summary>The objects of a kustomization, which nobody may change. The test fails on a warning.</summary>
    public IReadOnlyList<BuiltObject> Build(string folder)
    {
        var (run, objects) = BuildOnce(folder);
        Assert.True(run.ExitCode == 0 && run.Error.Length == 0, $"{folder}: {run.Error}");
        return objects;
    }

    /// <summary>Builds many folders side by side, so that later calls find them.</summary>
    public void BuildAll(IEnumerable<string> folders) => Parallel.ForEach(folders, Tool.SideBySide, folder => BuildOnce(folder));

    /// <summary>How it ends in a folder that nobody else builds.</summary>
    public ToolRun Run(string folder) => program.Run(["kustomize", folder]);

    private (ToolRun Run, ImmutableArray<BuiltObject> Objects) BuildOnce(string folder) =>
        Builds
            .GetOrAdd(
                (name, ContentOf(folder)),
                _ =>
                    new(() =>
                    {
                        var run = Run(folder);
                        return (
                            run,
                            run.ExitCode == 0 ? [.. Documents.ReadAll(run.Output).Select(document => new BuiltObject((JsonObject)document!))] : []
                        );
                    })
            )
            .Value;

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
                    foreach (Match other in Above().Matches(Encoding.UTF8.GetString(bytes)))
                        Add(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, other.Value)));
                }
            }
        }
    }

    [GeneratedRegex(@"\.\./[^\s'"",\[\]{}]*")]
    private static partial Regex Above();
}
