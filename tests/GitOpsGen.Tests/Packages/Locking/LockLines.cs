using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Tests.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Packages.Locking;

/// <summary>Lockfiles as short lines: <c>Function:a/f v1.0.0 indirect [dev, preview-*]</c>; a Provider without the kind.</summary>
internal static class LockLines
{
    /// <summary>Reads lines into entries that contain only what the lines say.</summary>
    public static PackageLock Read(params IEnumerable<string> lines) => Parse(File(lines));

    /// <summary>The lines as a file.</summary>
    public static string File(params IEnumerable<string> lines) =>
        "lockfileVersion: 1\npackages:\n" + string.Concat(lines.Select(Yaml)) + (lines.Any() ? "" : "  []\n");

    public static PackageLock Parse(string text)
    {
        var (lockfile, found) = LockfileReader.Read(YamlText.File, Encoding.UTF8.GetBytes(text));
        Assert.Empty(found.Where(d => d.Severity == Severity.Error));
        return lockfile!;
    }

    public static string[] Of(ResolutionStep step) => [.. step.Lockfile.Packages.Select(Of)];

    public static string Of(LockEntry entry) =>
        string.Concat(
            entry.Kind == PackageKind.Provider ? "" : $"{entry.Kind}:",
            $"{entry.Package.Value.Path} {entry.Version}",
            entry.IsIndirect ? " indirect" : "",
            entry.Environments is { } names ? $" [{string.Join(", ", names)}]" : ""
        );

    /// <summary>The same, as it would be read from the file that it is written to.</summary>
    public static PackageLock Written(ResolutionStep step) => new([.. step.Lockfile.Packages.Select((entry, index) => entry with { Index = index })]);

    /// <summary>Everything that can differ, places left out.</summary>
    public static string Text(ResolutionStep step) =>
        string.Join(
            '\n',
            [
                .. step.Lockfile.Packages.Select(e =>
                    $"{Of(e)} {e.Digest} {e.RequiresCrossplane} needs {(e.DependsOn is { } needs ? string.Join(", ", needs.Select(d => $"{d.Kind} {d.Package} {d.Constraint}")) : "?")}"
                ),
                .. step.Diagnostics.Select(d => $"{d.Rule.Code} {d.Message}").Order(StringComparer.Ordinal),
            ]
        );

    private static string Yaml(string line)
    {
        var (head, environments) = line.Split(" [") is [var before, var after] ? (before, after.TrimEnd(']')) : (line, null);
        var words = head.Split(' ');
        var (kind, path) = words[0].Split(':') is [var named, var rest] ? (named, rest) : ("Provider", words[0]);
        return $"  - package: x.io/{path}\n    kind: {kind}\n    version: {words[1]}\n"
            + (words.Contains("indirect") ? "    indirect: true\n" : "")
            + (environments is null ? "" : $"    environments: [{string.Join(", ", environments.Split(", ").Select(name => $"'{name}'"))}]\n")
            + (kind == "Crossplane" ? "    chart: { repository: https://charts.example.com/stable, version: 2.3.4 }\n" : "");
    }
}
