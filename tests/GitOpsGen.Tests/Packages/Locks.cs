using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Tests.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Packages;

/// <summary>Lockfiles from short lines, and what the graph makes of them.</summary>
internal static class Locks
{
    /// <summary>One entry of host <c>x.io</c>; without <paramref name="needs"/> its dependencies are not known.</summary>
    public static string Entry(string kind, string path, string version = "v1.0.0", string[]? needs = null, string more = "") =>
        $"  - package: x.io/{path}\n    kind: {kind}\n    version: {version}\n    locked: {version}@sha256:{new string('0', 64)}\n"
        + (needs is null ? "" : $"    dependsOn: [{string.Join(", ", needs.Select(Dependency))}]\n")
        + (more.Length == 0 ? "" : $"    {more}\n");

    public static string Provider(string path, params string[] needs) => Entry("Provider", path, needs: needs);

    public static PackageLock Read(params IEnumerable<string> entries)
    {
        var (lockfile, found) = LockfileReader.Read(
            YamlText.File,
            Encoding.UTF8.GetBytes("lockfileVersion: 1\npackages:\n" + string.Concat(entries))
        );
        Assert.Empty(found.Where(d => d.Severity == Severity.Error));
        return lockfile!;
    }

    public static EnvironmentName[] Names(params IEnumerable<string> names) =>
        [.. names.Select(name => EnvironmentName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name))];

    /// <summary>The graphs and findings for one environment <c>dev</c>.</summary>
    public static (PackageGraph Graph, Diagnostic[] Found) Build(params IEnumerable<string> entries)
    {
        var (graphs, found) = GraphBuilder.Build(Read(entries), [.. Names("dev")], _ => true);
        return (Assert.Single(graphs), [.. found]);
    }

    public static string Waves(PackageGraph graph) =>
        string.Join(" | ", graph.Waves.Select(wave => string.Join(' ', wave.Select(e => e.Package.Value.Path))));

    // a/b, a/b=CONSTRAINT or Function:a/b
    private static string Dependency(string text)
    {
        var (target, constraint) = text.Split('=', 2) is [var before, var after] ? (before, after) : (text, ">=v0.0.0-0");
        var (kind, path) = target.Split(':') is [var named, var rest] ? (named, rest) : ("Provider", target);
        return $"{{ package: x.io/{path}, kind: {kind}, constraint: '{constraint}' }}";
    }
}
