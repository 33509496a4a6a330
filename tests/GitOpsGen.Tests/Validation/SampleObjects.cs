namespace GitOpsGen.Tests.Validation;

/// <summary>Valid objects of the kinds that are rendered, with as many of the schemas' keywords in use as fit.</summary>
internal static class SampleObjects
{
    public const string Provider = """
        apiVersion: pkg.crossplane.io/v1
        kind: Provider
        metadata: { name: upbound-provider-aws-s3 }
        spec:
          package: 123456789012.dkr.ecr.eu-west-2.amazonaws.com/upbound/provider-aws-s3:v2.2.0
          revisionActivationPolicy: Manual
          packagePullPolicy: Always
          revisionHistoryLimit: 3
          packagePullSecrets: [{ name: a }]
          skipDependencyResolution: true
          commonLabels: { team: platform }
          runtimeConfigRef: { name: provider-aws }

        """;

    public const string ImageConfig = """
        apiVersion: pkg.crossplane.io/v1beta1
        kind: ImageConfig
        metadata: { name: mirror }
        spec:
          matchImages: [{ type: Prefix, prefix: xpkg.upbound.io/ }]
          rewriteImage: { prefix: harbor.example.com/xpkg/ }
          registry: { authentication: { pullSecretRef: { name: harbor } } }
          runtime: { configRef: { name: default } }
          verification: { provider: Cosign, cosign: { authorities: [{ name: a, key: { hashAlgorithm: sha256, secretRef: { name: a, key: b } } }] } }

        """;

    public const string RuntimeConfig = """
        apiVersion: pkg.crossplane.io/v1beta1
        kind: DeploymentRuntimeConfig
        metadata: { name: provider-aws }
        spec:
          serviceAccountTemplate: { metadata: { name: provider-aws, annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/a" } } }
          deploymentTemplate:
            spec:
              replicas: 1
              selector: {}
              strategy: { rollingUpdate: { maxSurge: 25%, maxUnavailable: 1 } }
              template:
                spec:
                  containers:
                    - name: package-runtime
                      args: [--debug]
                      ports: [{ containerPort: 8080, name: metrics }, { containerPort: 8080, protocol: UDP }]
                      resources: { limits: { cpu: 500m, memory: 1Gi } }
                  securityContext: { runAsUser: 2000, fsGroup: 1 }

        """;

    public const string HelmRelease = """
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: crossplane, namespace: flux-system }
        spec:
          interval: 10m
          releaseName: crossplane
          targetNamespace: crossplane-system
          chart: { spec: { chart: crossplane, version: 2.1.0, sourceRef: { kind: HelmRepository, name: crossplane } } }
          install: { crds: Create, remediation: { retries: 3 }, strategy: { name: RetryOnFailure, retryInterval: 5m } }
          valuesFrom: [{ kind: ConfigMap, name: values, valuesKey: a.yaml, targetPath: "a.b[0]" }]
          dependsOn: [{ name: a }]
          values: { image: { tag: v1 }, args: [1, null] }

        """;

    public const string Kustomization = """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: packages, namespace: flux-system }
        spec:
          interval: 10m
          timeout: 5m30s
          path: ./packages
          prune: false
          wait: true
          sourceRef: { kind: OCIRepository, name: manifests }
          healthCheckExprs: [{ apiVersion: pkg.crossplane.io/v1, kind: Provider, current: "true" }]
          patches: [{ patch: "{}", target: { kind: Provider } }]
          images: [{ name: a, digest: b }]
          commonMetadata: { labels: { a: b } }
          postBuild: { substitute: { a: b } }

        """;

    public const string OciRepository = """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata: { name: manifests, namespace: flux-system }
        spec:
          interval: 5m
          url: oci://harbor.example.com/manifests
          ref: { tag: v1, semver: ">1" }
          provider: aws
          layerSelector: { mediaType: a/b, operation: copy }
          verify: { provider: cosign, matchOIDCIdentity: [{ issuer: a, subject: b }] }

        """;

    public const string Application = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: { name: crossplane, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io] }
        spec:
          project: default
          destination: { server: "https://kubernetes.default.svc", namespace: crossplane-system }
          revisionHistoryLimit: 5
          sources:
            - { repoURL: "https://charts.crossplane.io/stable", chart: crossplane, targetRevision: 2.1.0, helm: { releaseName: crossplane, valueFiles: ["$values/a.yaml"], parameters: [{ name: a, value: b, forceString: true }], valuesObject: { a: 1 } } }
            - { repoURL: "https://github.com/a/b.git", targetRevision: main, ref: values }
          syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: [ServerSideApply=true], retry: { limit: 5, backoff: { duration: 5s, factor: 2 } } }
          ignoreDifferences: [{ kind: Provider, group: pkg.crossplane.io, jsonPointers: [/spec] }]
        status: { reconciledAt: "2026-01-02T03:04:05Z" }

        """;

    public const string ActivationPolicy = """
        apiVersion: apiextensions.crossplane.io/v1alpha1
        kind: ManagedResourceActivationPolicy
        metadata: { name: aws }
        spec: { activate: ["*.s3.aws.m.upbound.io"] }
        status: { activated: [a], conditions: [{ type: Healthy, status: "True", reason: a, lastTransitionTime: "2026-01-02T03:04:05Z", observedGeneration: 1 }] }

        """;

    public const string Definition = """
        apiVersion: apiextensions.crossplane.io/v1
        kind: CompositeResourceDefinition
        metadata: { name: xs.example.org }
        spec:
          group: example.org
          names: { kind: X, plural: xs }
          conversion: { strategy: Webhook, webhook: { conversionReviewVersions: [v1], clientConfig: { caBundle: YQ== } } }
          versions: [{ name: v1, served: true, referenceable: true, schema: { openAPIV3Schema: { type: object } } }]

        """;

    public static string[] All { get; } =
    [Definition, Provider, ImageConfig, RuntimeConfig, HelmRelease, Kustomization, OciRepository, Application, ActivationPolicy];
}
