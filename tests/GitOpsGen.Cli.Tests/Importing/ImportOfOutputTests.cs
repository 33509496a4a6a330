using System.Text;
using GitOpsGen.Lockfile;
using GitOpsGen.Settings;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Importing;

/// <summary>What 'render' wrote is a source as any other: it gives the two files back, but for what no output says.</summary>
public sealed class ImportOfOutputTests
{
    [Fact]
    public void The_output_of_this_repository_gives_its_lockfile_and_settings_back()
    {
        var imported = InProcess.Run(RepositoryRoot.Path, "import", "manifests", "--dry-run", "--format", "json").Json.GetProperty("import");
        var (lockfile, _) = LockfileReader.Read("lockfile", Encoding.UTF8.GetBytes(imported.GetProperty("lockfile").GetString()!));
        var (settings, _) = SettingsReader.Read("settings", Encoding.UTF8.GetBytes(imported.GetProperty("settings").GetString()!));
        var (ownLockfile, _) = LockfileReader.Read("lockfile", File.ReadAllBytes(RepositoryRoot.Combine(WorkFolder.Lockfile)));
        var (ownSettings, _) = SettingsReader.Read("settings", File.ReadAllBytes(RepositoryRoot.Combine(WorkFolder.Settings)));

        Assert.Equal(Described(ownLockfile!, ownSettings!), Described(lockfile!, settings!));
        Assert.Equal(Described(ownSettings!), Described(settings!));
    }

    /// <summary>The names of what was rendered are those of the settings; nothing of it is taken for somebody else's.</summary>
    [Theory]
    [InlineData("engine: flux", null)]
    [InlineData("engine: flux, flux: { name: xp }", "xp")]
    [InlineData("engine: argocd, argocd: { repoURL: https://git.example.com/a.git, destination: { name: a } }", null)]
    [InlineData("engine: argocd, argocd: { repoURL: https://git.example.com/a.git, destination: { name: a }, name: xp }", "xp")]
    public void The_names_of_rendered_engine_objects_stay(string gitOps, string? name)
    {
        using var folder = new WorkFolder();
        folder.Write(
            WorkFolder.Lockfile,
            """
            lockfileVersion: 1
            packages:
              - package: xpkg.crossplane.io/crossplane/crossplane
                kind: Crossplane
                version: v2.3.4
                chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 }
              - package: xpkg.crossplane.io/crossplane-contrib/function-kcl
                kind: Function
                version: v0.11.2

            """
        );
        folder.Write(WorkFolder.Settings, $"settingsVersion: 1\nenvironments:\n  main:\n    gitops: {{ {gitOps} }}\n");
        InProcess.Run(folder.Path, "render").Exits(0);

        var run = InProcess
            .Run(folder.Path, "import", "manifests", "--env", "main=manifests/overlays/main", "--compare", "--format", "json")
            .Exits(0);

        var (settings, _) = SettingsReader.Read(
            "settings",
            Encoding.UTF8.GetBytes(run.Json.GetProperty("import").GetProperty("settings").GetString()!)
        );
        var read = settings!.Environments.Single().GitOps;
        Assert.Equal(name ?? (read.Flux is null ? "main" : "crossplane"), read.Flux?.Name ?? read.ArgoCd!.Name.Value);
        Assert.DoesNotContain("delete", run.Json.GetProperty("import").GetProperty("handOver").ToString(), StringComparison.Ordinal);
    }

    // An entry without environments is for those that no other entry of its package names.
    private static IEnumerable<string> Described(PackageLock lockfile, ProjectSettings settings) =>
        from environment in settings.Environments
        from package in lockfile.Packages.GroupBy(entry => entry.Package.Value)
        let entry = package.FirstOrDefault(entry => entry.Environments?.Any(name => name.Value.Matches(environment.Name.Value.Value)) == true)
            ?? package.First(entry => entry.Environments is null)
        orderby environment.Name.Value.Value, $"{package.Key}"
        select $"{environment.Name} {package.Key} {entry.Kind} {entry.Version} {entry.ObjectName} {entry.Chart?.Value}";

    private static IEnumerable<string> Described(ProjectSettings settings) =>
        settings
            .Environments.Select(environment =>
                $"{environment.Name} {environment.Install.Value} {environment.Routes.Identity} {environment.Pin} {environment.Crossplane.Release} {environment.Crossplane.Namespace} {environment.Iam?.PackageManager?.Role.Value.Name} {environment.Iam?.PackageManager?.OidcIssuer?.Value} {string.Join(",", environment.Iam?.NodeRoles.Select(role => role.Value.Name) ?? [])} {environment.Crossplane.Chart.Repository?.Value} {environment.GitOps.ArgoCd} {environment.GitOps.Flux}"
            )
            .Order(StringComparer.Ordinal);
}
