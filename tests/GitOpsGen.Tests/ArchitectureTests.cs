using System.Reflection;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Architecture;
using Xunit;

namespace GitOpsGen.Tests;

/// <summary>The engine's folders are stages, and depend on each other in one direction.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Source = RepositoryRoot.Combine("src", "GitOpsGen");

    /// <summary>Namespaces that the compiler and its generators put into an assembly.</summary>
    private static readonly string?[] Generated =
    [
        null,
        "System.Text.RegularExpressions.Generated",
        "System.Runtime.CompilerServices",
        "Microsoft.CodeAnalysis",
    ];

    [Fact]
    public void Compiled_stages_use_only_the_stages_before_them()
    {
        var types = typeof(Generator).Assembly.GetTypes().Where(t => !Generated.Contains(t.Namespace));

        AssertNone(Lines(types.SelectMany(t => Violations(t, EngineRules.Folder(t.Namespace) ?? t.Namespace!))));
    }

    /// <summary>At every level, in every project: also a folder and its own sub-folder.</summary>
    [Theory]
    [InlineData("GitOpsGen.Engine")]
    [InlineData("GitOpsGen.Registry")]
    [InlineData("gitopsgen")]
    public void No_folders_use_each_other(string assembly)
    {
        var uses = Uses(Assembly.Load(assembly)).ToArray();
        Assert.NotEmpty(uses);
        var cycles = FolderCycles.In([.. uses.Select(use => (use.From.Namespace!, use.To.Namespace!)).Distinct()]);

        AssertNone(string.Join("\n\n", cycles.Select(cycle => Described(cycle, uses))));
    }

    [Theory]
    [InlineData("", "A>B B>C")]
    [InlineData("R.A R.B", "A>B B>A")]
    [InlineData("R.A R.B R.C", "A>B B>C C>A D>A A>E")]
    [InlineData("R.A R.A.X", "A>A.X A.X>A")]
    [InlineData("R.A.X R.A.Y", "A.X>A.Y A.Y>A.X")]
    [InlineData("R.A R.B", "A.X>B B.Z>A.Y")]
    [InlineData("", "A.X>B B>C.X")]
    public void Cycles_are_found_at_every_level(string expected, string uses) =>
        Assert.Equal(
            expected,
            string.Join(
                '|',
                FolderCycles
                    .In([.. uses.Split(' ').Select(use => use.Split('>')).Select(use => ($"R.{use[0]}", $"R.{use[1]}"))])
                    .Select(cycle => string.Join(' ', cycle))
            )
        );

    /// <summary>Constants are gone from compiled code; their <c>using</c> is not.</summary>
    [Fact]
    public void Written_imports_name_only_stages_before()
    {
        Assert.NotEmpty(Files());
        AssertNone(Lines(Files().SelectMany(f => WrittenViolations(FolderOf(f), f, File.ReadAllText(f)))));
    }

    [Fact]
    public void A_namespace_is_the_path_of_its_folder()
    {
        var expected = Files()
            .Select(f =>
                (f, $"GitOpsGen.{Path.GetRelativePath(Source, Path.GetDirectoryName(f)!).Replace(Path.DirectorySeparatorChar, '.')}".TrimEnd('.'))
            );

        Assert.All(
            expected,
            file => Assert.Contains($"\nnamespace {file.Item2};", "\n" + File.ReadAllText(file.f).ReplaceLineEndings("\n"), StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("Yaml", "Model", true)]
    [InlineData("Model", "Yaml", false)]
    [InlineData("Settings", "Lockfile", false)]
    [InlineData("Lockfile", "Settings", false)]
    [InlineData("Output", "Yaml", true)]
    [InlineData("Output", "Planning", false)]
    [InlineData("Validation", "Rendering", false)]
    [InlineData("", "Inputs", true)]
    [InlineData("Planning", "", false)]
    [InlineData("", "Helpers", false)]
    [InlineData("Helpers", "Helpers", false)]
    public void The_table_has_one_direction(string from, string to, bool allowed) => Assert.Equal(allowed, EngineRules.MayImport(from, to));

    [Fact]
    public void What_a_wrong_import_hides_behind_is_seen()
    {
        Type[] offender = [typeof(Offender), .. typeof(Offender).GetNestedTypes(BindingFlags.NonPublic)];
        var found = offender.SelectMany(t => Violations(t, "Diagnostics")).ToArray();

        foreach (var wrong in new[] { "the console", "the file system", "the network", "Model.RelativePath", "Yaml.YamlReader" })
            Assert.Contains(found, v => v.Contains(wrong, StringComparison.Ordinal));
        Assert.DoesNotContain("the file system", Lines(offender.SelectMany(t => Violations(t, "Inputs"))), StringComparison.Ordinal);
        Assert.NotEmpty(WrittenViolations("Model", "Model/A.cs", "using GitOpsGen.Yaml;\n"));
        Assert.NotEmpty(WrittenViolations("Model", "Model/A.cs", "using static GitOpsGen.Output.OutputFolder;\n"));
        Assert.Empty(WrittenViolations("Yaml", "Yaml/A.cs", "using GitOpsGen.Model;\n"));
    }

    private static IEnumerable<(Type From, Type To)> Uses(Assembly assembly) =>
        from type in assembly.GetTypes()
        where !Generated.Contains(type.Namespace)
        from used in TypeUses.Of(type)
        let target = used as Type ?? used.DeclaringType
        where target?.Assembly == assembly && !Generated.Contains(target.Namespace) && target.Namespace != type.Namespace
        select (type, target);

    /// <summary>The places of a cycle, and one use for each step from one to another.</summary>
    private static string Described(string[] cycle, IEnumerable<(Type From, Type To)> uses)
    {
        var level = cycle.MinBy(place => place.Length)!;
        level = cycle.All(place => FolderCycles.PlaceOf(place, level) is not null) ? level : level[..level.LastIndexOf('.')];
        return string.Join(
            '\n',
            uses.Select(use => (Use: use, From: FolderCycles.PlaceOf(use.From.Namespace!, level), To: FolderCycles.PlaceOf(use.To.Namespace!, level)))
                .Where(use => use.From != use.To && cycle.Contains(use.From) && cycle.Contains(use.To))
                .DistinctBy(use => (use.From, use.To))
                .Select(use => $"  {use.From} -> {use.To}: {use.Use.From} uses {use.Use.To}")
                .Order(StringComparer.Ordinal)
                .Prepend($"{string.Join(", ", cycle)} use each other:")
        );
    }

    /// <summary>A failure names them all; other assertions cut them short.</summary>
    private static void AssertNone(string violations)
    {
        if (violations.Length > 0)
            Assert.Fail(violations);
    }

    private static string Lines(IEnumerable<string> violations) => string.Join('\n', violations.Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Violations(Type type, string folder)
    {
        foreach (var used in TypeUses.Of(type))
        {
            var target = used as Type ?? used.DeclaringType;
            if (
                target?.Assembly == typeof(Generator).Assembly
                && EngineRules.Folder(target.Namespace) is { } to
                && !EngineRules.MayImport(folder, to)
            )
                yield return $"{type} ({folder}) uses {target}.";
            if (EngineRules.Forbidden(folder, used) is { } forbidden)
                yield return $"{type} ({folder}) uses {forbidden}.";
        }
    }

    private static IEnumerable<string> WrittenViolations(string folder, string file, string text) =>
        Using()
            .Matches(text)
            .Select(m => m.Groups["folder"].Value)
            .Where(to => !EngineRules.MayImport(folder, to))
            .Select(to => $"{file} imports {to}.");

    private static IEnumerable<string> Files() =>
        Directory
            .EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(f => FolderOf(f) is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static string FolderOf(string file) =>
        Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "";

    [GeneratedRegex(@"^\s*(global )?using (static )?(\w+ = )?GitOpsGen\.(?<folder>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Using();

    /// <summary>Uses what it may not: in a lambda, an iterator, a generic argument, a local.</summary>
    private sealed class Offender
    {
        public Func<string, string> Reads { get; } = path => new StreamReader(path).ReadToEnd();

        public static IEnumerable<int> Prints()
        {
            Console.Write("");
            yield return 1;
        }

        public static HttpClient Calls() => new();

        public static int Holds() => new List<GitOpsGen.Model.RelativePath[]>().Count;

        public static string Names() => typeof(GitOpsGen.Yaml.YamlReader).Name;
    }
}
