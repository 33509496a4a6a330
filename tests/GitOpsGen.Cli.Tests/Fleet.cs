using System.Text;

namespace GitOpsGen.Cli.Tests;

/// <summary>Inputs large enough that a render takes its time.</summary>
internal static class Fleet
{
    public static WorkFolder Create(int environments, int packages)
    {
        var folder = new WorkFolder();
        var lockfile = new StringBuilder("lockfileVersion: 1\npackages:\n");
        for (var i = 0; i < packages; i++)
        {
            lockfile.Append(
                null,
                $"""
                  - package: xpkg.upbound.io/upbound/provider-number-{i}
                    kind: Provider
                    version: v1.0.{i}
                    dependsOn: []

                """
            );
        }

        var settings = new StringBuilder(
            """
            settingsVersion: 1
            rules: { GOG2109: off }
            defaults:
              install: direct
              registry: { ecr: { account: "123456789012", region: eu-west-2 } }
            environments:

            """
        );
        for (var i = 0; i < environments; i++)
        {
            settings.Append(null, $"  env-{i}: {{}}\n");
        }

        folder.Write(WorkFolder.Lockfile, lockfile.ToString());
        folder.Write(WorkFolder.Settings, settings.ToString());
        return folder;
    }
}
