namespace GitOpsGen.Tests.Yaml;

/// <summary>A lockfile and settings with nearly every key.</summary>
internal static class Documents
{
    public const string Lockfile = """
        lockfileVersion: 1
        packages:
          - package: xpkg.crossplane.io/crossplane/crossplane      # upstream repository: host/path, no tag
            kind: Crossplane                                       # the core image; its chart is pinned with it
            version: v2.3.4
            locked: v2.3.4@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  # index digest; filled by `lock`
            chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 }
          - package: xpkg.upbound.io/upbound/provider-family-aws
            kind: Provider                                         # Crossplane | Provider | Function | Configuration
            version: v2.2.0
            locked: v2.2.0@sha256:1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            indirect: true                                         # here only because another package depends on it
            dependsOn: []                                          # known to have none; absent = not known yet
          - package: xpkg.upbound.io/upbound/provider-aws-s3
            kind: Provider
            version: v2.2.0
            locked: v2.2.0@sha256:2123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            requiresCrossplane: ">=v1.12.1-0"                      # the package's own constraint on the core
            dependsOn:
              - { package: xpkg.upbound.io/upbound/provider-family-aws, kind: Provider, constraint: ">= 0.0.0" }
          - package: xpkg.upbound.io/upbound/provider-aws-s3       # another version elsewhere
            kind: Provider
            version: v2.3.0
            environments: [dev, "preview-*"]                       # names or globs
            name: upbound-provider-aws-s3                          # optional: Kubernetes object name; default: what Crossplane itself would derive

        """;

    public const string Settings = """
        settingsVersion: 1
        lockfile: packages.lock.yaml          # these three are the defaults; paths are relative to the root
        templates: templates
        output: manifests
        registries:                            # optional: how to reach a registry when reading (proxy, private CA)
          xpkg.upbound.io: { endpoint: https://proxy.example.com/xpkg, caFile: certs/proxy.pem }
        rules: { GOG2107: warning }            # severities: off | info | warning | error
        defaults:                              # merged under every environment
          gitops:
            engine: argocd                     # argocd | flux | none
            path: manifests                    # where `output` stands in the repository that the engine reads; default: the `output` setting
            argocd: { repoURL: https://github.com/acme/platform.git, revision: main, project: default, namespace: argocd, destination: { server: https://kubernetes.default.svc } }
            flux: { namespace: flux-system, interval: 1h, source: { kind: GitRepository, name: flux-system } }
        environments:
          tfc-cluster1:
            cluster: { account: "123456789012" }          # default: the registry's account
            registry:
              ecr: { account: "123456789012", region: eu-west-2 }        # or: host: harbor.example.com
              prefix: ""                       # or a map: { xpkg.upbound.io: xpkg-upbound, default: xpkg }
              pullSecret: name                 # optional, for registries without cloud identity: the user's Secret in the Crossplane namespace
            install: rewrite                   # rewrite (default) | direct, section 3
            pin: tag                           # tag (default) | digest, section 3
            crossplane: { namespace: crossplane-system, release: crossplane, chart: { repository: https://charts.example.com/crossplane }, values: { replicas: 2 } }
            iam:
              packageManager: { role: crossplane-package-pull, identity: irsa, oidcIssuer: oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE }   # irsa | podIdentity
              nodes: { roles: [regular_workloads] }
              resources: exact                 # exact | wildcard
            packages:                          # optional, by object name or glob
              upbound-provider-aws-s3:
                spec: { revisionActivationPolicy: Manual }                # any optional field of the package's spec
                runtime: { serviceAccount: { name: provider-aws-s3, annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/s3" } }, replicas: 1 }   # a DeploymentRuntimeConfig

        """;
}
