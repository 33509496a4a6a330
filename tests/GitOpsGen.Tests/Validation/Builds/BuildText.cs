using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using GitOpsGen.Model;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Validation.Builds;

/// <summary>Small outputs, written as files behind lines <c>## path</c>; the product's build of them, and Kustomize's.</summary>
internal static class BuildText
{
    public const string ThingA = "apiVersion: example.org/v1\nkind: Thing\nmetadata: { name: a }\nspec: { x: 1 }\n";

    public static IEnumerable<(string Path, string Content)> Files(string text) =>
        text.Split("## ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('\n', 2))
            .Select(pair => (pair[0].Trim(), pair[1].Replace("THING", ThingA, StringComparison.Ordinal)));

    public static OutputBuild Of(string text) => Of(Files(text).Select(file => (file.Path, Encoding.UTF8.GetBytes(file.Content))));

    /// <summary>The output in a folder of the disk.</summary>
    public static OutputBuild OfFolder(string folder) =>
        Of(
            Directory
                .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
                .Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes(file)))
        );

    /// <summary>Everything that is found in the folders of an output, as <c>GOG7109 file:line</c>, without what it stands below.</summary>
    public static IEnumerable<string> Places(OutputBuild build) =>
        build
            .Folders.Select(build.Build)
            .SelectMany(folder => folder.Findings.Concat(folder.Gaps))
            .Select(d => $"{d.Rule.Code} {d.Span!.Value.File["out/".Length..]}:{d.Span.Value.Start.Line}")
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>Each object as JSON with sorted keys, sorted.</summary>
    public static IEnumerable<string> Json(IEnumerable<YamlNode> objects) =>
        objects.Select(o => Documents.Canonical(JsonNode.Parse(Tests.Yaml.YamlText.Json(o)))).Order(StringComparer.Ordinal);

    /// <summary>What Kustomize prints, in the same form; <see langword="null"/> where it refuses.</summary>
    public static IEnumerable<string>? Kustomized(string folder, Kustomize kustomize)
    {
        var run = kustomize.Run(folder);
        return run.ExitCode != 0 ? null : Documents.ReadAll(run.Output).Select(Documents.Canonical).Order(StringComparer.Ordinal);
    }

    /// <summary>Fails unless Kustomize refuses what has findings here, and builds the rest to the same.</summary>
    /// <param name="kustomize">The program.</param>
    /// <param name="cases">The files of a build of <c>k</c>, and what is found.</param>
    public static void AssertSame(Kustomize kustomize, IEnumerable<(string Files, string Found)> cases)
    {
        var differences = new ConcurrentBag<string>();
        Parallel.ForEach(
            cases,
            Tool.SideBySide,
            one =>
            {
                using var temp = new TempFolder();
                foreach (var (path, content) in Files(one.Files))
                    temp.Write(path, content);
                var real = Kustomized(temp["k"], kustomize);
                var ours = one.Found.Length > 0 ? null : Json(Of(one.Files).BuildWhole("k").Objects);
                if (real is null != ours is null || (real is not null && !real.SequenceEqual(ours!)))
                    differences.Add(
                        $"{one.Files}\nKustomize: {(real is null ? "refuses" : string.Join('\n', real))}\nhere: {(ours is null ? "refused" : string.Join('\n', ours))}\n"
                    );
            }
        );

        Assert.True(differences.IsEmpty, string.Join("\n", differences));
    }

    private static OutputBuild Of(IEnumerable<(string Path, byte[] Content)> files) =>
        new(new FileTree(files.Select(file => new OutputFile(RelativePath.Parse(file.Path), file.Content))), RelativePath.Parse("out"));
}
