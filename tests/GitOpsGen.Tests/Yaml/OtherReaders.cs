using System.Diagnostics;
using System.Text;
using System.Text.Json;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

/// <summary>The YAML readers that GitOpsGen's output meets: PyYAML (1.1), and Kubernetes' own through kubectl.</summary>
internal static class OtherReaders
{
    private const string LoadEach = """
        import json, math, sys, yaml
        loaders = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, 'CSafeLoader') else [])
        def load(text, loader):
            try:
                value = yaml.load(text, loader)
                finite = not isinstance(value, float) or math.isfinite(value)
                return {'type': type(value).__name__, 'value': value if finite else repr(value)}
            except Exception as error:
                return {'type': 'error', 'value': repr(error)[:500]}
        results = []
        for text in json.load(sys.stdin):
            read = [load(text, loader) for loader in loaders]
            odd = [r for r in read if repr(r['value']) != repr(read[0]['value']) and r['type'] != 'error']
            results.append({'type': 'error', 'value': 'PyYAML and libyaml differ: ' + repr(read)} if odd else read[0])
        print(json.dumps(results, default=repr))
        """;

    /// <summary>Each document as PyYAML reads it: the name of the Python type (<c>error</c>: it is refused) and the value as JSON.</summary>
    public static IReadOnlyList<(string Type, JsonElement Value)> PyYaml(IReadOnlyList<string> documents)
    {
        var output = Run("python3", ["-c", LoadEach], JsonSerializer.Serialize(documents));
        return
        [
            .. JsonElement.Parse(output).EnumerateArray().Select(result => (result.GetProperty("type").GetString()!, result.GetProperty("value"))),
        ];
    }

    /// <summary>What <c>kubectl kustomize</c> (go-yaml v3) makes of a resource. PyYAML refuses its plain <c>=</c>; Kubernetes does not.</summary>
    public static string Kustomize(string resources)
    {
        var folder = Directory.CreateTempSubdirectory("gitopsgen-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "resources.yaml"), resources);
            File.WriteAllText(Path.Combine(folder.FullName, "kustomization.yaml"), "resources:\n  - resources.yaml\n");
            return Run("kubectl", ["kustomize", folder.FullName], "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One resource as JSON, read by sigs.k8s.io/yaml, without a cluster.</summary>
    public static JsonElement Kubernetes(string resource)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, resource);
            return JsonElement.Parse(Run("kubectl", ["label", "--local", "--filename", file, "--output", "json", "read=back"], ""));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// Whether Kustomize can print the string at all, however it was given: it writes U+007F to U+009F, U+FFFE and U+FFFF raw, and
    /// then refuses to read them, or takes them for a line break.
    /// </summary>
    public static bool IsForKustomize(string text) => !text.Any(unit => unit is (>= '\u007F' and <= '\u009F') or '\uFFFE' or '\uFFFF');

    /// <summary>
    /// As <see cref="IsForKustomize"/>: a key that go-yaml marks with <c>?</c>, long or of several lines, comes out broken, and
    /// <c>&lt;&lt;</c> is dropped, quoted or not.
    /// </summary>
    public static bool IsKeyForKustomize(string text) => IsForKustomize(text) && text.Length < 100 && !text.Contains('\n') && text != "<<";

    /// <summary>As <see cref="IsForKustomize"/>: it puts an annotation that starts with a tab into a block, and refuses to read that.</summary>
    public static bool IsAnnotationForKustomize(string text) => IsForKustomize(text) && !text.Contains('\t');

    public static void SkipWithoutPyYaml() => Assert.SkipUnless(CanRun("python3", ["-c", "import yaml"]), "python3 with PyYAML is not installed.");

    public static void SkipWithoutKubectl() => Assert.SkipUnless(CanRun("kubectl", ["version", "--client"]), "kubectl is not installed.");

    private static bool CanRun(string tool, string[] arguments)
    {
        try
        {
            Run(tool, arguments, "");
            return true;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Run(string tool, string[] arguments, string input)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAside();
        var output = process.StandardOutput.ReadToEndAside();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException($"{tool} ended with {process.ExitCode}: {error.Result}");
    }
}
