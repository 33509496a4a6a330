using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>
/// One folder of <c>tests/scenarios</c>: what a user's repository holds, and what GitOpsGen makes of it. <c>expected/</c> is the whole
/// output, byte for byte, of a run without errors; <c>expected-part/</c> in its place has the files that the scenario is about and the
/// ledgers, which have the name and the digest of every other file. <c>expected-diagnostics.txt</c> has every finding. <c>present/</c>
/// lies over the repository before the run: an older output, a hand's edit. <c>options.txt</c> has <c>env: GLOB</c> lines,
/// <c>force: true</c>, and <c>command: validate</c> where the run is not a render: then there is no output.
/// </summary>
internal sealed record Scenario(string Name)
{
    private static readonly string[] AboutTheScenario = ["expected", "expected-part", "expected-diagnostics.txt", "options.txt", "present"];

    /// <summary>Every scenario, for theories.</summary>
    public static TheoryData<string> Names { get; } = [.. All(_ => true)];

    /// <summary>Those whose run has no error, so that there is an output.</summary>
    public static TheoryData<string> RenderingNames { get; } = [.. All(scenario => scenario.Renders)];

    /// <summary>The same for laws that render again: in a sample, every fourth.</summary>
    public static TheoryData<string> LawNames { get; } = [.. LongProof.Of(All(scenario => scenario.Renders))];

    public string Folder => RepositoryRoot.Combine("tests", "scenarios", Name);

    public string Expected => Path.Combine(Folder, HasPartOfTheTree ? "expected-part" : "expected");

    public bool HasPartOfTheTree => Directory.Exists(Path.Combine(Folder, "expected-part"));

    public string ExpectedDiagnostics => Path.Combine(Folder, "expected-diagnostics.txt");

    /// <summary>The folder of what is rendered: made once, for all tests that read it.</summary>
    public string Output => RenderedScenario.Of(this).OutputFolder;

    public bool Renders => Directory.Exists(Expected);

    public RunOptions Options => new() { Environments = [.. OptionLines["env"]], Force = OptionLines["force"].Contains("true") };

    public bool IsValidated => OptionLines["command"].Contains("validate");

    private ILookup<string, string> OptionLines =>
        (Path.Combine(Folder, "options.txt") is var path && File.Exists(path) ? File.ReadAllLines(path) : [])
            .Select(line => line.Split(": "))
            .ToLookup(pair => pair[0], pair => pair[1]);

    public static IEnumerable<Scenario> Rendering() => All(scenario => scenario.Renders).Select(name => new Scenario(name));

    /// <summary>Where the engine finds the output in its repository.</summary>
    public string PathInGit(ExpectedEnvironment environment)
    {
        var path =
            environment.Settings["gitops"]!["path"]?.GetValue<string>()
            ?? Documents.Read(Path.Combine(Folder, ".config", "gitopsgen.yaml"))!["output"]?.GetValue<string>()
            ?? "manifests";
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..].TrimEnd('/') : path.TrimEnd('/');
    }

    /// <summary>The repository as it is before the run.</summary>
    public void CopyTo(string root)
    {
        foreach (var (path, content) in FolderSnapshot.Of(Folder).Files)
        {
            var segments = path.Split('/');
            if (segments[0] == "present")
                Write(Path.Combine([root, .. segments[1..]]), content);
            else if (!AboutTheScenario.Contains(segments[0]))
                Write(Path.Combine(root, path), content);
        }
    }

    public static IEnumerable<string> All(Func<Scenario, bool> condition) =>
        Directory
            .GetDirectories(RepositoryRoot.Combine("tests", "scenarios"))
            .Select(folder => Path.GetFileName(folder))
            .Where(name => condition(new(name)))
            .Order(StringComparer.Ordinal);

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
