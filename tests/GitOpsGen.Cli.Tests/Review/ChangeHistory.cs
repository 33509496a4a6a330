using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary>A repository in which each commit is one kind of change. Made once for all tests that read it.</summary>
public sealed partial class ChangeHistory : IDisposable
{
    private const string Function = "crossplane-contrib-function-auto-ready";

    private static readonly (string Name, Action<ChangedRepository> Make)[] Changes =
    [
        (
            "bump-in-one-environment",
            repository =>
            {
                var lines = File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Lockfile));
                var entry = lines[lines.LastIndexOf("  - package:", StringComparison.Ordinal)..];
                var forAll = entry.Replace("    kind:", "    environments: [prod-*]\n    kind:", StringComparison.Ordinal);
                repository.Write(WorkFolder.Lockfile, lines.Replace(entry, forAll, StringComparison.Ordinal) + ForDev(entry));
            }
        ),
        (
            "new-package-with-a-new-dependency",
            repository =>
                repository.Edit(
                    WorkFolder.Lockfile,
                    "packages:\n",
                    $"""
                    packages:
                      - package: ghcr.io/acme/configuration-queue
                        kind: Configuration
                        version: v1.0.0
                        locked: v1.0.0@{ChangedRepository.Digest}
                        environments: [prod-*]
                        dependsOn:
                          - {"{"} package: xpkg.upbound.io/upbound/provider-aws-sqs, kind: Provider, constraint: ">= v2.2.0" {"}"}
                      - package: xpkg.upbound.io/upbound/provider-aws-sqs
                        kind: Provider
                        version: v2.2.0
                        locked: v2.2.0@{ChangedRepository.Digest}
                        environments: [prod-*]
                        indirect: true
                        dependsOn:
                          - {"{"} package: xpkg.upbound.io/upbound/provider-family-aws, kind: Provider, constraint: ">= 0.0.0" {"}"}

                    """
                )
        ),
        ("registry-moved", repository => repository.Edit(WorkFolder.Settings, "host: harbor.example.com", "host: registry.example.com")),
        (
            "install-switched",
            repository =>
                repository.Edit(WorkFolder.Settings, "{ host: registry.example.com }", "{ host: registry.example.com }\n    install: direct")
        ),
        ("engine-switched", repository => repository.Edit(WorkFolder.Settings, "engine: none", "engine: flux")),
        (
            "identity-switched",
            repository =>
                EditEnvironment(
                    repository,
                    "333333333333",
                    "identity: podIdentity",
                    "identity: irsa, oidcIssuer: oidc.eks.eu-central-1.amazonaws.com/id/A"
                )
        ),
        (
            "exact-to-wildcard",
            repository => EditEnvironment(repository, "222222222222", "nodes: { roles: [node] }", "nodes: { roles: [node] }, resources: wildcard")
        ),
        ("template-edited", repository => repository.Edit(ChangedRepository.MapTemplate, "value: none", "value: \"{{ environment.name }}\"")),
        (
            "environment-added",
            repository =>
                repository.Edit(
                    WorkFolder.Settings,
                    "  dev:\n",
                    "  develop:\n    registry: { host: registry.example.com }\n    gitops: { engine: none }\n  dev:\n"
                )
        ),
        (
            "environment-removed",
            repository =>
            {
                var text = File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Settings));
                var (start, end) = (text.IndexOf("  prod-a:", StringComparison.Ordinal), text.IndexOf("  prod-b:", StringComparison.Ordinal));
                repository.Write(WorkFolder.Settings, text.Remove(start, end - start));
            }
        ),
        (
            "object-renamed",
            repository =>
                repository.Edit(
                    WorkFolder.Lockfile,
                    "package: xpkg.upbound.io/upbound/provider-aws-s3\n",
                    "package: xpkg.upbound.io/upbound/provider-aws-s3\n    name: buckets\n"
                )
        ),
        ("digest-moved", repository => repository.Edit(WorkFolder.Lockfile, "v0.5.1@sha256:aa", "v0.5.1@sha256:bb")),
        (
            "package-removed",
            repository =>
            {
                var lines = File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Lockfile));
                repository.Write(WorkFolder.Lockfile, lines[..lines.LastIndexOf("  - package:", StringComparison.Ordinal)]);
            }
        ),
    ];

    private readonly ChangedRepository repository = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> said = [];
    private readonly ConcurrentDictionary<(string Commit, string Folder), Dictionary<string, string>> read = [];
    private readonly Dictionary<string, (string Base, string Head)> commits = new(StringComparer.Ordinal);

    public ChangeHistory()
    {
        repository.Write(ChangedRepository.MapTemplate, ChangedRepository.Map);
        repository.Render();
        var last = repository.Git.Commit("A template");
        foreach (var (name, make) in Changes)
        {
            make(repository);
            repository.Render();
            commits[name] = (last, last = repository.Git.Commit(name));
        }

        commits["nothing"] = (last, repository.Git.Commit("nothing"));
        commits["tool-changed"] = (Altered("interval: 1h", "interval: 2h", "manifests/overlays"), last);
        commits["output-edited"] = (Altered(":v0.5.0", ":v0.5.0-mine", $"manifests/overlays/prod-b/packages/wave-0/{Function}.yaml"), last);
    }

    public static IEnumerable<string> Names => [.. Changes.Select(change => change.Name), "tool-changed", "output-edited", "nothing"];

    /// <summary>What <c>diff</c> says of a change, without the names of commits, trees and the tool's version.</summary>
    public string Diff(string change, string form) => said.GetOrAdd(change, Ask)[form];

    /// <summary>The texts of the committed files below a folder of the output, by their paths there.</summary>
    public Dictionary<string, string> Files(string change, bool isHead, string folder)
    {
        var commit = isHead ? commits[change].Head : commits[change].Base;
        return read.GetOrAdd((commit, folder), _ => Read(commit, folder));
    }

    public void Dispose() => repository.Dispose();

    // One run for all forms.
    private Dictionary<string, string> Ask(string change)
    {
        var (start, end) = commits[change];
        using var temp = new TempFolder();
        string[] reports = ["text", "markdown", "html"];
        var run = repository
            .Diff(["--base", start, "--head", end, "--format", "json", .. reports.SelectMany(form => new[] { "--report", $"{form}={temp[form]}" })])
            .Exits(0);
        return reports
            .Select(form => KeyValuePair.Create(form, File.ReadAllText(temp[form])))
            .Append(KeyValuePair.Create("json", run.Output))
            .ToDictionary(said => said.Key, said => Neutral(said.Value));

        string Neutral(string text)
        {
            text = text.Replace(start, "BASE", StringComparison.Ordinal).Replace(end, "HEAD", StringComparison.Ordinal);
            text = text.Replace(start[..7], "BASE", StringComparison.Ordinal).Replace(end[..7], "HEAD", StringComparison.Ordinal);
            return TreeName().Replace(text, "TREE").Replace($"gitopsgen {ToolVersion}", "gitopsgen VERSION", StringComparison.Ordinal);
        }
    }

    private Dictionary<string, string> Read(string commit, string folder)
    {
        using var temp = new TempFolder();
        repository.Git.Run("archive", "--format=tar", "-o", temp["tar"], $"{commit}:manifests", folder);
        using var archive = new TarReader(File.OpenRead(temp["tar"]));
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content)
            {
                files[entry.Name] = new StreamReader(content).ReadToEnd();
            }
        }

        return files;
    }

    private static string ToolVersion => typeof(CommandLine).Assembly.GetName().Version!.ToString(3);

    private static string ForDev(string entry) =>
        entry
            .Replace("    kind:", "    environments: [\"dev*\"]\n    kind:", StringComparison.Ordinal)
            .Replace("v0.5.0", "v0.5.1", StringComparison.Ordinal);

    private static void EditEnvironment(ChangedRepository repository, string account, string old, string with)
    {
        var lines = File.ReadAllLines(Path.Combine(repository.Root, WorkFolder.Settings));
        var line = Array.FindIndex(lines, text => text.Contains(account, StringComparison.Ordinal)) + 1;
        lines[line] = lines[line].Replace(old, with, StringComparison.Ordinal);
        repository.Write(WorkFolder.Settings, string.Join('\n', lines) + "\n");
    }

    // A commit with another output than what this version renders, beside the history.
    private string Altered(string old, string with, string below)
    {
        foreach (var path in repository.Git.Run("grep", "-l", "-F", old, "--", below).Split('\n'))
        {
            repository.Edit(path, old, with);
        }

        var altered = repository.Git.Commit("Altered");
        repository.Git.Run("reset", "--quiet", "--hard", "HEAD~1");
        return altered;
    }

    [GeneratedRegex("(?<=\"tree\": \")[0-9a-f]{40}(?=\")")]
    private static partial Regex TreeName();
}
