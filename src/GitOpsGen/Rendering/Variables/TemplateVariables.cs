using GitOpsGen.Iam;
using GitOpsGen.Planning;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Settings;

namespace GitOpsGen.Rendering.Variables;

/// <summary>The plan as templates see it: every variable, its type and its meaning.</summary>
internal static class TemplateVariables
{
    private const string PackageApiVersion = "pkg.crossplane.io/v1";

    private static readonly ModelType<StatementPrincipals> Principals = new(
        "principals",
        "Whom a statement allows.",
        fields =>
        {
            fields.Text("key", "AWS, Federated or Service.", p => p.Key);
            fields.Texts("names", "ARNs, or the names of services.", p => p.Names, (p, i) => At(p.Origins, i));
        }
    );

    private static readonly ModelType<StatementCondition> Condition = new(
        "condition",
        "What has to be equal for a statement to apply.",
        fields =>
        {
            fields.Text("key", "The condition key.", c => c.Key, c => c.KeyOrigins);
            fields.Text("value", "The first of the values that it may have.", c => c.Values[0], c => At(c.ValueOrigins, 0));
            fields.Texts("values", "The values that it may have.", c => c.Values, (c, i) => At(c.ValueOrigins, i));
        }
    );

    private static readonly ModelType<PolicyStatement> Statement = new(
        "statement",
        "One statement of an IAM policy; its effect is Allow.",
        fields =>
        {
            fields.Text("sid", "Letters and digits, unique in the document.", s => s.Sid);
            fields.OptionalObject("principals", "Who is allowed, in a trust or repository policy.", Principals, s => s.Principals);
            fields.Texts("actions", "The allowed actions.", s => s.Actions);
            fields.Texts(
                "resources",
                "The ARNs or patterns that they are allowed on; empty in a trust or repository policy.",
                s => s.Resources,
                PlanOrigins.Resource
            );
            fields.List("conditions", "What has to be equal.", Condition, s => s.Conditions);
        }
    );

    private static readonly ModelType<PolicyDocument> Policy = new(
        "policy",
        "One IAM policy document.",
        fields => fields.List("statements", "The statements.", Statement, p => p.Statements)
    );

    private static readonly ModelType<PackageManagerAccess> PackageManager = new(
        "package_manager",
        "The Crossplane pod's role.",
        fields =>
        {
            fields.Text("role_arn", "The role's ARN.", m => m.Role, m => m.Role.Origins);
            fields.Text("role_name", "The role's name, without its path.", m => m.Role.Arn.Name, m => [Origin.At(m.Role.Place)]);
            fields.OptionalText(
                "role_folder",
                "The role's path, /eks/workers/, where it has one.",
                m => m.Role.Arn.Folder,
                m => [Origin.At(m.Role.Place)]
            );
            fields.Text("account", "The role's account.", m => m.Role.Arn.Account, m => [m.Role.AccountOrigin]);
            fields.Text("partition", "Its partition, as in ARNs.", m => m.Role.Arn.Partition);
            fields.OptionalText(
                "other_cluster_account",
                "The cluster's account, where it is not the role's.",
                m => m.OtherCluster?.Value,
                _ => PlanOrigins.Cluster
            );
            fields.Text("service_account", "The service account that assumes the role.", m => m.ServiceAccount.Name, m => [m.ServiceAccount.Origin]);
            fields.OptionalText(
                "issuer",
                "The cluster's OIDC issuer without https://, with IRSA; otherwise the pod gets the role by EKS Pod Identity.",
                m => m.Issuer?.Value,
                _ => [Origin.OfAny("iam/packageManager/oidcIssuer")]
            );
            fields.List(
                "policies",
                "What it may pull; several documents where one would be over quota.",
                Policy,
                m => m.Policy,
                (_, _) => [Origin.OfAny("iam/packageManager")]
            );
            fields.Object("trust", "Who may assume it.", Policy, m => m.Trust, _ => [Origin.Of("iam/packageManager/identity")]);
        }
    );

    private static readonly ModelType<AccountRoles> NodeAccount = new(
        "account_roles",
        "Roles in one account.",
        fields =>
        {
            fields.Text("account", "The account.", a => a.Account, a => [a.Roles[0].AccountOrigin]);
            fields.Text("partition", "Its partition, as in ARNs.", a => a.Partition);
            fields.Texts(
                "names",
                "The names of the roles, without their paths.",
                a => [.. a.Roles.Select(role => role.Arn.Name)],
                (a, i) => [Origin.At(a.Roles[i].Place)]
            );
        }
    );

    private static readonly ModelType<NodeAccess> Nodes = new(
        "nodes",
        "The roles of the nodes.",
        fields =>
        {
            fields.Texts("roles", "The ARNs of the roles.", n => n.Roles, (n, i) => n.Roles[i].Origins);
            fields.List("accounts", "The roles by account.", NodeAccount, n => n.Accounts);
            fields.List(
                "policies",
                "What they may pull; several documents where one would be over quota.",
                Policy,
                n => n.Policy,
                (_, _) => [Origin.OfAny("iam/nodes")]
            );
        }
    );

    private static readonly ModelType<PulledRegistry> RegistryPlace = new(
        "registry_place",
        "An ECR registry that images are pulled from.",
        fields =>
        {
            fields.Text("account", "Its account.", r => r.Ecr.Account, r => PlanOrigins.Pulled(r, PlanOrigins.RegistryAccount));
            fields.Text("region", "Its region.", r => r.Ecr.Region, r => PlanOrigins.Pulled(r, PlanOrigins.RegistryRegion));
            fields.Text("folder", "Its folder below iam/registries/.", r => r.Ecr.FolderName, r => PlanOrigins.Pulled(r, PlanOrigins.Registry));
            fields.Flag(
                "has_copies",
                "Whether somebody has to copy images there.",
                r => r.HasCopies,
                r => PlanOrigins.Pulled(r, PlanOrigins.Registry)
            );
        }
    );

    private static readonly ModelType<SharedRepositories> Shared = new(
        "shared_repositories",
        "Repositories that need a policy, because roles of other accounts pull from them.",
        fields =>
        {
            fields.Choice("class", "core, runtime or configuration.", s => s.Class);
            fields.Object("registry", "Where they are.", RegistryPlace, s => s.Registry);
            fields.Texts(
                "names",
                "The names of the repositories.",
                s => s.Names,
                (s, i) => [.. s.NeededBy[i].Select(need => need.Entry.Need()), .. PlanOrigins.Path(s.NeededBy[i])]
            );
        }
    );

    private static readonly ModelType<RegistryAccess> RegistryAccess = new(
        "registry_access",
        "Who pulls images.",
        fields =>
        {
            fields.Text(
                "account",
                "The account of the environment's own registry, or of the first of its routes.",
                a => a.Ecr.Account,
                _ => PlanOrigins.RegistryAccount
            );
            fields.Text("region", "That registry's region.", a => a.Ecr.Region, _ => PlanOrigins.RegistryRegion);
            fields.Text(
                "folder",
                "That registry's folder below iam/registries/.",
                a => a.Ecr.FolderName,
                _ => [.. PlanOrigins.RegistryAccount, .. PlanOrigins.RegistryRegion]
            );
            fields.OptionalObject(
                "package_manager",
                "The Crossplane pod's role, where the settings name one.",
                PackageManager,
                a => a.PackageManager,
                _ => [Origin.OfAny("iam/packageManager")]
            );
            fields.OptionalObject("nodes", "The nodes' roles, where the settings name some.", Nodes, a => a.Nodes, _ => [Origin.OfAny("iam/nodes")]);
            fields.List("registries", "All registries in ECR that images are pulled from.", RegistryPlace, a => a.Registries);
            fields.List("shared", "The repositories that roles of other accounts pull from.", Shared, a => a.Shared);
        }
    );

    private static readonly ModelType<ChartAccess> ChartAccess = new(
        "chart_access",
        "Who pulls the chart from ECR.",
        fields =>
        {
            fields.Text("account", "The account of the registry that holds the chart.", c => c.Ecr.Account, c => [c.Chart.RepositoryOrigin]);
            fields.Text("region", "Its region.", c => c.Ecr.Region, c => [c.Chart.RepositoryOrigin]);
            fields.Text("folder", "Its folder below iam/registries/.", c => c.Ecr.FolderName, c => [c.Chart.RepositoryOrigin]);
            fields.Text("repository", "The name of the chart's repository there.", c => c.Chart.Image!.Path, c => [c.Chart.RepositoryOrigin]);
            fields.OptionalText(
                "other_cluster_account",
                "The cluster's account, where it is known and not the registry's.",
                c => c.OtherCluster?.Value,
                _ => PlanOrigins.Cluster
            );
            fields.Object("policy", "What the engine's role may pull.", Policy, c => c.Policy);
        }
    );

    private static readonly ModelType<RuntimeConfigPlan> RoleUser = new(
        "role_user",
        "A service account that has a role of pods.",
        fields =>
        {
            fields.Text("name", "The name of the first package whose pods run under it.", p => p.Entry.ObjectName, p => [p.Entry.FromName]);
            fields.Text("service_account", "The service account.", p => p.Role!.Account.Name, p => [p.Role!.Account.Origin]);
            fields.Flag("is_made", "Whether Crossplane makes it; otherwise it is one of the user's own.", p => p.Role!.IsMade);
        }
    );

    private static readonly ModelType<PodRole> PodRoles = new(
        "pod_role",
        "A role of pods of packages.",
        fields =>
        {
            fields.Text("role_arn", "The role's ARN.", r => r.Role, r => r.Role.Origins);
            fields.Text("role_name", "The role's name, without its path.", r => r.Role.Arn.Name, r => [Origin.At(r.Role.Place)]);
            fields.OptionalText("role_folder", "The role's path, where it has one.", r => r.Role.Arn.Folder, r => [Origin.At(r.Role.Place)]);
            fields.Text("account", "The role's account.", r => r.Role.Arn.Account, r => [r.Role.AccountOrigin]);
            fields.OptionalText(
                "other_cluster_account",
                "The cluster's account, where it is not the role's.",
                r => r.OtherCluster?.Value,
                _ => PlanOrigins.Cluster
            );
            fields.OptionalText("issuer", "The cluster's OIDC issuer without https://, with IRSA; otherwise EKS Pod Identity.", r => r.Issuer);
            fields.Text("document", "What its document is named after: the first of the packages.", r => r.Document, r => [r.Pods[0].Entry.FromName]);
            fields.List("accounts", "The service accounts that have it.", RoleUser, r => r.Pods, (r, i) => [Origin.At(r.Pods[i].Role!.Role.Place)]);
            fields.Object("trust", "Who may assume it.", Policy, r => r.Trust);
        }
    );

    private static readonly ModelType<AccessPlan> Access = new(
        "access",
        "Who pulls what from ECR, and which roles pods have.",
        fields =>
        {
            fields.OptionalObject(
                "registry",
                "Who pulls images, where the registry is ECR and roles are named.",
                RegistryAccess,
                a => a.Registry,
                _ => [Origin.Of("iam")]
            );
            fields.OptionalObject(
                "chart",
                "Who pulls the chart, where it is in ECR and an engine pulls it.",
                ChartAccess,
                a => a.Chart,
                a => a.Chart is { } chart ? [chart.Chart.RepositoryOrigin] : []
            );
            fields.List("pods", "The roles of pods of packages.", PodRoles, a => a.Pods, (a, i) => [Origin.At(a.Pods[i].Role.Place)]);
        }
    );

    private static readonly ModelType<ArgoCdSettings> ArgoCd = new(
        "argocd",
        "What Applications need to know.",
        fields =>
        {
            fields.Text("repo_url", "The Git repository that holds the output.", a => a.RepoUrl, _ => [Origin.Of("gitops/argocd/repoURL")]);
            fields.Text("revision", "The branch, tag or commit to follow.", a => a.Revision, _ => [Origin.Of("gitops/argocd/revision")]);
            fields.Text("project", "The AppProject.", a => a.Project, _ => [Origin.Of("gitops/argocd/project")]);
            fields.Text("namespace", "The namespace of Argo CD.", a => a.Namespace, _ => [Origin.Of("gitops/argocd/namespace")]);
            fields.Text("name", "What the names of the Applications begin with.", a => a.Name);
            fields.Text("destination_key", "server or name.", a => a.DestinationKey, _ => [Origin.Of("gitops/argocd/destination")]);
            fields.Text(
                "destination",
                "The cluster, under that key.",
                a => a.Destination,
                _ => [Origin.OfAny("gitops/argocd/destination/server", "gitops/argocd/destination/name")]
            );
            fields.Yaml("automated", "When Argo CD syncs by itself, where the settings say it.", a => a.Automated);
            fields.Yaml("retry", "How often a sync that failed is tried again, where the settings say it.", a => a.Retry);
            fields.Yaml("sync_options", "Sync options of the settings.", a => a.SyncOptions);
            fields.Yaml(
                "namespace_metadata",
                "Labels and annotations of the core's namespace, where the settings say them.",
                a => a.NamespaceMetadata
            );
            fields.Yaml("ignore_differences", "Fields in which the cluster may differ from Git.", a => a.IgnoreDifferences);
        }
    );

    private static readonly ModelType<FluxSettings> Flux = new(
        "flux",
        "What Flux's objects need to know.",
        fields =>
        {
            fields.Text("namespace", "The namespace of Flux's objects.", f => f.Namespace, _ => [Origin.Of("gitops/flux/namespace")]);
            fields.Text("name", "What the names of those objects begin with.", f => f.Name, _ => [Origin.Of("gitops/flux/name")]);
            fields.Text("interval", "How often Flux checks.", f => f.Interval, _ => [Origin.Of("gitops/flux/interval")]);
            fields.Text(
                "retry_interval",
                "How long after a failure Flux tries again.",
                f => f.RetryInterval,
                _ => [Origin.Of("gitops/flux/retryInterval")]
            );
            fields.Text("timeout", "How long Flux waits for health.", f => f.Timeout, _ => [Origin.Of("gitops/flux/timeout")]);
            fields.Text(
                "source_kind",
                "The kind of the source that holds the output.",
                f => f.SourceKind,
                _ => [Origin.Of("gitops/flux/source/kind")]
            );
            fields.Text("source_name", "The name of that source.", f => f.SourceName, _ => [Origin.Of("gitops/flux/source/name")]);
            fields.OptionalText("source_namespace", "Its namespace, where the settings name one.", f => f.SourceNamespace);
            fields.Yaml("kube_config", "How to reach the cluster, where Flux runs in another one.", f => f.KubeConfig);
            fields.Yaml("substitute_from", "Where the values of variables come from, where there are some.", f => f.SubstituteFrom);
            fields.Text("helm_release", "The name of the core's HelmRelease.", f => f.HelmRelease, _ => [PlanOrigins.HelmRelease]);
            fields.Text("storage_namespace", "Where Helm keeps the core's release.", f => f.StorageNamespace, _ => [PlanOrigins.StorageNamespace]);
        }
    );

    private static readonly ModelType<ImageConfigPlan> ImageConfig = new(
        "image_config",
        "What Crossplane does with references that begin with a prefix.",
        fields =>
        {
            fields.Text("name", "The name of its object.", c => c.Name, PlanOrigins.ImageConfigName);
            fields.Texts("prefixes", "The prefixes that it matches.", c => c.Prefixes, (c, _) => PlanOrigins.ImageConfig(c));
            fields.OptionalText(
                "rewrite_prefix",
                "What replaces the prefix in a pull, where it redirects.",
                c => c.RewritePrefix,
                PlanOrigins.Rewrite
            );
            fields.Flag(
                "is_pin",
                "Whether it turns the tag of one package into its locked digest.",
                c => c.IsPin,
                _ => [Origin.Of("pin"), Origin.Of("install")]
            );
            fields.OptionalText("pull_secret", "The Secret that pulls use, where it authenticates.", c => c.PullSecret, PlanOrigins.PullSecret);
        }
    );

    private static readonly ModelType<ObjectMetadata> Metadata = new(
        "metadata",
        "Labels and annotations of the user's.",
        fields =>
        {
            fields.Yaml("labels", "The labels, where there are some.", m => m.Labels);
            fields.Yaml("annotations", "The annotations, where there are some.", m => m.Annotations);
        }
    );

    private static readonly ModelType<RuntimeConfigPlan> Runtime = new(
        "runtime",
        "A DeploymentRuntimeConfig: how the pods of a package run, or of several.",
        fields =>
        {
            fields.Text("name", "The name of its object.", r => r.Name, r => r.NameOrigins);
            fields.Object("metadata", "Labels and annotations of its object.", Metadata, r => r.Metadata);
            fields.Yaml("spec", "The spec of its object, where the settings say anything.", r => r.Spec.Entries.IsEmpty ? null : r.Spec);
            fields.OptionalText("service_account", "A fixed name for the service account.", r => r.ServiceAccount);
            fields.Yaml("annotations", "Annotations of the service account.", r => r.Annotations);
            fields.Yaml("replicas", "How many pods there are.", r => r.Replicas);
            fields.Flag("has_variables", "Whether its object contains ${, which Flux would substitute.", r => FluxVariables.Contains(r.Spec));
        }
    );

    private static readonly ModelType<PackagePlan> Package = new(
        "package",
        "One package in one environment.",
        fields =>
        {
            fields.Text("api_version", "The API version of its object.", _ => PackageApiVersion);
            fields.Text("kind", "Provider, Function or Configuration.", p => p.Entry.Kind, p => [p.Entry.From("kind")]);
            fields.Text("name", "The name of its object.", p => p.Entry.ObjectName, p => [p.Entry.FromName]);
            fields.Text("version", "The locked version, the tag verbatim.", p => p.Entry.Version);
            fields.Text("upstream", "The upstream repository.", p => p.Entry.Package);
            fields.Text("reference", "What spec.package says.", p => p.Reference, PlanOrigins.Reference);
            fields.Flag(
                "skips_dependency_resolution",
                "Whether Crossplane must not resolve its dependencies.",
                p => p.SkipsDependencyResolution,
                _ => [Origin.Of("install")]
            );
            fields.Yaml("spec", "Further fields of its spec, where the settings have some.", p => p.Spec);
            fields.OptionalObject("runtime", "How its pods run, where the settings say so.", Runtime, p => p.Runtime);
            fields.Object("metadata", "Its labels and annotations: those of the environment, and its own over them.", Metadata, p => p.Metadata);
            fields.Flag("has_variables", "Whether its object contains ${, which Flux would substitute.", p => FluxVariables.Contains(p.Spec));
            fields.Flag(
                "indirect",
                "Whether it is here only because another package depends on it.",
                p => p.Entry.IsIndirect,
                p => [p.Entry.From("indirect")]
            );
        }
    );

    private static readonly ModelType<BasePackage> PackageInBase = new(
        "base_package",
        "A package of the lock, without what environments decide.",
        fields =>
        {
            fields.Text("api_version", "The API version of its object.", _ => PackageApiVersion);
            fields.Text("kind", "Provider, Function or Configuration.", p => p.Kind, p => [.. p.Entries.Select(entry => entry.From("kind"))]);
            fields.Text("name", "The name of its object.", p => p.Name, p => [.. p.Entries.Select(entry => entry.FromName)]);
        }
    );

    private static readonly ModelType<WavePlan> Wave = new(
        "wave",
        "Packages that are applied together, after all earlier waves.",
        fields =>
        {
            fields.Number("number", "From 0.", w => w.Number, w => [.. w.Packages.Select(package => package.Entry.From("dependsOn"))]);
            fields.List(
                "packages",
                "The packages, by object name.",
                Package,
                w => w.Packages,
                (w, i) => [Origin.At(w.Packages[i].Entry.Package.Span)]
            );
        }
    );

    private static readonly ModelType<ChartPlan> Chart = new(
        "chart",
        "The crossplane chart.",
        fields =>
        {
            fields.Text(
                "repository",
                "The chart repository, or the parent of the chart in an OCI registry, with its scheme.",
                c => c.Repository.Url,
                c => [c.RepositoryOrigin]
            );
            fields.Text("host_and_path", "The same without the scheme.", c => c.Repository.HostAndPath, c => [c.RepositoryOrigin]);
            fields.Text("name", "The chart's name.", c => c.Name, _ => [Origin.Of("crossplane/chart/name")]);
            fields.OptionalText("secret_ref", "The Secret with which Flux logs in to its registry, where the settings name one.", c => c.SecretRef);
            fields.OptionalText(
                "provider",
                "aws, azure or gcp, where that cloud's identity logs Flux in to its OCI registry.",
                c => c.Provider,
                c => c.HasProvider ? [Origin.Of("crossplane/chart/provider")] : []
            );
            fields.Text("version", "Its exact version.", c => c.Version.Text, c => [c.Core.From("chart/version")]);
            fields.Text("tag", "Its version as a tag in an OCI registry.", c => c.Version.Tag, c => [c.Core.From("chart/version")]);
            fields.Flag("is_oci", "Whether it is in an OCI registry.", c => c.Repository.IsOci, c => [c.RepositoryOrigin]);
            fields.Flag("is_ecr", "Whether that registry is ECR.", c => c.Ecr is not null, c => [c.RepositoryOrigin]);
        }
    );

    private static readonly ModelType<CorePlan> Core = new(
        "core",
        "The Crossplane core.",
        fields =>
        {
            fields.OptionalObject(
                "chart",
                "The chart that installs it, where the lock pins one.",
                Chart,
                c => c.Chart,
                c => [c.Image.Entry.From("chart")]
            );
            fields.Yaml("values", "The Helm values, generated and the user's.", c => c.Values, PlanOrigins.Value);
            fields.Flag("has_variables", "Whether the values contain ${, which Flux would substitute.", c => FluxVariables.Contains(c.Values));
        }
    );

    private static readonly ModelType<EnvironmentModel> Environment = new(
        "environment",
        "One Crossplane control plane.",
        fields =>
        {
            fields.Text("name", "The environment's name.", e => e.Plan.Settings.Name);
            fields.Object("metadata", "Labels and annotations of every object.", Metadata, e => e.Plan.Settings.Metadata);
            fields.Text(
                "namespace",
                "The namespace of the core.",
                e => e.Plan.Settings.Crossplane.Namespace,
                _ => [Origin.Of("crossplane/namespace")]
            );
            fields.Text(
                "release",
                "The name of the core's Helm release.",
                e => e.Plan.Settings.Crossplane.Release,
                _ => [Origin.Of("crossplane/release")]
            );
            fields.Text(
                "path",
                "Where the output is in the repository that the engine reads.",
                e => e.Plan.Settings.GitOps.Path,
                _ => [PlanOrigins.OutputPath]
            );
            fields.OptionalObject(
                "core",
                "The core, where the lock has one for this environment.",
                Core,
                e => e.Plan.Core,
                e => e.Plan.Core is { } core ? [Origin.At(core.Image.Entry.Package.Span)] : []
            );
            fields.List(
                "image_configs",
                "What Crossplane does with references before it pulls.",
                ImageConfig,
                e => e.Plan.ImageConfigs,
                (e, i) => PlanOrigins.ImageConfig(e.Plan.ImageConfigs[i])
            );
            fields.List(
                "runtime_configs",
                "How the pods of packages run.",
                Runtime,
                e => e.Plan.RuntimeConfigs,
                (e, i) => e.Plan.RuntimeConfigs[i].NameOrigins
            );
            fields.List(
                "waves",
                "The packages, dependencies first.",
                Wave,
                e => e.Plan.Waves,
                (e, i) => [.. e.Plan.Waves[i].Packages.Select(package => Origin.At(package.Entry.Package.Span))]
            );
            fields.Texts(
                "extras",
                "What your templates write below packages/extras/, as its kustomization lists it; empty while they are rendered, as the next four.",
                e => e.OwnIn(OwnFiles.Extras)
            );
            fields.Texts("own_prerequisites", "The same of packages/prerequisites/.", e => e.OwnIn(OwnFiles.Prerequisites));
            fields.Texts("own_crossplane", "The same of crossplane/, which has a kustomization with Flux.", e => e.OwnIn(OwnFiles.Core));
            fields.Texts("own_argocd", "The same of argocd/.", e => e.OwnIn(OwnFiles.ArgoCd));
            fields.Texts("own_flux", "The same of flux/.", e => e.OwnIn(OwnFiles.Flux));
            fields.OptionalObject(
                "argocd",
                "Argo CD's settings, where it is the engine.",
                ArgoCd,
                e => e.Plan.Settings.GitOps.ArgoCd,
                _ => PlanOrigins.Engine
            );
            fields.OptionalObject(
                "flux",
                "Flux's settings, where it is the engine.",
                Flux,
                e => e.Plan.Settings.GitOps.Flux,
                _ => PlanOrigins.Engine
            );
            fields.Flag(
                "has_engine",
                "Whether objects are rendered for Argo CD or Flux.",
                e => e.Plan.Settings.GitOps.HasEngine,
                _ => PlanOrigins.Engine
            );
            fields.OptionalObject(
                "access",
                "Who pulls what from ECR, where something is pulled.",
                Access,
                e => e.Plan.Access,
                _ => [Origin.Of("iam")]
            );
        }
    );

    private static readonly ModelType<RegistryPlan> Registry = new(
        "registry",
        "One ECR registry, over all environments.",
        fields =>
        {
            fields.Text("account", "Its account.", r => r.Ecr.Account, r => r.Origins);
            fields.Text("region", "Its region.", r => r.Ecr.Region, r => r.Origins);
            fields.List(
                "mirror_policies",
                "What those who copy packages into it may do; several documents where one would be over quota.",
                Policy,
                r => r.MirrorPolicy
            );
            fields.OptionalObject(
                "core_policy",
                "The repository policy of the core, where roles of other accounts pull it.",
                Policy,
                r => r.RepositoryPolicies.GetValueOrDefault(ImageClass.Core)
            );
            fields.OptionalObject(
                "runtime_policy",
                "The same of Providers and Functions.",
                Policy,
                r => r.RepositoryPolicies.GetValueOrDefault(ImageClass.Runtime)
            );
            fields.OptionalObject(
                "configuration_policy",
                "The same of Configurations.",
                Policy,
                r => r.RepositoryPolicies.GetValueOrDefault(ImageClass.Configuration)
            );
        }
    );

    private static readonly ModelType<ArgoCdInstance> Instance = new(
        "argocd_instance",
        "The Argo CD that reads the output.",
        fields =>
            fields.OptionalText(
                "namespace",
                "Its namespace, where all environments name the same.",
                a => a.Namespace,
                _ => [Origin.Of("gitops/argocd/namespace")]
            )
    );

    private static readonly ModelType<IndexedRole> IndexedRole = new(
        "indexed_role",
        "A role with its documents, as paths below iam/.",
        fields =>
        {
            fields.Text("role_arn", "The role's ARN.", r => r.Role, r => r.Role.Origins);
            fields.Text("role_name", "The role's name, without its path.", r => r.Role.Arn.Name, r => [Origin.At(r.Role.Place)]);
            fields.Text("role_folder", "The role's path, / where it has none.", r => r.Role.Arn.Folder ?? "/");
            fields.Text("account", "The role's account.", r => r.Role.Arn.Account, r => [r.Role.AccountOrigin]);
            fields.Texts("environments", "The environments that name it.", r => r.Environments, (r, i) => [Origin.At(r.Environments[i].Span)]);
            fields.OptionalText("trust", "Its trust policy, where it is a role of pods.", r => r.Trust, r => r.Origins);
            fields.Texts("policies", "The policies to attach.", r => r.Policies, (r, _) => r.Origins);
        }
    );

    private static readonly ModelType<PodAssociation> Association = new(
        "pod_association",
        "What EKS Pod Identity has to associate.",
        fields =>
        {
            fields.Text("environment", "The environment.", a => a.Environment);
            fields.Text("namespace", "The namespace.", a => a.Namespace, _ => [Origin.Of("crossplane/namespace")]);
            fields.Text("service_account", "The service account.", a => a.Account.Name, a => [a.Account.Origin]);
            fields.Text("role_arn", "The role's ARN.", a => a.Role, a => a.Role.Origins);
        }
    );

    private static readonly ModelType<IndexedRepository> IndexedRepository = new(
        "indexed_repository",
        "A repository in ECR.",
        fields =>
        {
            fields.Text("host", "The registry's host.", r => r.Registry.Ecr.Host);
            fields.Text("account", "The registry's account.", r => r.Registry.Ecr.Account);
            fields.Text("region", "The registry's region.", r => r.Registry.Ecr.Region);
            fields.Text("name", "Its name.", r => r.Stored.Path, PlanOrigins.Stored);
            fields.Flag("is_copied", "Whether mirror plan fills it; otherwise somebody publishes there.", r => r.Stored.IsCopied);
            fields.OptionalText("policy", "Its policy, where roles of other accounts pull from it.", r => r.Policy);
        }
    );

    private static readonly ModelType<UnassignedPolicies> Unassigned = new(
        "unassigned_policies",
        "Policies for somebody whom the settings do not name.",
        fields =>
        {
            fields.Text("use", "mirror for whoever copies images, chart for whoever pulls the chart.", u => u.Use);
            fields.Text("account", "The registry's account.", u => u.Ecr.Account);
            fields.Text("region", "The registry's region.", u => u.Ecr.Region);
            fields.Texts("policies", "The policies, as paths below iam/.", u => u.Policies);
        }
    );

    private static readonly ModelType<AccessIndex> Index = new(
        "access_index",
        "All IAM documents, of every environment.",
        fields =>
        {
            fields.List(
                "roles",
                "The roles that the settings name, by ARN.",
                IndexedRole,
                a => a.Roles,
                (a, i) => [Origin.At(a.Roles[i].Role.Place)]
            );
            fields.List("associations", "What EKS Pod Identity has to associate.", Association, a => a.Associations);
            fields.List("repositories", "What is stored in ECR, by registry and name.", IndexedRepository, a => a.Repositories);
            fields.List("unassigned", "The policies of those whom the settings do not name.", Unassigned, a => a.Unassigned);
        }
    );

    /// <summary>The variables of a template without placeholders.</summary>
    public static ModelType<OnceScope> Once { get; } =
        new(
            "once",
            "Variables of a template without placeholders.",
            fields =>
            {
                fields.OptionalObject("argocd", "Argo CD, where an environment uses it.", Instance, s => s.Plan.ArgoCd, _ => PlanOrigins.Engine);
                fields.OptionalObject("access", "All IAM documents, where there are some.", Index, s => s.Plan.Access);
            }
        );

    /// <summary>The variables of a template with <c>{object}</c> alone.</summary>
    public static ModelType<BaseScope> Base { get; } =
        new(
            "base",
            "Variables of a template with {object} alone.",
            fields => fields.Object("package", "The package.", PackageInBase, s => s.Package)
        );

    /// <summary>The variables of a template with <c>{environment}</c>.</summary>
    public static ModelType<EnvironmentScope> PerEnvironment { get; } =
        new(
            "per_environment",
            "Variables of a template with {environment}.",
            fields =>
            {
                fields.Object("environment", "The environment.", Environment, s => s.Environment);
                fields.Number("part", "The number of the part, from 1, where the path has {part}.", s => s.Part);
            }
        );

    /// <summary>The variables of a template with <c>{environment}</c> and <c>{wave}</c>.</summary>
    public static ModelType<WaveScope> PerWave { get; } =
        new(
            "per_wave",
            "Variables of a template with {environment} and {wave}.",
            fields =>
            {
                fields.Object("environment", "The environment.", Environment, s => s.Environment);
                fields.Object("wave", "The wave.", Wave, s => s.Wave);
                fields.Texts(
                    "own",
                    "What your templates write in the wave's folder, as its kustomization lists it; empty while they are rendered.",
                    s => s.Environment.OwnIn(OwnFiles.Wave(s.Wave.Number))
                );
            }
        );

    /// <summary>The variables of a template with <c>{environment}</c> and <c>{object}</c>, with or without <c>{wave}</c>.</summary>
    public static ModelType<PackageScope> PerPackage { get; } =
        new(
            "per_package",
            "Variables of a template with {environment} and {object}, with or without {wave}.",
            fields =>
            {
                fields.Object("environment", "The environment.", Environment, s => s.Environment);
                fields.Object("wave", "The wave.", Wave, s => s.Wave);
                fields.Object("package", "The package.", Package, s => s.Package);
            }
        );

    /// <summary>The variables of a template with <c>{environment}</c> and <c>{imageconfig}</c>.</summary>
    public static ModelType<ImageConfigScope> PerImageConfig { get; } =
        new(
            "per_image_config",
            "Variables of a template with {environment} and {imageconfig}.",
            fields =>
            {
                fields.Object("environment", "The environment.", Environment, s => s.Environment);
                fields.Object("image_config", "The ImageConfig.", ImageConfig, s => s.ImageConfig);
            }
        );

    /// <summary>The variables of a template with <c>{environment}</c> and <c>{runtime}</c>.</summary>
    public static ModelType<RuntimeScope> PerRuntime { get; } =
        new(
            "per_runtime",
            "Variables of a template with {environment} and {runtime}.",
            fields =>
            {
                fields.Object("environment", "The environment.", Environment, s => s.Environment);
                fields.Object("runtime", "The DeploymentRuntimeConfig.", Runtime, s => s.Runtime);
            }
        );

    /// <summary>The variables of a template with <c>{registry}</c>.</summary>
    public static ModelType<RegistryScope> PerRegistry { get; } =
        new(
            "per_registry",
            "Variables of a template with {registry}.",
            fields =>
            {
                fields.Object("registry", "The registry.", Registry, s => s.Registry);
                fields.Number("part", "The number of the part, from 1, where the path has {part}.", s => s.Part);
            }
        );

    /// <summary>Every type, the variables of templates first and then what they lead to: the reference is made from this.</summary>
    public static ImmutableArray<ModelType> Types { get; } =
    [
        Once,
        Base,
        PerEnvironment,
        PerWave,
        PerPackage,
        PerImageConfig,
        PerRuntime,
        PerRegistry,
        Environment,
        Core,
        Chart,
        Wave,
        Package,
        PackageInBase,
        Runtime,
        Metadata,
        ImageConfig,
        ArgoCd,
        Instance,
        Flux,
        Access,
        RegistryPlace,
        RegistryAccess,
        PackageManager,
        Nodes,
        NodeAccount,
        Shared,
        ChartAccess,
        PodRoles,
        RoleUser,
        Registry,
        Index,
        IndexedRole,
        Association,
        IndexedRepository,
        Unassigned,
        Policy,
        Statement,
        Principals,
        Condition,
    ];

    private static ImmutableArray<Origin> At(ImmutableArray<ImmutableArray<Origin>> origins, int index) =>
        index < origins.Length ? origins[index] : [];
}

/// <summary>What a template without placeholders sees.</summary>
internal sealed record OnceScope(Plan Plan);

/// <summary>What a template with <c>{object}</c> alone sees: one package of the whole lock.</summary>
internal sealed record BaseScope(BasePackage Package);

/// <summary>What a template with <c>{environment}</c> sees; <paramref name="Part"/> counts from 1 where the path has <c>{part}</c>.</summary>
internal sealed record EnvironmentScope(EnvironmentModel Environment, int Part);

/// <summary>What a template with <c>{environment}</c> and <c>{wave}</c> sees.</summary>
internal sealed record WaveScope(EnvironmentModel Environment, WavePlan Wave);

/// <summary>What a template with <c>{environment}</c> and <c>{imageconfig}</c> sees.</summary>
internal sealed record ImageConfigScope(EnvironmentModel Environment, ImageConfigPlan ImageConfig);

/// <summary>What a template with <c>{environment}</c> and <c>{runtime}</c> sees.</summary>
internal sealed record RuntimeScope(EnvironmentModel Environment, RuntimeConfigPlan Runtime);

/// <summary>What a template with <c>{environment}</c> and <c>{object}</c> sees, with or without <c>{wave}</c>.</summary>
internal sealed record PackageScope(EnvironmentModel Environment, WavePlan Wave, PackagePlan Package);

/// <summary>What a template with <c>{registry}</c> sees.</summary>
internal sealed record RegistryScope(RegistryPlan Registry, int Part);

/// <summary>An environment as templates see it.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="Own">
/// What the user's templates added to folders that an engine applies, by folder: paths as its kustomization lists them. Empty while those
/// templates are rendered.
/// </param>
internal sealed record EnvironmentModel(EnvironmentPlan Plan, ImmutableDictionary<string, ImmutableArray<string>> Own)
{
    public ImmutableArray<string> OwnIn(string folder) => Own.GetValueOrDefault(folder, []);
}
