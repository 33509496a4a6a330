using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Laws;

/// <summary>
/// A built-in template, changed by chance and used as an override, gives a tree with the same packages and the same access, or an error
/// at a template's place. What is the same is judged by Kustomize and by a reading of the documents that shares nothing with the product.
/// </summary>
public sealed partial class EditedTemplateTests
{
    private const int EditsPerProject = 25;

    private static readonly string[] Guards = ["argocd.argoproj.io/sync-wave", "kustomize.toolkit.fluxcd.io/prune"];

    private static readonly string[] Folders = ["packages", "argocd", "flux", "crossplane"];
    private static readonly string[] Inputs = ["packages.lock.yaml", ".config/gitopsgen.yaml"];

    [Theory]
    [InlineData("", 1)]
    [InlineData("package-options", 2)]
    [InlineData("every-engine-in-one-project", 3)]
    [InlineData("roles-in-another-account", 4)]
    public void An_edit_loses_no_package_and_widens_no_access(string project, int seed)
    {
        var kustomize = Kustomize.Require();
        var random = new Random(seed);
        using var run = project.Length > 0 ? new ScenarioRun(new(project)) : new ScenarioRun(new("package-options"), UseThisRepository);
        var first = run.Render();
        Assert.False(first.HasErrors);
        var baseline = Tree.Of(kustomize, run, first);
        var (same, refused) = (0, 0);
        for (var i = 0; i < EditsPerProject; i++)
        {
            var source = Pick(random);
            var edited = Edit(source.Text, random);
            var path = Path.Combine(run.Root, source.File);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, edited);

            var outcome = run.Render();

            var what =
                $"{project} {i}: {source.Name}\n{edited}\n{string.Join('\n', outcome.Diagnostics.Select(d => $"{d.Rule.Code} {d.Span} {d.Message}"))}";
            if (outcome.HasErrors)
            {
                refused++;
                Assert.All(
                    outcome.Diagnostics.Where(d => d.Severity == GitOpsGen.Diagnostics.Severity.Error),
                    d =>
                        Assert.True(
                            d.Rule.Code != "GOG9001" && d.Span is { File: var file } && file.StartsWith("templates/", StringComparison.Ordinal),
                            what
                        )
                );
            }
            else
            {
                same++;
                Assert.True(
                    baseline.DifferenceTo(Tree.Of(kustomize, run, outcome)) is var difference && difference.Length == 0,
                    $"{difference}\n{what}"
                );
            }

            File.Delete(path);
        }

        // Neither of the two is what always happens.
        Assert.True(same > 2 && refused > 2, $"{same} gave the same, {refused} were refused.");
    }

    private static TemplateSource Pick(Random random)
    {
        var sources = TemplateSet.BuiltInSources().Where(source => !source.Name.EndsWith(".md", StringComparison.Ordinal)).ToList();
        return sources[random.Next(sources.Count)];
    }

    private static string Edit(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var at = random.Next(lines.Count);
        var other = random.Next(lines.Count);
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[at]);
                break;
            case 2:
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            default:
                var words = Word().Matches(text);
                var (word, by) = (words[random.Next(words.Count)], words[random.Next(words.Count)].Value);
                return string.Concat(text.AsSpan(0, word.Index), by, text.AsSpan(word.Index + word.Length));
        }

        return string.Join('\n', lines);
    }

    private static void UseThisRepository(string root)
    {
        Directory.Delete(root, recursive: true);
        foreach (var file in Inputs)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
            File.Copy(RepositoryRoot.Combine(file), Path.Combine(root, file));
        }
    }

    [GeneratedRegex("[A-Za-z_]{3,}")]
    private static partial Regex Word();

    /// <summary>What must not change: one line for each fact.</summary>
    private sealed record Tree(SortedSet<string> Facts)
    {
        public static Tree Of(Kustomize kustomize, ScenarioRun run, Outcome outcome)
        {
            var facts = new SortedSet<string>(StringComparer.Ordinal);
            var output = Path.Combine(run.Root, outcome.Output!.Value);
            foreach (var overlay in Directory.GetDirectories(Path.Combine(output, "overlays")))
            {
                foreach (
                    var folder in Folders
                        .Select(name => Path.Combine(overlay, name))
                        .Where(folder => File.Exists(Path.Combine(folder, "kustomization.yaml")))
                )
                    facts.UnionWith(Objects(kustomize, folder).Select(fact => $"{Path.GetRelativePath(output, folder)}: {fact}"));
            }

            foreach (
                var file in Directory
                    .GetFiles(Path.Combine(output, "iam"), "*.json", SearchOption.AllDirectories)
                    .Where(file => Path.GetFileName(file) != "access.json")
            )
                facts.UnionWith(Grants(JsonNode.Parse(File.ReadAllText(file))!).Select(fact => $"{Path.GetRelativePath(output, file)}: {fact}"));
            return new(facts);
        }

        public string DifferenceTo(Tree other) =>
            string.Join('\n', Facts.Except(other.Facts).Select(fact => "- " + fact).Concat(other.Facts.Except(Facts).Select(fact => "+ " + fact)));

        private static IEnumerable<string> Objects(Kustomize kustomize, string folder)
        {
            foreach (var built in kustomize.Build(folder))
            {
                yield return built.Id;
                if (built.Kind is not ("Provider" or "Function" or "Configuration"))
                    continue;
                yield return $"{built.Id} {built.Content["spec"]!["package"]} {built.Content["spec"]!["skipDependencyResolution"]} {string.Join(' ', Guards.Select(built.Annotation))}";
                if (built.Annotation("argocd.argoproj.io/sync-options") is { } options)
                {
                    yield return $"{built.Id} {options.Split(',').Contains("Delete=false")} {options.Split(',').Contains("Prune=false")}";
                }
            }
        }

        private static IEnumerable<string> Grants(JsonNode policy) =>
            from statement in policy["Statement"]!.AsArray()
            from action in Documents.Strings(statement["Action"])
            from resource in Documents.Strings(statement["Resource"]).DefaultIfEmpty("")
            from principal in (statement["Principal"] as JsonObject)?.SelectMany(pair => Documents.Strings(pair.Value)).DefaultIfEmpty("") ?? [""]
            select $"{statement["Effect"]} {action} {resource} {principal} {statement["Condition"]?.ToJsonString()}";
    }
}
