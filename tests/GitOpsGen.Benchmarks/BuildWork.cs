namespace GitOpsGen.Benchmarks;

/// <summary>Twelve C# projects, eleven of which need the twelfth; with <c>GitOpsGen.MSBuild</c> in all of them, or in none. Restored and built once.</summary>
internal sealed class BuildWork
{
    private const int Projects = 12;

    private static readonly string Dotnet = $"'{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"}'";

    // One node, whose processor time is that of its process and of what it starts and waits for.
    private static readonly string Build = $"{Dotnet} build All.slnx --no-restore -nodeReuse:false -m:1 -v:q -nologo";

    private readonly string root;
    private readonly string environment;

    private BuildWork(string root, string cache)
    {
        this.root = root;
        environment = $"export NUGET_PACKAGES='{cache}'; unset CI;";
    }

    /// <summary>Makes the package, and a repository of its own use with projects beside it.</summary>
    public static (BuildWork With, BuildWork Without) Make(string repository, string scratch)
    {
        var feed = Path.Combine(scratch, "feed");
        Directory.CreateDirectory(feed);
        Run.Shell(
            repository,
            $"{Dotnet} pack src/GitOpsGen.MSBuild -v:q -nologo -nodeReuse:false --artifacts-path '{scratch}/artifacts' --output '{feed}'"
        );
        var version = Path.GetFileNameWithoutExtension(Directory.GetFiles(feed).Single())["GitOpsGen.MSBuild.".Length..];
        return (
            Make(repository, scratch, "with", $"""<PackageReference Include="GitOpsGen.MSBuild" Version="{version}" PrivateAssets="all" />"""),
            Make(repository, scratch, "without", "")
        );
    }

    /// <summary>A build that has nothing to do; its time is that of the processor.</summary>
    public Run BuildAgain() => Run.WithProcessorTime(root, $"{environment} {Build}");

    /// <summary>The same as CI does.</summary>
    public Run BuildInCi() => Run.WithProcessorTime(root, $"{environment} export CI=true; {Build}");

    private static BuildWork Make(string repository, string scratch, string name, string package)
    {
        var root = Path.Combine(scratch, name);
        Write(
            "nuget.config",
            $"""<configuration><packageSources><clear /><add key="feed" value="{scratch}/feed" /></packageSources></configuration>"""
        );
        foreach (var file in (string[])["packages.lock.yaml", ".config/gitopsgen.yaml"])
        {
            Write(file, File.ReadAllText(Path.Combine(repository, file)));
        }

        for (var i = 0; i < Projects; i++)
        {
            var reference = i == 0 ? "" : """<ProjectReference Include="../P0/P0.csproj" />""";
            Write($"src/P{i}/A.cs", "class A;");
            Write(
                $"src/P{i}/P{i}.csproj",
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup>{package}{reference}</ItemGroup>
                </Project>
                """
            );
        }

        var projects = Enumerable.Range(0, Projects).Select(i => $"""<Project Path="src/P{i}/P{i}.csproj" />""");
        Write("All.slnx", $"<Solution>{string.Concat(projects)}</Solution>");
        var work = new BuildWork(root, Path.Combine(scratch, "cache"));
        Run.Shell(root, $"{work.environment} {Dotnet} restore -v:q && {Build}");
        return work;

        void Write(string path, string text)
        {
            var full = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }
}
