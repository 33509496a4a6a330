using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>What a folder of an output builds to. A folder is built once, however many tests ask.</summary>
internal static class Kustomize
{
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<BuiltObject>>> Built = new(StringComparer.Ordinal);

    /// <summary>The objects of a kustomization. The test is skipped without kubectl, and fails on a warning.</summary>
    public static IReadOnlyList<BuiltObject> Build(string folder)
    {
        var kubectl = Tool.Require("kubectl");
        return Built.GetOrAdd(Path.GetFullPath(folder), path => new(() => Run(kubectl, path))).Value;
    }

    /// <summary>Builds many folders side by side, so that later calls find them.</summary>
    public static void BuildAll(IEnumerable<string> folders)
    {
        Tool.Require("kubectl");
        Parallel.ForEach(folders, folder => Build(folder));
    }

    private static List<BuiltObject> Run(Tool kubectl, string folder)
    {
        var run = kubectl.Run(["kustomize", folder]);
        Assert.True(run.ExitCode == 0 && run.Error.Length == 0, $"{folder}: {run.Error}");
        return [.. Documents.ReadAll(run.Output).Select(document => new BuiltObject((JsonObject)document!))];
    }
}
