using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using YamlDotNet.RepresentationModel;

namespace GitOpsGen.Cli.Tests.Recipes;

/// <summary>A file for a CI host: one of this repository, or a block of docs/ci.md or docs/bots.md whose first line is its path.</summary>
internal sealed partial record Recipe(string Name, string Text)
{
    private static readonly string[] StepNames = ["name", "displayName"];
    private static readonly string[] ScriptKeys = ["run", "bash"];

    public static IReadOnlyList<Recipe> All { get; } =
    [
        .. Directory
            .EnumerateFiles(RepositoryRoot.Combine(".github", "workflows"))
            .Append(RepositoryRoot.Combine("action.yml"))
            .Order(StringComparer.Ordinal)
            .Select(file => new Recipe(Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'), File.ReadAllText(file))),
        .. OfPage("ci.md"),
        .. OfPage("bots.md"),
    ];

    public bool IsWorkflow => Name.Contains(".github/workflows/", StringComparison.Ordinal);

    public YamlMappingNode Root { get; } = Parse(Text);

    /// <summary>Every shell script in it, with the name of its step.</summary>
    public IEnumerable<(string Step, string Text)> Scripts => Mappings(Root).SelectMany(ScriptsOf);

    public static Recipe Of(string name) => All.Single(recipe => recipe.Name == name);

    /// <summary>The script of a step.</summary>
    public string Script(string step) => Scripts.Single(script => script.Step == step).Text;

    /// <summary>All values of a key, at any depth.</summary>
    public IEnumerable<string> Values(string key) =>
        Mappings(Root)
            .Select(map => map.Children.TryGetValue(key, out var value) ? value as YamlScalarNode : null)
            .OfType<YamlScalarNode>()
            .Select(v => v.Value!);

    public override string ToString() => Name;

    private static IEnumerable<Recipe> OfPage(string page) =>
        Block()
            .Matches(File.ReadAllText(RepositoryRoot.Combine("docs", page)))
            .Select(match => new Recipe($"docs/{page}: {match.Groups["name"].Value}", match.Groups["text"].Value));

    private static IEnumerable<(string Step, string Text)> ScriptsOf(YamlMappingNode map)
    {
        var name = StepNames.Select(key => map.Children.TryGetValue(key, out var value) ? $"{value}" : null).FirstOrDefault(n => n is not null);
        foreach (var key in ScriptKeys)
        {
            if (map.Children.TryGetValue(key, out var script) && script is YamlScalarNode text)
                yield return (name ?? text.Value!, text.Value!);
        }

        // GitLab runs the lines of a job in one shell.
        if (map.Children.TryGetValue("script", out var lines) && lines is YamlSequenceNode list)
            yield return ("script", string.Join('\n', list.Select(line => ((YamlScalarNode)line).Value)));
    }

    private static IEnumerable<YamlMappingNode> Mappings(YamlNode node) => node.AllNodes.OfType<YamlMappingNode>();

    private static YamlMappingNode Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    [GeneratedRegex("^```yaml\n# (?<name>\\S+)\n(?<text>(?:.*\n)*?)^```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
