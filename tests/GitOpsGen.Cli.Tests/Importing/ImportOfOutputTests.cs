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
