using System.Text;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;

namespace GitOpsGen.MSBuild.Tests;

/// <summary>
/// A repository with C# projects beside the lockfile, in folders with spaces in their names. It is restored when it is made, and builds do
/// not restore: that is most of the time of a small build.
/// </summary>
internal sealed partial class Repository : IDisposable
{
    public const string Lockfile = "packages.lock.yaml";
    public const string Settings = ".config/gitopsgen.yaml";
    public const string Ledger = "manifests/base/.gitopsgen";

    private readonly TempFolder folder = new();
    private readonly BuildPackage package;

    public Repository(BuildPackage package, params IEnumerable<Project> projects)
    {
        this.package = package;
        Path = folder["the repository"];
        Write(
            "nuget.config",
            $"""<configuration><packageSources><clear /><add key="feed" value="{package.Feed}" /></packageSources></configuration>"""
        );
        Write("All.slnx", $"<Solution>{string.Concat(projects.Select(project => $"""<Project Path="{project.File}" />"""))}</Solution>");
        foreach (var project in projects)
        {
            Write(project.File, project.Text(package.Version));
            Write($"{System.IO.Path.GetDirectoryName(project.File)}/A.cs", "class A;");
        }

        Reset();
        Run(["restore", "All.slnx"]).Succeeds();
    }

    public string Path { get; }

    public string this[string path] => System.IO.Path.Combine(Path, path);

    public string TextOf(string path) => File.ReadAllText(this[path]);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
    }

    /// <summary>Replaces a text in a file, which has to be there.</summary>
    public void Edit(string path, string old, string with)
    {
        var text = TextOf(path);
        Xunit.Assert.Contains(old, text, StringComparison.Ordinal);
        Write(path, text.Replace(old, with, StringComparison.Ordinal));
    }

    /// <summary>This repository's own inputs, nothing rendered, and no build that remembers anything of GitOpsGen.</summary>
    public void Reset()
    {
        Write(Lockfile, File.ReadAllText(RepositoryRoot.Combine("packages.lock.yaml")));
        // Tests of a release have its version.
        Write(Settings, ToolConstraint().Replace(File.ReadAllText(RepositoryRoot.Combine(".config", "gitopsgen.yaml")), ""));
        foreach (var made in ((string[])["manifests", "templates"]).Select(name => this[name]).Where(Directory.Exists))
            Directory.Delete(made, recursive: true);
        Forget();
    }

    /// <summary>Deletes what builds remember, so that the next one has something to do.</summary>
    public void Forget()
    {
        foreach (var file in Remembered)
            File.Delete(file);
    }

    /// <summary>What builds remember of GitOpsGen.</summary>
    public string[] Remembered => Directory.GetFiles(Path, "gitopsgen.*", SearchOption.AllDirectories).Where(IsInObj).ToArray();

    /// <summary>Every path of the output, with its content.</summary>
    public Dictionary<string, string> Output =>
        Directory
            .EnumerateFiles(this["manifests"], "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .ToDictionary(file => System.IO.Path.GetRelativePath(Path, file), File.ReadAllText);

    /// <summary>Builds one project, or with an empty path all.</summary>
    public BuildRun Build(string project = "", params string[] options) => Run(["build", project.Length == 0 ? "All.slnx" : project, .. options]);

    /// <summary>The same as CI does.</summary>
    public BuildRun BuildInCi(string project = "", params string[] options) =>
        Run(["build", project.Length == 0 ? "All.slnx" : project, .. options], "true");

    /// <summary>Runs <c>dotnet</c>.</summary>
    /// <param name="arguments">Its arguments, without those that keep it from restoring and from living on.</param>
    /// <param name="ci">The variable <c>CI</c>, which the machine of the tests may have set for itself.</param>
    public BuildRun Run(string[] arguments, string? ci = null)
    {
        string[] always = arguments switch
        {
            ["restore", ..] => ["-nodeReuse:false"],
            ["format", ..] => [],
            ["msbuild", ..] => ["-nodeReuse:false", "-v:n", "-tl:off"],
            _ => ["--no-restore", "-nodeReuse:false", "-v:n", "-tl:off"],
        };
        Dictionary<string, string?> environment = new() { ["CI"] = ci, ["NUGET_PACKAGES"] = package.Cache };
        var run = Tool.Dotnet.Run(
            [arguments[0], .. always, .. arguments[1..]],
            folder: Path,
            environment: environment,
            timeout: TimeSpan.FromMinutes(5)
        );
        return new(run);
    }

    /// <summary>The command line on the same files.</summary>
    public ToolRun Gitopsgen(params string[] arguments) => Tool.Dotnet.Run([package.Program, .. arguments], folder: Path);

    public void Dispose() => folder.Dispose();

    private static bool IsInObj(string file) => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(file)) == "obj";

    [GeneratedRegex("^gitopsgen: .*\n", RegexOptions.Multiline)]
    private static partial Regex ToolConstraint();
}

/// <summary>A repository with one project, for all tests of a class.</summary>
public sealed class OneProject(BuildPackage package) : IDisposable
{
    internal const string App = "src/My App/My App.csproj";

    private Repository? repository;

    internal Repository Repository => repository ??= new(package, new Project(App));

    public void Dispose() => repository?.Dispose();
}

/// <summary>A C# project: where it is, what it targets, and whether it references the package.</summary>
internal sealed record Project(string File, bool HasPackage = true, string Frameworks = "net10.0", string Properties = "", params string[] References)
{
    // The second framework that needs no package of its own.
    public const string TwoFrameworks = "net10.0;net10.0-windows";

    public string Text(string version)
    {
        var text = new StringBuilder(
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFrameworks>{Frameworks}</TargetFrameworks>
                <EnableWindowsTargeting>true</EnableWindowsTargeting>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                {Properties}
              </PropertyGroup>
              <ItemGroup>

            """
        );
        if (!Frameworks.Contains(';', StringComparison.Ordinal))
            text.Replace("TargetFrameworks", "TargetFramework");
        if (HasPackage)
            text.Append(null, $"""    <PackageReference Include="GitOpsGen.MSBuild" Version="{version}" PrivateAssets="all" />""").AppendLine();
        foreach (var reference in References)
            text.Append(null, $"""    <ProjectReference Include="{reference}" />""").AppendLine();
        return text.Append("  </ItemGroup>\n</Project>\n").ToString();
    }
}
