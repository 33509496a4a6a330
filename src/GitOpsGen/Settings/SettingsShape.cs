using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Settings;

/// <summary>The shape of <c>.config/gitopsgen.yaml</c> for the reader and the JSON Schema.</summary>
internal static partial class SettingsShape
{
    private static readonly Grammar Endpoint = new(
        EndpointForm(),
        "an https:// URL without user or query, such as https://proxy.example.com/xpkg; http:// on this machine only"
    );
    private static readonly Grammar RuleCode = new(RuleCodeForm(), "the code of a rule, such as GOG2107");
    private static readonly Grammar PrefixForm = new(PathPrefixForm(), "a path below the registry, such as xpkg or mirror/xpkg; \"\" for none");
    private static readonly Grammar PrefixKey = new(PrefixKeyForm(), "an upstream host such as xpkg.upbound.io, or default");
    private static readonly Grammar AnnotationKey = new(AnnotationKeyForm(), "an annotation's key, such as eks.amazonaws.com/role-arn");
    private static readonly Grammar LabelKey = new(LabelKeyForm(), "a label's key, such as team or acme.com/team");
    private static readonly Grammar LabelValue = new(LabelValueForm(), "a label's value (letters, digits, -, _ and ., at most 63)");
    private static readonly Grammar Duration = new(DurationForm(), "a duration such as 1h or 10m30s, no longer than 99999h");
    private static readonly Grammar UpstreamPrefix = new(
        UpstreamPrefixForm(),
        "an upstream host, or a path below it, such as ghcr.io or ghcr.io/acme"
    );
    private static readonly Grammar Label = new(LabelForm(), "a DNS label (a-z, 0-9 and -, at most 63)");
    private static readonly Grammar Subdomain = new(SubdomainForm(), "a Kubernetes name (a-z, 0-9, - and ., at most 253)");
    private static readonly Grammar Complete = new(CompleteForm(), "one line without a placeholder in braces, or between < and >");
    private static readonly Grammar Release = new(ReleaseForm(), "a Helm release name (a-z, 0-9 and -, at most 53)");

    /// <summary>With the longest ending, <c>-prerequisites</c>, a name still fits into the label by which Flux knows its objects.</summary>
    public const int LongestNameStem = 49;

    private static readonly Grammar NameStem = new(NameStemForm(), "a DNS label (a-z, 0-9 and -) of at most 49 characters");

    private static readonly Grammar SyncOption = new(
        SyncOptionForm(),
        "NAME=VALUE; Force, Replace, and what GitOpsGen sets itself (ServerSideApply, PruneLast, CreateNamespace) are not"
    );

    private static readonly StringShape AnyString = new();
    private static readonly StringShape Account = new(AccountId.Grammar) { FormRule = Rules.AccountId, TypeRule = Rules.AccountId };
    private static readonly StringShape Role = new(IamRole.Grammar);
    private static readonly StringShape Prefix = new(PrefixForm) { AllowsEmpty = true };

    private static readonly ImmutableArray<PropertyShape> RegistryPlace =
    [
        new(
            "ecr",
            new ObjectShape([
                new("account", Account, "The registry's account, a quoted string of 12 digits.") { IsRequired = true },
                new("region", AnyString, "The registry's region; it decides the partition.") { IsRequired = true },
            ]),
            "An AWS ECR registry."
        ),
        new(
            "host",
            new StringShape(RegistryHost.Grammar) { FormRule = Rules.HostWithoutDot },
            "Any other registry's host. A host that is an ECR host is treated as ECR."
        ),
    ];

    private static readonly ObjectShape Metadata = new([
        new("labels", new MapShape(LabelKey, new StringShape(LabelValue) { AllowsEmpty = true }), "Labels, by key."),
        new("annotations", new MapShape(AnnotationKey, new StringShape { AllowsEmpty = true }), "Annotations, by key."),
    ]);

    private static readonly ObjectShape SecretReference = new([
        new("name", new StringShape(Subdomain), "Its name.") { IsRequired = true },
        new("key", AnyString, "The key in it; by default value or value.yaml."),
    ]);

    private static readonly PropertyShape PullSecret = new(
        "pullSecret",
        new StringShape(Subdomain),
        "A Secret in the Crossplane namespace, for registries without cloud identity."
    );

    private static readonly ObjectShape Registry = new([
        .. RegistryPlace,
        new(
            "prefix",
            new EitherShape(Prefix, new MapShape(PrefixKey, Prefix)),
            "The path before the upstream path in the registry: one path, or one per upstream host with a default."
        ),
        PullSecret,
    ])
    {
        ExactlyOneOf = ["ecr", "host"],
    };

    private static readonly ObjectShape Route = new([
        new("from", new ChoiceShape(["upstream"]), "upstream pulls the packages where they were published; beside it there is only pullSecret."),
        .. RegistryPlace,
        new("prefix", Prefix, "The path before the upstream path; without it, that of registry where the route names no other one."),
        new("path", Prefix, "The path in place of the upstream host and organisation, for mirrors with folders of their own; prefix is not used."),
        PullSecret,
        new(
            "pullThrough",
            new BooleanShape(),
            "Whether the registry fetches by itself what it does not have, so that nobody copies; false by default."
        ),
    ]);

    private static readonly ObjectShape Crossplane = new([
        new("namespace", new StringShape(Label), "The namespace of the core; crossplane-system by default."),
        new("release", new StringShape(Release), "The Helm release's name; crossplane by default."),
        new(
            "chart",
            new ObjectShape([
                new("repository", new StringShape(ChartRepository.Grammar), "Where the chart comes from in this environment."),
                new("name", new StringShape(Label), "The chart's name, where it is a fork's; crossplane by default."),
                new("secretRef", new StringShape(Subdomain), "A Secret in Flux's namespace with the login of the chart's registry."),
                new(
                    "provider",
                    new ChoiceShape(["aws", "azure", "gcp"]),
                    "The cloud whose identity logs Flux in to the chart's OCI registry; by default the one whose registry it is, unless there is a secretRef."
                ),
            ]),
            "Another place for the chart, or another name, and the login."
        ),
        new("values", new FreeMappingShape(), "Helm values, merged with the generated ones."),
    ]);

    private static readonly ObjectShape Iam = new([
        new(
            "packageManager",
            new ObjectShape([
                new("role", Role, "The role of the Crossplane pod's service account: a name in the cluster's account, or an ARN."),
                new("identity", new ChoiceShape(["irsa", "podIdentity"]), "How the pod gets the role; irsa by default."),
                new("oidcIssuer", new StringShape(OidcIssuer.Grammar), "The cluster's OIDC issuer, with or without https://; needed for irsa."),
            ]),
            "The identity that pulls packages."
        ),
        new(
            "runtime",
            new ObjectShape([
                new("identity", new ChoiceShape(["irsa", "podIdentity"]), "How the pods get their roles; irsa by default."),
                new(
                    "oidcIssuer",
                    new StringShape(OidcIssuer.Grammar),
                    "The cluster's OIDC issuer, with or without https://; needed for irsa where packageManager has none."
                ),
            ]),
            "How the pods of packages get the roles of runtime.serviceAccount.role; as packageManager by default."
        ),
        new(
            "nodes",
            new ObjectShape([new("roles", new ListShape(Role, 1), "The roles of the nodes, or of the Fargate pods.")]),
            "The identity that pulls images for pods."
        ),
        new("resources", new ChoiceShape(["exact", "wildcard"]), "exact lists the repositories (default); wildcard folds them per folder and kind."),
    ]);

    private static readonly ObjectShape Package = new([
        new("metadata", Metadata, "Labels and annotations of the package and of its DeploymentRuntimeConfig, over those of the environment."),
        new("spec", new FreeMappingShape(), "Optional fields of the package's spec."),
        new(
            "runtime",
            new ObjectShape([
                new(
                    "name",
                    new StringShape(Subdomain),
                    "The name of the DeploymentRuntimeConfig; the package's own by default. Packages whose runtimes are equal may share one."
                ),
                new(
                    "serviceAccount",
                    new ObjectShape([
                        new(
                            "name",
                            new StringShape(Subdomain),
                            "A fixed name for the runtime's service account; with a role, the object's by default."
                        ),
                        new("role", Role, "The role of the runtime's pods: a name in the cluster's account, or an ARN."),
                        new(
                            "annotations",
                            new MapShape(AnnotationKey, new StringShape { AllowsEmpty = true }),
                            "Annotations of the service account."
                        ),
                    ]),
                    "The runtime's service account."
                ),
                new("replicas", new IntegerShape(0, 1000), "How many pods the runtime has."),
                new(
                    "deploymentTemplate",
                    new FreeMappingShape(),
                    "Metadata and spec of the runtime's Deployment; the container of the package is named package-runtime."
                ),
                new("serviceAccountTemplate", new FreeMappingShape(), "Metadata of the runtime's service account."),
                new("serviceTemplate", new FreeMappingShape(), "Metadata of the runtime's Service."),
            ]),
            "The package's DeploymentRuntimeConfig: its whole spec, or shorthands for parts of it."
        ),
    ]);

    private static readonly ObjectShape GitOps = new([
        new("engine", new ChoiceShape(["argocd", "flux", "none"]), "What applies the output to the cluster; none by default."),
        new("path", AnyString, "The path of the output in the repository that the engine reads; the output setting by default."),
        new(
            "argocd",
            new ObjectShape([
                new("repoURL", new StringShape(Complete), "The Git repository that holds the output."),
                new("revision", new StringShape(Complete), "The branch, tag or commit to follow; HEAD by default."),
                new("project", new StringShape(Complete), "The AppProject; default by default."),
                new("namespace", new StringShape(Label), "The namespace of Argo CD; argocd by default."),
                new(
                    "name",
                    new StringShape(NameStem),
                    "What the names of the Applications begin with: NAME-crossplane and NAME-packages; by default the environment's name."
                ),
                new(
                    "destination",
                    new ObjectShape([
                        new("server", new StringShape(Complete), "The cluster's API server."),
                        new("name", new StringShape(Complete), "The cluster's name in Argo CD."),
                    ])
                    {
                        ExactlyOneOf = ["server", "name"],
                    },
                    "The cluster."
                ),
                new(
                    "syncPolicy",
                    new ObjectShape([
                        new(
                            "automated",
                            new ObjectShape([
                                new("enabled", new BooleanShape(), "Whether Argo CD syncs by itself; true by default."),
                                new("prune", new BooleanShape(), "Whether it deletes what left Git and is not guarded; false by default."),
                                new("selfHeal", new BooleanShape(), "Whether it undoes what somebody changed in the cluster; false by default."),
                                new("allowEmpty", new BooleanShape(), "Whether it may delete everything; false by default."),
                            ]),
                            "When Argo CD syncs by itself; { prune: true, selfHeal: true } by default."
                        ),
                        new(
                            "retry",
                            new FreeMappingShape(),
                            "How often a sync that failed is tried again; without end by default, each time with the newest commit."
                        ),
                        new("syncOptions", new ListShape(new StringShape(SyncOption), 1), "Sync options beside those that GitOpsGen sets."),
                        new(
                            "managedNamespaceMetadata",
                            new FreeMappingShape(),
                            "Labels and annotations that Argo CD gives the namespace of Crossplane, which it makes."
                        ),
                    ]),
                    "How the Applications sync. What is not named stays as GitOpsGen has it."
                ),
                new(
                    "ignoreDifferences",
                    new ListShape(new FreeMappingShape(), 1),
                    "Fields of objects in which the cluster may differ from Git, as an Application has them."
                ),
            ]),
            "What Argo CD needs to know."
        ),
        new(
            "flux",
            new ObjectShape([
                new("namespace", new StringShape(Label), "The namespace of Flux; flux-system by default."),
                new(
                    "name",
                    new StringShape(NameStem),
                    "What the names of Flux's objects begin with: the Kustomizations NAME, NAME-prerequisites and NAME-wave-0, the HelmRelease NAME; crossplane by default."
                ),
                new("interval", new StringShape(Duration), "How often Flux looks; 1h by default."),
                new("retryInterval", new StringShape(Duration), "How long after a failure Flux tries again; 2m by default."),
                new(
                    "timeout",
                    new StringShape(Duration),
                    "How long Flux waits for the objects of one step, such as a wave, to be healthy; 5m by default. Much more than one minute is needed."
                ),
                new(
                    "source",
                    new ObjectShape([
                        new("kind", new ChoiceShape(["GitRepository", "OCIRepository", "Bucket"]), "The source's kind; GitRepository by default."),
                        new("name", new StringShape(Subdomain), "The source's name; flux-system by default."),
                        new("namespace", new StringShape(Label), "The source's namespace; by default that of Flux's objects."),
                    ]),
                    "The source that holds the output."
                ),
                new(
                    "helmRelease",
                    new ObjectShape([
                        new("name", new StringShape(Subdomain), "The HelmRelease's name; by default gitops.flux.name."),
                        new(
                            "storageNamespace",
                            new StringShape(Label),
                            "Where Helm keeps the release; by default the namespace of the core. Flux itself takes the HelmRelease's namespace."
                        ),
                    ]),
                    "The HelmRelease of the core, where one is there already. If its storage namespace changes, Flux uninstalls Crossplane."
                ),
                new(
                    "kubeConfig",
                    new ObjectShape([
                        new("secretRef", SecretReference, "A Secret in Flux's namespace with a kubeconfig."),
                        new(
                            "configMapRef",
                            new ObjectShape([new("name", new StringShape(Subdomain), "Its name.") { IsRequired = true }]),
                            "A ConfigMap in Flux's namespace that says how a cloud's identity gets into the cluster; Flux 2.7."
                        ),
                    ])
                    {
                        ExactlyOneOf = ["secretRef", "configMapRef"],
                    },
                    "The cluster, where Flux runs in another one. Names then begin with the environment's: gitops.flux.name is ENVIRONMENT-crossplane by default."
                ),
                new(
                    "substituteFrom",
                    new ListShape(
                        new ObjectShape([
                            new("kind", new ChoiceShape(["ConfigMap", "Secret"]), "What it is.") { IsRequired = true },
                            new("name", new StringShape(Subdomain), "Its name, in Flux's namespace.") { IsRequired = true },
                            new("optional", new BooleanShape(), "Whether it may be missing; false by default."),
                        ]),
                        1
                    ),
                    "Where Flux takes the values of ${…} from. Without it, that is text."
                ),
            ]),
            "What Flux needs to know."
        ),
    ]);

    private static readonly ObjectShape Environment = new([
        new("cluster", new ObjectShape([new("account", Account, "The cluster's account; by default the registry's.")]), "The cluster."),
        new(
            "registry",
            new EitherShape(new ChoiceShape(["none"]), Registry),
            "The private registry that this environment pulls from; without it, and with none, it pulls from upstream."
        ),
        new(
            "upstreams",
            new MapShape(UpstreamPrefix, Route),
            "How packages below a host, or below a path of it, are pulled where that is not from registry; the longest prefix wins."
        ),
        new("metadata", Metadata, "Labels and annotations of every object that is rendered for this environment."),
        new(
            "install",
            new ChoiceShape(["rewrite", "direct"]),
            "rewrite (default) keeps upstream references and redirects pulls; direct writes the mirror's references."
        ),
        new(
            "pin",
            new ChoiceShape(["tag", "digest"]),
            "tag (default) pulls by tag; digest pulls by the locked digest: in the reference, or with rewrite by an ImageConfig for each package."
        ),
        new("crossplane", Crossplane, "The core."),
        new("iam", Iam, "Who pulls, for AWS."),
        new("packages", new MapShape(NamePattern.Grammar, Package), "Settings of packages, by object name or glob."),
        new("gitops", GitOps, "The GitOps engine."),
    ]);

    private static readonly ObjectShape Availability = new([
        new("main", new StringShape(RetentionPeriod.Grammar), "How long after its release a version is there.") { IsRequired = true },
        new("backport", new StringShape(RetentionPeriod.Grammar), "The same for a patch of an older minor version; as main by default."),
    ]);

    /// <summary>Where <c>init</c> and <c>import</c> write the JSON Schema, below a root.</summary>
    public const string SchemaPath = ".config/gitopsgen.schema.json";

    /// <summary>The JSON Schema of the file, for editors.</summary>
    public static string JsonSchema => JsonSchemaWriter.Write(".config/gitopsgen.yaml, version 1", Document);

    public static ObjectShape Document { get; } =
        new([
            new("settingsVersion", new IntegerShape(ProjectSettings.FormatVersion, ProjectSettings.FormatVersion), "The version of this format.")
            {
                IsRequired = true,
            },
            new(
                ToolRequirement.Key,
                AnyString,
                "The versions of gitopsgen that this repository is for, such as \">=0.4.0 <0.5.0\"; any other refuses to run. Every version by default."
            ),
            new("lockfile", AnyString, "The lockfile, relative to the root; packages.lock.yaml by default."),
            new("templates", AnyString, "The folder of the user's own templates; templates by default."),
            new("output", AnyString, "The folder that is written; manifests by default."),
            new(
                "onlyHosts",
                new ListShape(new StringShape(RegistryHost.Grammar)),
                "The only hosts that are connected to, besides the endpoints of registries; every host by default."
            ),
            new(
                "registries",
                new MapShape(
                    RegistryHost.Grammar,
                    new ObjectShape([
                        new("endpoint", new StringShape(Endpoint), "A proxy to read this registry through."),
                        new("caFile", AnyString, "A PEM file with the certificate authority, relative to the root."),
                        new("availability", Availability, "How long it keeps a version; known without a setting: xpkg.upbound.io, 12mo and 18mo."),
                    ])
                ),
                "How to reach a registry when reading it, and how long it keeps versions."
            ),
            new(
                "crds",
                new ListShape(AnyString),
                "Files and folders with CustomResourceDefinitions, relative to the root or absolute, that 'gitopsgen validate' checks against; no other command reads them."
            ),
            new("rules", new MapShape(RuleCode, new ChoiceShape(["off", "info", "warning", "error"])), "Severities of rules, by code."),
            new("defaults", Environment, "Merged under every environment."),
            new("environments", new MapShape(EnvironmentName.Grammar, Environment), "The Crossplane control planes, by name.") { IsRequired = true },
        ]);

    // System.Uri accepts everything of this form.
    [GeneratedRegex(
        @"^(?:https://[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*|http://(?:localhost|127\.0\.0\.1|\[::1\]))"
            + "(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(?:/[A-Za-z0-9._~%+-]+)*/?$"
    )]
    private static partial Regex EndpointForm();

    [GeneratedRegex("^GOG[0-9]{4}$")]
    private static partial Regex RuleCodeForm();

    [GeneratedRegex("^(?:[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*)?$")]
    private static partial Regex PathPrefixForm();

    [GeneratedRegex(@"^(?:default|[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+(?::[0-9]{1,5})?)$")]
    private static partial Regex PrefixKeyForm();

    [GeneratedRegex(
        @"^(?=.{1,255}$)[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+(?::[0-9]{1,5})?(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$"
    )]
    private static partial Regex UpstreamPrefixForm();

    // As Kubernetes has it: the owner's name may be in capitals for annotations only.
    [GeneratedRegex(
        @"^(?:(?=[^/]{1,253}/)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$"
    )]
    private static partial Regex AnnotationKeyForm();

    [GeneratedRegex(
        @"^(?:(?=[^/]{1,253}/)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$"
    )]
    private static partial Regex LabelKeyForm();

    [GeneratedRegex("^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$")]
    private static partial Regex LabelValueForm();

    // As Flux has it, but never more than Go's durations hold, which are 292 years.
    [GeneratedRegex(@"^(?:[0-9]{1,5}(?:\.[0-9]+)?h|[0-9]{1,7}(?:\.[0-9]+)?(?:ms|s|m)){1,8}$")]
    private static partial Regex DurationForm();

    [GeneratedRegex("^(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex LabelForm();

    [GeneratedRegex(@"^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$")]
    private static partial Regex SubdomainForm();

    [GeneratedRegex(@"^[^{}<>\n]+$")]
    private static partial Regex CompleteForm();

    // Force and Replace delete objects that cannot be changed, and so all that packages have made.
    [GeneratedRegex("^(?!(?:Force|Replace|ServerSideApply|PruneLast|CreateNamespace)=)[A-Za-z]+=[A-Za-z]+$")]
    private static partial Regex SyncOptionForm();

    [GeneratedRegex("^(?=.{1,49}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex NameStemForm();

    [GeneratedRegex("^(?=.{1,53}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex ReleaseForm();
}
