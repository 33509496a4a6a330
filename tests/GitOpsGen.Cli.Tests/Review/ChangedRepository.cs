using GitOpsGen.Testing;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary>A repository that is rendered and committed, for changes to be made in.</summary>
internal sealed class ChangedRepository : IDisposable
{
    public const string Digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public const string MapTemplate = "templates/overlays/{environment}/packages/extras/map.yaml.scriban";

    public const string Map = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: map
          namespace: crossplane-system
        data:
          value: none

        """;

    private readonly WorkFolder folder = new();
    private readonly GitFolder git;

    /// <summary>Three environments that are alike but for their accounts, and one of another kind.</summary>
    public ChangedRepository(string? below = null, params string[] init)
    {
        Root = below is null ? folder.Path : folder[below];
        git = GitFolder.Init(folder.Path, init);
        Write(
            WorkFolder.Settings,
            """
            settingsVersion: 1
            environments:
              prod-a:
                registry: { ecr: { account: "111111111111", region: eu-west-2 }, prefix: mirror }
                iam: { packageManager: { role: puller, identity: podIdentity }, nodes: { roles: [node] } }
                gitops: { engine: flux }
              prod-b:
                registry: { ecr: { account: "222222222222", region: us-east-1 }, prefix: mirror }
                iam: { packageManager: { role: puller, identity: podIdentity }, nodes: { roles: [node] } }
                gitops: { engine: flux }
              prod-c:
                registry: { ecr: { account: "333333333333", region: eu-central-1 }, prefix: mirror }
                iam: { packageManager: { role: puller, identity: podIdentity }, nodes: { roles: [node] } }
                gitops: { engine: flux }
              dev:
                registry: { host: harbor.example.com }
                gitops: { engine: none }

            """
        );
        Write(
            WorkFolder.Lockfile,
            $$"""
            lockfileVersion: 1
            packages:
              - { package: xpkg.crossplane.io/crossplane/crossplane, kind: Crossplane, version: v2.2.7, locked: v2.2.7@{{Digest}}, chart: { repository: "https://charts.crossplane.io/stable", version: 2.2.7 } }
              - package: xpkg.upbound.io/upbound/provider-family-aws
                kind: Provider
                version: v2.2.0
                locked: v2.2.0@{{Digest}}
                dependsOn: []
              - package: xpkg.upbound.io/upbound/provider-aws-s3
                kind: Provider
                version: v2.2.0
                locked: v2.2.0@{{Digest}}
                dependsOn:
                  - { package: xpkg.upbound.io/upbound/provider-family-aws, kind: Provider, constraint: ">= 0.0.0" }
              - package: xpkg.crossplane.io/crossplane-contrib/function-auto-ready
                kind: Function
                version: v0.5.0
                locked: v0.5.0@{{Digest}}
                dependsOn: []

            """
        );
        Render();
        git.Commit("Base");
    }

    public string Root { get; }

    public GitFolder Git => git;

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Root, path))!);
        File.WriteAllText(Path.Combine(Root, path), text);
    }

    public void Edit(string path, string old, string with)
    {
        var full = Path.Combine(Root, path);
        var text = File.ReadAllText(full);
        Xunit.Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(full, text.Replace(old, with, StringComparison.Ordinal));
    }

    /// <summary>A version in the lockfile, of all packages that have it, and what is locked for it.</summary>
    public void Move(string from, string to)
    {
        Edit(WorkFolder.Lockfile, $"version: {from}", $"version: {to}");
        Edit(WorkFolder.Lockfile, $"locked: {from}@", $"locked: {to}@");
    }

    /// <summary>Puts the function behind the provider, in a later wave.</summary>
    public void MakeAutoReadyDependOnS3() =>
        Edit(
            WorkFolder.Lockfile,
            $"locked: v0.5.0@{Digest}\n    dependsOn: []",
            $"locked: v0.5.0@{Digest}\n    dependsOn:\n      - {{ package: xpkg.upbound.io/upbound/provider-aws-s3, kind: Provider, constraint: \">= 0.0.0\" }}"
        );

    public Finished Lint() => InProcess.Run(Root, "lint");

    public void Render() => InProcess.Run(Root, "render", "--quiet").Exits(0);

    public Finished Diff(params string[] arguments) => InProcess.Run(Root, ["diff", .. arguments]);

    public void Dispose() => folder.Dispose();
}
