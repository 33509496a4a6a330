namespace GitOpsGen.Diagnostics;

/// <summary>
/// The catalogue: every rule, once. GOG1xxx files (10xx shape), GOG2xxx packages and dependencies, GOG3xxx registry and IAM,
/// GOG4xxx templates, GOG5xxx output, GOG6xxx remote registries, GOG7xxx validation of Kubernetes
/// objects, GOG80xx to GOG82xx review, GOG83xx to GOG85xx import, GOG9001 internal.
/// </summary>
public static class Rules
{
    // First, so that the fields below can register themselves: static fields are set in the order of the text.
    private static readonly List<Rule> Catalogue = [];

    // Files: the text, before it is a document.
    internal static readonly Rule FileNotReadable = Fixed("GOG1001", "A file that GitOpsGen needs does not exist or cannot be read.");
    internal static readonly Rule Encoding = Fixed("GOG1002", "A file is not UTF-8, or contains a control or bidirectional character.");
    internal static readonly Rule YamlSyntax = Fixed("GOG1003", "A file is not YAML.");
    internal static readonly Rule YamlFeature = Fixed("GOG1004", "Anchors, aliases, tags and several documents are not allowed.");
    internal static readonly Rule YamlLimit = Fixed("GOG1005", "A file is too large or too deeply nested.");
    internal static readonly Rule DuplicateKey = Fixed("GOG1006", "A key appears twice in one mapping.");
    internal static readonly Rule RootNotFound = Fixed("GOG1007", "Neither this folder nor one above it contains .config/gitopsgen.yaml.");

    // Files: the shape. The JSON Schemas refuse a document exactly when one of these is reported.
    internal static readonly Rule UnknownKey = Fixed("GOG1010", "A key is not allowed at its place.");
    internal static readonly Rule MissingKey = Fixed("GOG1011", "A required key is missing.");
    internal static readonly Rule WrongType = Fixed("GOG1012", "A value has the wrong type.");
    internal static readonly Rule WrongForm = Fixed("GOG1013", "A value does not have the form that its key asks for.");
    internal static readonly Rule IncompleteVersion = Fixed("GOG1014", "A version is not a complete semantic version, or can move (latest, v2).");
    internal static readonly Rule AccountId = Fixed("GOG1015", "An AWS account id is not a quoted string of 12 digits.");
    internal static readonly Rule HostWithoutDot = Fixed(
        "GOG1016",
        "A registry host has neither a dot nor a port; or no dot with `install: direct`: Crossplane refuses such a package."
    );

    // Files: the meaning, beyond the shape.
    internal static readonly Rule AmbiguousScalar = Fixed("GOG1101", "A plain scalar in free-form values means something else to a YAML 1.1 reader.");
    internal static readonly Rule MissingSetting = Fixed("GOG1103", "An environment lacks a setting that neither it nor the defaults give.");
    internal static readonly Rule PathEscapes = Fixed("GOG1104", "A path of the settings leaves the root, or is the root itself.");
    internal static readonly Rule UnknownRule = Fixed("GOG1105", "A code under rules is unknown, or its severity may not be changed.");
    internal static readonly Rule NoSuchEnvironment = Fixed("GOG1106", "A name or a glob on the command line matches no environment.");
    internal static readonly Rule NoEnvironments = Changeable(
        "GOG1107",
        Severity.Warning,
        "The settings have no environment: whatever was rendered for one is removed."
    );

    internal static readonly Rule RouteContradiction = Fixed(
        "GOG1108",
        "A route of `upstreams` says two things that exclude each other, or names no registry where there is none."
    );

    internal static readonly Rule MetadataReserved = Fixed(
        "GOG1109",
        "A label or annotation under metadata belongs to an engine, Kustomize, Helm or Crossplane, or is one that Flux would replace or Kustomize cannot build."
    );

    internal static readonly Rule NotCarried = Fixed("GOG1110", "A text for objects has a character, or a beginning, that Kustomize cannot carry.");

    // Files: what they say to the engines.
    internal static readonly Rule EngineObjectTwice = Changeable(
        "GOG1131",
        Severity.Error,
        "Two environments would write the same objects of one engine, or are for one cluster."
    );
    internal static readonly Rule FluxOfItsOwn = Changeable(
        "GOG1132",
        Severity.Off,
        "Environments have objects of the same names for Flux, so that each needs a Flux in its own cluster."
    );
    internal static readonly Rule VariableIsText = Changeable(
        "GOG1133",
        Severity.Warning,
        "A setting has a variable of Flux, but nothing says where the values come from, so that it stays text."
    );

    // Files: those that Git has, and Git itself.
    internal static readonly Rule GitMissing = Fixed("GOG1201", "The git program is missing, or too old.");
    internal static readonly Rule GitRefuses = Fixed("GOG1202", "Git cannot read a repository here.");
    internal static readonly Rule NoSuchCommit = Fixed("GOG1203", "A revision is not one commit of the repository.");
    internal static readonly Rule Unmerged = Fixed("GOG1204", "A file of the index is not merged.");
    internal static readonly Rule NotAdded = Fixed("GOG1205", "A file is only marked to be added to the index.");
    internal static readonly Rule NotAFileInGit = Fixed("GOG1206", "A submodule or a link is where Git must have files.");
    internal static readonly Rule LfsPointer = Fixed("GOG1207", "A file is kept by Git LFS.");
    internal static readonly Rule SparseCheckout = Fixed(
        "GOG1208",
        "A sparse checkout keeps a file off the disk that Git has and that the run needs."
    );

    // Files: the program that reads them.
    internal static readonly Rule OtherTool = Fixed("GOG1121", "The running gitopsgen has a version that the settings do not ask for.");
    internal static readonly Rule ToolConstraint = Fixed("GOG1122", "The key gitopsgen of the settings is not a constraint on versions.");
    internal static readonly Rule ToolUnversioned = Changeable(
        "GOG1123",
        Severity.Info,
        "The running gitopsgen is a build without a version, so nobody knows whether the settings ask for it."
    );

    // Packages and the environments that they are for.
    internal static readonly Rule OverlappingEntries = Fixed("GOG2001", "Two entries of one package apply in one environment.");
    internal static readonly Rule UnknownEnvironment = Fixed("GOG2002", "An entry names an environment that the settings do not have.");
    internal static readonly Rule GlobMatchesNothing = Changeable("GOG2003", Severity.Warning, "A glob of an entry matches no environment.");
    internal static readonly Rule ObjectNameCollision = Fixed(
        "GOG2004",
        "Two packages have one object name; across kinds, that is a limit of GitOpsGen alone."
    );
    internal static readonly Rule DerivedName = Changeable(
        "GOG2005",
        Severity.Info,
        "Object names differ from the ones Crossplane would derive; said once for all."
    );
    internal static readonly Rule SeveralCores = Fixed("GOG2006", "Two Crossplane entries apply in one environment.");
    internal static readonly Rule ChartMisplaced = Fixed("GOG2007", "An entry that is not Crossplane itself has a chart, or the core has none.");
    internal static readonly Rule PinWithoutDigest = Fixed("GOG2008", "An environment pins digests, but a package has none.");
    internal static readonly Rule NoObjectName = Fixed("GOG2009", "A package whose derived object name cannot be used has no 'name'.");
    internal static readonly Rule DependencyRenamed = Changeable(
        "GOG2010",
        Severity.Error,
        "A package that others depend on has another name than Crossplane would give it, and Crossplane resolves dependencies; only a warning where Crossplane's role cannot list tags."
    );
    internal static readonly Rule CoreTooOld = Fixed("GOG2011", "The core is too old for what the settings ask of it.");

    // Dependencies.
    internal static readonly Rule MissingDependency = Changeable("GOG2101", Severity.Error, "A dependency is missing from an environment.");
    internal static readonly Rule ConstraintNotMet = Changeable(
        "GOG2102",
        Severity.Error,
        "A locked version does not meet a dependent's constraint."
    );
    internal static readonly Rule InvalidConstraint = Changeable(
        "GOG2103",
        Severity.Error,
        "A package was published with a constraint that Crossplane cannot read."
    );
    internal static readonly Rule DependencyCycle = Fixed(
        "GOG2104",
        "Packages depend on each other in a cycle: no order installs them, and Crossplane's Lock stays unresolved."
    );
    internal static readonly Rule FamilySplit = Changeable(
        "GOG2105",
        Severity.Error,
        "A Provider and its family differ in registry or organisation: it gets no access to the family's ProviderConfigs."
    );
    internal static readonly Rule FamilyVersionSkew = Changeable(
        "GOG2106",
        Severity.Warning,
        "Members of a provider family have different versions."
    );
    internal static readonly Rule CoreNotAccepted = Changeable(
        "GOG2107",
        Severity.Error,
        "The core's version is outside a package's requiresCrossplane."
    );
    internal static readonly Rule DependenciesUnknown = Changeable("GOG2108", Severity.Warning, "The dependencies of a package are not known yet.");
    internal static readonly Rule NoDigest = Changeable("GOG2109", Severity.Warning, "A package is not locked yet.");
    internal static readonly Rule DependencyKind = Changeable(
        "GOG2110",
        Severity.Error,
        "A dependency is locked as another kind than its dependent expects."
    );

    internal static readonly Rule DigestConstraint = Changeable(
        "GOG2111",
        Severity.Error,
        "A dependency is asked for by digest, but packages are installed by tag."
    );

    internal static readonly Rule NoCommonVersion = Fixed("GOG2112", "No published version of a dependency is what all its dependents need.");
    internal static readonly Rule StaleEntry = Fixed("GOG2113", "An entry was locked at another version than the one that it has.");
    internal static readonly Rule UnboundDigest = Fixed(
        "GOG2114",
        "An entry has the key 'digest', which does not say its version, in place of 'locked'."
    );

    internal static readonly Rule MayBeGone = Changeable(
        "GOG2115",
        Severity.Warning,
        "A locked version is so old that its registry may have deleted it, or may soon."
    );

    internal static readonly Rule BadCore = Changeable(
        "GOG2116",
        Severity.Warning,
        "The core is a release with a known fault, and a later one does not have it."
    );
    internal static readonly Rule ForkedCore = Changeable(
        "GOG2117",
        Severity.Info,
        "The core is a fork's build, and is taken for the release that its version begins with."
    );

    // What the settings say about packages.
    internal static readonly Rule PackagePatternUnused = Changeable(
        "GOG2201",
        Severity.Warning,
        "A name or glob under packages matches no package, or none that it has an effect on."
    );
    internal static readonly Rule PackageSpecGenerated = Fixed("GOG2202", "A field of a package's spec is generated.");
    internal static readonly Rule PackageSpecField = Changeable("GOG2203", Severity.Error, "A package's spec has no such field.");
    internal static readonly Rule PackageSpecValue = Changeable(
        "GOG2204",
        Severity.Error,
        "A value of a package's spec cannot work: the API server refuses it, or takes it and the package never runs."
    );
    internal static readonly Rule RuntimeOfConfiguration = Fixed("GOG2205", "A Configuration is given a runtime.");
    internal static readonly Rule SharedServiceAccount = Fixed(
        "GOG2206",
        "Two packages, or a package and Crossplane itself, would own the same service account."
    );
    internal static readonly Rule DefaultRuntime = Fixed("GOG2207", "A runtime is named default, as that of every package without one is.");
    internal static readonly Rule ManualActivation = Changeable(
        "GOG2208",
        Severity.Warning,
        "A package stops at every update until a person activates the new revision; only an info where Crossplane does not resolve dependencies."
    );
    internal static readonly Rule NoSuchRuntime = Changeable(
        "GOG2209",
        Severity.Error,
        "A package refers to a DeploymentRuntimeConfig that nothing in the output makes."
    );
    internal static readonly Rule RuntimeContradiction = Fixed("GOG2210", "A shorthand of a runtime and its spec do not agree.");
    internal static readonly Rule ReplicasOverridden = Changeable(
        "GOG2211",
        Severity.Info,
        "From v2.4 on, Crossplane runs a provider with safe-start that has nothing to do without pods, whatever its replicas are."
    );
    internal static readonly Rule RuntimeNameShared = Fixed("GOG2212", "Packages share the name of a runtime, but not what it says.");

    // What add, update, remove and promote are asked for.
    internal static readonly Rule NotLocked = Fixed("GOG2301", "A package that a command names is not in the lockfile.");
    internal static readonly Rule AmbiguousPackage = Fixed("GOG2302", "A name on the command line means several locked packages.");
    internal static readonly Rule NoSuchVersion = Fixed("GOG2303", "No published version is what a command asks for.");
    internal static readonly Rule VersionRefused = Fixed("GOG2304", "A dependent does not accept the version that a command asks for.");
    internal static readonly Rule LockedAlready = Changeable("GOG2305", Severity.Info, "A package that is to be added is in the lockfile already.");
    internal static readonly Rule LockedAtAnother = Fixed("GOG2306", "A package that is to be added is locked at another version.");
    internal static readonly Rule StillNeeded = Changeable(
        "GOG2307",
        Severity.Info,
        "A removed package stays as an indirect one, because others need it."
    );
    internal static readonly Rule NotDeclared = Fixed("GOG2308", "A package that is to be removed is only there because others need it.");
    internal static readonly Rule ChartStays = Changeable(
        "GOG2309",
        Severity.Warning,
        "The core moves, but its chart has a version of its own and stays."
    );
    internal static readonly Rule CoreIsNoPackage = Fixed("GOG2310", "The core is to be added, which is not a package.");
    internal static readonly Rule NotToPromote = Fixed(
        "GOG2311",
        "The environment that others are to follow does not have a package that a command names."
    );
    internal static readonly Rule NotInTheLock = Fixed("GOG2312", "A promotion needs something that only a registry knows.");
    internal static readonly Rule StaysBehind = Changeable(
        "GOG2313",
        Severity.Info,
        "An environment keeps a package that the environment which it follows does not have."
    );

    // Registry and access.
    internal static readonly Rule UnknownEcrHost = Changeable(
        "GOG3001",
        Severity.Warning,
        "A host looks like ECR, but no ECR credential helper knows it, or not the one in this core."
    );
    internal static readonly Rule RepositoryName = Changeable("GOG3002", Severity.Error, "ECR refuses a repository name.");
    internal static readonly Rule MirrorCollision = Fixed("GOG3003", "Two upstream repositories have the same place in the mirror.");
    internal static readonly Rule PolicyOverQuota = Fixed("GOG3004", "A policy is over its quota and cannot be split.");
    internal static readonly Rule SharedRole = Fixed("GOG3005", "Two environments share a role but need different documents for it.");
    internal static readonly Rule TooManyPolicies = Changeable(
        "GOG3006",
        Severity.Warning,
        "A role needs more policies than AWS attaches by default."
    );
    internal static readonly Rule UnknownRegion = Fixed("GOG3007", "An AWS region belongs to no known partition.");
    internal static readonly Rule AccessWithoutEcr = Changeable(
        "GOG3008",
        Severity.Warning,
        "Roles are given, but the registry is not ECR: no IAM document is made."
    );
    internal static readonly Rule PodIdentityCore = Changeable(
        "GOG3009",
        Severity.Warning,
        "A core up to v2.1 can fail to get ECR credentials by EKS Pod Identity."
    );
    internal static readonly Rule OtherPartition = Fixed(
        "GOG3010",
        "A role or OIDC issuer lives in another AWS partition than the registry: no access crosses partitions."
    );
    internal static readonly Rule PullSecretOnEcr = Changeable(
        "GOG3011",
        Severity.Warning,
        "A pull secret is given for ECR, whose tokens last for twelve hours."
    );

    internal static readonly Rule CacheImpossible = Fixed("GOG3012", "A route is a pull-through cache of ECR for a registry that ECR cannot cache.");
    internal static readonly Rule PrefixIsHost = Changeable("GOG3013", Severity.Warning, "A prefix below a registry begins with a host.");
    internal static readonly Rule RouteSwallows = Fixed("GOG3014", "The pull secret of one route would be used for packages of another.");
    internal static readonly Rule CacheAcrossAccounts = Changeable(
        "GOG3015",
        Severity.Warning,
        "A role fills a pull-through cache of another account, which no repository policy of the output allows."
    );

    internal static readonly Rule UnlistedRegion = Changeable("GOG3016", Severity.Warning, "AWS lists no such region.");

    // Helm values.
    internal static readonly Rule ValueCollision = Fixed("GOG3101", "A Helm value of the user collides with a generated one.");
    internal static readonly Rule UnknownValue = Changeable(
        "GOG3102",
        Severity.Warning,
        "A Helm value that this version of the crossplane chart does not know."
    );
    internal static readonly Rule DependencyUpgrades = Changeable(
        "GOG3103",
        Severity.Error,
        "Crossplane would change package versions without the lock."
    );
    internal static readonly Rule ChartLogin = Changeable("GOG3104", Severity.Warning, "The engine does not know how to log in where the chart is.");
    internal static readonly Rule UpgradesOfPins = Fixed(
        "GOG3105",
        "Crossplane would change package versions without the lock, where ImageConfigs pin digests."
    );
    internal static readonly Rule ValueOfWrongForm = Changeable(
        "GOG3106",
        Severity.Warning,
        "A Helm value has a form that the crossplane chart cannot use."
    );

    internal static readonly Rule EksAnnotation = Changeable(
        "GOG3107",
        Severity.Warning,
        "EKS cannot use an annotation of a service account, whose pods start without a role."
    );

    // IAM documents as they were rendered, the built-in template's or a user's.
    internal static readonly Rule NoIamDocument = Fixed("GOG3201", "A rendered IAM document is not one that IAM accepts.");
    internal static readonly Rule PolicyVersion = Fixed("GOG3202", "An IAM document's Version is not 2012-10-17.");
    internal static readonly Rule StatementId = Fixed("GOG3203", "A Sid is not letters and digits, or appears twice in one document.");
    internal static readonly Rule ResourceMisplaced = Fixed("GOG3204", "A repository or trust policy names a Resource: AWS refuses it.");
    internal static readonly Rule ResourceMissing = Fixed("GOG3205", "A statement of an identity policy has no Resource.");
    internal static readonly Rule PrincipalMisplaced = Fixed("GOG3206", "An identity policy names a Principal: AWS refuses it.");
    internal static readonly Rule DocumentOverQuota = Fixed("GOG3207", "A rendered IAM document is over its quota.");
    internal static readonly Rule AccessWidened = Fixed("GOG3208", "A rendered IAM document grants more than the plan.");
    internal static readonly Rule AccessLost = Changeable("GOG3209", Severity.Error, "The rendered IAM documents grant less than the plan.");

    // Templates.
    internal static readonly Rule TemplateSyntax = Fixed("GOG4001", "A template cannot be parsed.");
    internal static readonly Rule TemplateFailed = Fixed("GOG4002", "A template failed while rendering.");
    internal static readonly Rule TemplateLimit = Fixed("GOG4003", "A template went over a limit of loops, nesting or size.");
    internal static readonly Rule RenderedYaml = Fixed("GOG4004", "A template rendered something that is not YAML.");
    internal static readonly Rule RenderedJson = Fixed("GOG4005", "A template rendered something that is not JSON.");
    internal static readonly Rule OutputPath = Fixed("GOG4006", "A template's output path is not allowed, or two templates share one.");
    internal static readonly Rule TemplateUnusable = Fixed("GOG4007", "A file or folder among the templates cannot be used.");
    internal static readonly Rule TemplateOutdated = Changeable("GOG4008", Severity.Warning, "A built-in template has changed since it was ejected.");
    internal static readonly Rule PackageChanged = Fixed(
        "GOG4009",
        "A template changes which packages are installed, from where, in which order, or what protects them."
    );
    internal static readonly Rule EngineObjectChanged = Changeable(
        "GOG4010",
        Severity.Error,
        "A template leaves out or changes what makes the engine apply the packages."
    );
    internal static readonly Rule ValuesChanged = Fixed("GOG4011", "A template writes other Helm values than the settings and the lock give.");
    internal static readonly Rule NothingApplies = Changeable(
        "GOG4012",
        Severity.Error,
        "A template writes an object where no engine looks, or where the kustomization does not list it."
    );
    internal static readonly Rule NotFollowed = Changeable(
        "GOG4013",
        Severity.Error,
        "A template has Kustomize do what cannot be followed, so that nobody knows whether it changes packages."
    );
    internal static readonly Rule ArrivesTooLate = Changeable(
        "GOG4014",
        Severity.Error,
        "A template writes an object that the engine applies only after what waits for it, so that a new cluster never comes up."
    );

    // Templates: the commands about them.
    internal static readonly Rule NoSuchTemplate = Fixed("GOG4101", "There is no built-in template with this path.");
    internal static readonly Rule WouldOverwriteTemplate = Fixed("GOG4102", "eject found a file that it will not overwrite.");

    // Questions about rendered files.
    internal static readonly Rule NothingRendered = Fixed("GOG4201", "explain was asked about a path at which nothing is rendered.");
    internal static readonly Rule NoSuchLine = Fixed("GOG4202", "explain was asked about a line that the file does not have.");
    internal static readonly Rule ExplainedDiffers = Changeable(
        "GOG4203",
        Severity.Warning,
        "The file that explain was asked about differs from what is rendered, which is what is explained."
    );
    internal static readonly Rule NoSuchRule = Fixed("GOG4204", "explain was asked about a code that no rule has.");

    // Output.
    internal static readonly Rule EditedFile = Fixed("GOG5001", "A generated file was edited by hand.");
    internal static readonly Rule ForeignFile = Fixed("GOG5002", "A file that GitOpsGen did not write is where a file must be written.");
    internal static readonly Rule LedgerMalformed = Fixed("GOG5003", "A ledger has a line that GitOpsGen did not write.");
    internal static readonly Rule SymbolicLink = Fixed("GOG5004", "There is a symbolic link in the output.");
    internal static readonly Rule WrongFileType = Fixed("GOG5005", "There is a file where a folder must be, or a folder where a file must be.");
    internal static readonly Rule AnotherWriter = Fixed("GOG5006", "Another gitopsgen writes to the same output.");
    internal static readonly Rule OutputFailed = Fixed("GOG5007", "The output cannot be read or written.");
    internal static readonly Rule WouldOverwrite = Fixed("GOG5008", "init or import found a file that it will not overwrite.");
    internal static readonly Rule ReleaseMoves = Changeable(
        "GOG5009",
        Severity.Warning,
        "The HelmRelease in the output is about another Helm release, so that Flux uninstalls Crossplane before it installs it again."
    );

    /// <summary>The answer of a command that compares: an error that alone ends it with 2, not with 1.</summary>
    internal static readonly Rule OutOfDate = Fixed("GOG5010", "A file that GitOpsGen writes is missing, superfluous or out of date.");

    // These two are reported by src/GitOpsGen.MSBuild, which runs this program and cannot refer to it.
    internal static readonly Rule BuildPropertyWrong = Fixed(
        "GOG5011",
        "A build sets GitOpsGenMode or GitOpsGenRoot to something that it cannot be."
    );
    internal static readonly Rule BuildSdkTooOld = Fixed("GOG5012", "A build that runs GitOpsGen has an SDK older than .NET 10.");
    internal static readonly Rule EnvironmentLeft = Changeable(
        "GOG5013",
        Severity.Warning,
        "An environment is no longer in the settings, so its files are deleted."
    );

    // Output: publishing it to a branch.
    internal static readonly Rule DirtyTree = Fixed("GOG5101", "The work tree that is published differs from its commit.");
    internal static readonly Rule TargetSilent = Fixed("GOG5102", "The repository that is published to cannot be reached, or refuses.");
    internal static readonly Rule PublishedAside = Fixed(
        "GOG5103",
        "The branch has output of a commit that is not before the one that is published."
    );
    internal static readonly Rule CommitRefused = Fixed("GOG5104", "Git does not make the commit that is to be published.");
    internal static readonly Rule PushRefused = Fixed("GOG5105", "The repository that is published to does not take the commit.");
    internal static readonly Rule TargetBusy = Fixed("GOG5106", "Others publish to the branch, one after another.");
    internal static readonly Rule PublishedOtherRoot = Fixed("GOG5107", "The branch has output of another root of the repository.");

    // Remote registries: what they answer. The second and third say nothing about the content; a retry may help.
    internal static readonly Rule RegistryHasNot = Fixed("GOG6001", "A registry has no such repository, tag or image.");
    internal static readonly Rule RegistryRefuses = Fixed("GOG6002", "A registry refuses access.");
    internal static readonly Rule RegistrySilent = Fixed("GOG6003", "A registry gives no usable answer.");
    internal static readonly Rule RegistryAnswer = Fixed("GOG6004", "What a registry sends is damaged, too large, or not what was asked for.");
    internal static readonly Rule CertificateFile = Fixed("GOG6005", "A file of certificate authorities contains none.");
    internal static readonly Rule HostNotListed = Fixed("GOG6006", "A host that is not in onlyHosts would have to be asked.");

    // Remote registries: the packages in them.
    internal static readonly Rule NotAPackage = Fixed("GOG6101", "An image is not a Crossplane package.");
    internal static readonly Rule PackageUnreadable = Fixed("GOG6102", "The metadata of a package cannot be read.");
    internal static readonly Rule PackageTooLarge = Fixed("GOG6103", "A package is larger than Crossplane reads.");
    internal static readonly Rule DependencyWithoutRegistry = Changeable(
        "GOG6104",
        Severity.Error,
        "A package was published with a dependency that names no registry, or is not a repository."
    );

    // Remote registries against the lock.
    internal static readonly Rule TagMoved = Fixed("GOG6201", "A tag has another digest than the locked one.");
    internal static readonly Rule LockedTagGone = Changeable("GOG6202", Severity.Warning, "The tag of a locked package is gone from its registry.");
    internal static readonly Rule OtherKind = Fixed("GOG6203", "A package is locked as another kind than it is.");
    internal static readonly Rule LockfileChanged = Fixed("GOG6204", "The lockfile was changed by somebody else while it was being completed.");
    internal static readonly Rule UnboundDigestDiffers = Changeable(
        "GOG6205",
        Severity.Warning,
        "The tag of an entry with the key 'digest' has another digest."
    );

    // Remote registries: mirrors.
    internal static readonly Rule CopyWithoutDigest = Fixed("GOG6301", "An image that has to be in a mirror has no digest yet.");
    internal static readonly Rule DigestsClash = Fixed("GOG6302", "Two entries of one version have different digests, but one place in a mirror.");
    internal static readonly Rule SourceLacks = Fixed("GOG6303", "The environment of --from does not have an image or a chart that is to be copied.");
    internal static readonly Rule MirrorLacks = Fixed("GOG6311", "A locked image or chart is missing from its mirror.");
    internal static readonly Rule MirrorDiffers = Fixed("GOG6312", "A tag of a mirror has another image than the locked one.");
    internal static readonly Rule AnnotationLost = Fixed("GOG6313", "A package lost its annotation on the way into a mirror.");
    internal static readonly Rule NeverAnnotated = Changeable(
        "GOG6314",
        Severity.Warning,
        "A package was published without its annotation: Crossplane reads the whole image for it."
    );

    internal static readonly Rule AttachmentMissing = Changeable(
        "GOG6315",
        Severity.Error,
        "What lies beside a locked image, such as its signature, is missing from its mirror."
    );

    // Validation: the schemas themselves.
    internal static readonly Rule CrdUnusable = Fixed("GOG7001", "A CustomResourceDefinition, or a part of its schema, cannot be read.");
    internal static readonly Rule CrdTwice = Changeable(
        "GOG7002",
        Severity.Warning,
        "Two CustomResourceDefinitions define one kind; the first counts."
    );
    internal static readonly Rule CrdsWithoutDefinition = Changeable(
        "GOG7003",
        Severity.Warning,
        "A file or folder that is named for CustomResourceDefinitions has none."
    );

    // Validation: what an API server, or the controller behind it, refuses.
    internal static readonly Rule UnknownField = Fixed("GOG7101", "A Kubernetes object has a field that its schema does not know.");
    internal static readonly Rule MissingField = Fixed("GOG7102", "A Kubernetes object lacks a required field.");
    internal static readonly Rule FieldType = Fixed("GOG7103", "A field of a Kubernetes object has the wrong type.");
    internal static readonly Rule FieldValue = Fixed("GOG7104", "A field of a Kubernetes object has a value that its schema does not allow.");
    internal static readonly Rule SchemaRule = Fixed("GOG7105", "A Kubernetes object breaks a validation rule (CEL) of its schema.");
    internal static readonly Rule ObjectMetadata = Fixed("GOG7106", "The metadata of a Kubernetes object is not what an API server takes.");
    internal static readonly Rule ControllerRefuses = Fixed("GOG7107", "The schema takes a Kubernetes object, but its controller refuses it.");
    internal static readonly Rule ControllerIgnores = Changeable(
        "GOG7108",
        Severity.Warning,
        "A controller takes a Kubernetes object, but not as it was probably meant."
    );
    internal static readonly Rule KustomizationBroken = Fixed("GOG7109", "A kustomization of the output cannot be built.");

    internal static readonly Rule ApplyRefuses = Changeable(
        "GOG7110",
        Severity.Warning,
        "A creation accepts a value of a Kubernetes object, but a server-side apply refuses it."
    );

    // Validation: what an API server refuses in code about its own kinds, so that no schema says it.
    internal static readonly Rule TextSyntax = Fixed(
        "GOG7111",
        "A name, key or other text of a Kubernetes object is not written as an API server takes it."
    );
    internal static readonly Rule SelectorRefused = Fixed("GOG7112", "A selector of a Kubernetes object is wrong, or does not select its own pods.");
    internal static readonly Rule NumberRange = Fixed(
        "GOG7113",
        "A number, port or quantity of a Kubernetes object is out of the range that an API server takes."
    );
    internal static readonly Rule FieldsTogether = Fixed(
        "GOG7114",
        "Fields of a Kubernetes object do not go together, or one lacks that an API server needs."
    );

    // Validation: what could not be checked.
    internal static readonly Rule NoSchema = Changeable("GOG7201", Severity.Warning, "There is no schema for the kind of a Kubernetes object.");
    internal static readonly Rule VersionNotServed = Changeable(
        "GOG7202",
        Severity.Error,
        "The definition of a Kubernetes object's kind does not serve its version."
    );
    internal static readonly Rule NotEvaluated = Changeable(
        "GOG7203",
        Severity.Warning,
        "A part of a schema could not be evaluated on a Kubernetes object."
    );

    // Review: what is compared.
    internal static readonly Rule TooShallow = Fixed("GOG8001", "A commit that is compared with is not in this clone.");
    internal static readonly Rule RemoteSilent = Fixed("GOG8002", "The remote of a partial clone does not give what is missing here.");

    // A change: what can hurt running control planes.
    internal static readonly Rule ObjectRenamed = Danger("GOG8101", "A package gets another object name.");
    internal static readonly Rule SourceReplaced = Danger("GOG8102", "A package is replaced by one of the same name from another place.");
    internal static readonly Rule PackageRemoved = Danger("GOG8103", "A package leaves an environment.");
    internal static readonly Rule FamilyRemoved = Danger(
        "GOG8104",
        "The provider of a family leaves an environment: its ProviderConfigs go with it."
    );
    internal static readonly Rule EnvironmentRemoved = Danger("GOG8105", "An environment leaves the settings.");
    internal static readonly Rule InstallSwitched = Danger("GOG8106", "An environment gets another strategy.");
    internal static readonly Rule EngineSwitched = Danger("GOG8107", "An environment gets another engine.");
    internal static readonly Rule IdentitySwitched = Danger("GOG8108", "The Crossplane pod gets its credentials in another way.");
    internal static readonly Rule RegistryMoved = Danger("GOG8109", "An environment gets another registry or prefix.");
    internal static readonly Rule RoleChanged = Danger("GOG8110", "Another role pulls.");
    internal static readonly Rule Downgrade = Danger("GOG8111", "A package goes back to an older version.");
    internal static readonly Rule CoreStep = Danger("GOG8112", "The core takes a step that Crossplane does not support.");
    internal static readonly Rule CoreRestartsPackages = Danger("GOG8113", "The core takes a step that restarts every package.");
    internal static readonly Rule DigestMoved = Danger("GOG8114", "A version has another digest than before.");
    internal static readonly Rule WaveMoved = Danger("GOG8115", "A package changes its wave, and Flux may delete it.");
    internal static readonly Rule ImageConfigLeaves = Danger("GOG8116", "An ImageConfig leaves that redirects pulls.");
    internal static readonly Rule ReleaseReplaced = Danger("GOG8117", "A HelmRelease changes so that Flux uninstalls Crossplane.");
    internal static readonly Rule ActivationNeeded = Danger("GOG8118", "A package moves that has to be activated by hand.");
    internal static readonly Rule ApplicationReplaced = Danger("GOG8119", "An Application of Argo CD leaves, or is about another place or release.");
    internal static readonly Rule OutputMoved = Danger("GOG8120", "The engine reads the output in another folder.");
    internal static readonly Rule AccessGained = Register(
        new("GOG8201", Severity.Info, CanChange: false, "Somebody may do more than before, or perhaps may.")
    );
    internal static readonly Rule ChangeRefused = Fixed("GOG8301", "A change has something that --fail-on names.");

    // An import: reading the sources.
    internal static readonly Rule ImportUnreadable = Imported("GOG8302", Severity.Error, "A source is not YAML or JSON, or cannot be read.");
    internal static readonly Rule ImportTemplate = Imported("GOG8303", Severity.Warning, "A source is a template, which is not read.");
    internal static readonly Rule ImportReference = Imported("GOG8304", Severity.Warning, "A source names something that is not among the sources.");
    internal static readonly Rule ImportKustomization = Imported("GOG8305", Severity.Warning, "A kustomization does what import does not follow.");
    internal static readonly Rule ImportPlaceholder = Imported("GOG8306", Severity.Error, "A value of the sources has a placeholder.");
    internal static readonly Rule ImportEnvironments = Imported("GOG8307", Severity.Error, "The environments cannot be told apart.");
    internal static readonly Rule ImportClusterDiffers = Imported("GOG8308", Severity.Info, "What runs in the cluster differs from the files.");
    internal static readonly Rule ImportNothing = Imported("GOG8309", Severity.Error, "The sources install no package.");
    internal static readonly Rule ImportIncomplete = Imported(
        "GOG8310",
        Severity.Error,
        "A package of the sources, or what belongs to one, has no name or no reference."
    );
    internal static readonly Rule ImportDuplicateKey = Imported("GOG8311", Severity.Warning, "A key of the sources appears twice in a mapping.");
    internal static readonly Rule ImportUnlisted = Imported(
        "GOG8312",
        Severity.Warning,
        "Files beside a kustomization are about Crossplane, and no kustomization names them."
    );

    // An import: what is open, or was not carried over.
    internal static readonly Rule ImportVersion = Imported("GOG8401", Severity.Error, "A version of the sources can move, or is not complete.");
    internal static readonly Rule ImportCoreVersion = Imported(
        "GOG8402",
        Severity.Warning,
        "The version of the core, or of its chart, is a guess or not known."
    );
    internal static readonly Rule ImportUpstreamGuess = Imported("GOG8403", Severity.Info, "Where a mirror's packages were published is a guess.");
    internal static readonly Rule ImportUpstream = Imported("GOG8404", Severity.Warning, "Where a mirror's package was published is not known.");
    internal static readonly Rule ImportPath = Imported("GOG8405", Severity.Error, "A mirror's path cannot be expressed.");
    internal static readonly Rule ImportRegistries = Imported("GOG8406", Severity.Error, "An environment pulls from several registries.");
    internal static readonly Rule ImportMetadata = Imported("GOG8407", Severity.Warning, "Labels or annotations of a package are not carried over.");
    internal static readonly Rule ImportStays = Imported("GOG8408", Severity.Warning, "An object of the package manager stays where it is.");
    internal static readonly Rule ImportIssuer = Imported("GOG8409", Severity.Info, "A role is known, but not the issuer that it trusts.");
    internal static readonly Rule ImportRuntimeName = Imported("GOG8410", Severity.Info, "A runtime config gets another name.");
    internal static readonly Rule ImportEngine = Imported(
        "GOG8411",
        Severity.Warning,
        "Something of the engine, or of the core's values, is not carried over."
    );
    internal static readonly Rule ImportLeftAlone = Imported("GOG8412", Severity.Info, "Objects stay where they are.");
    internal static readonly Rule ImportDependency = Imported("GOG8413", Severity.Info, "A Configuration depends on a package that nobody declares.");
    internal static readonly Rule ImportCoreMoves = Imported("GOG8414", Severity.Warning, "The core's image moves to the mirror.");

    // An import: what is wrong in the sources.
    internal static readonly Rule PolicyArn = Imported("GOG8501", Severity.Error, "A resource of a policy is not the ARN of a repository.");
    internal static readonly Rule AccountDigits = Imported("GOG8502", Severity.Error, "An AWS account does not have 12 digits.");
    internal static readonly Rule JsonComment = Imported("GOG8503", Severity.Warning, "A policy has a comment, which JSON does not have.");
    internal static readonly Rule PolicyCoreOnly = Imported("GOG8504", Severity.Warning, "A policy grants the core's image alone.");
    internal static readonly Rule FamilyMissing = Imported("GOG8506", Severity.Error, "The provider of a family is not installed.");
    internal static readonly Rule SecondFamily = Imported(
        "GOG8507",
        Severity.Error,
        "A member of a family from a mirror brings a second family provider."
    );
    internal static readonly Rule ImportedFamilySplit = Imported("GOG8508", Severity.Error, "A family's providers come from several places.");
    internal static readonly Rule FamilyVersions = Imported("GOG8509", Severity.Warning, "A family's providers have several versions.");
    internal static readonly Rule PrefixBoundary = Imported("GOG8510", Severity.Warning, "A prefix of an ImageConfig ends inside of a name.");
    internal static readonly Rule TagAndDigest = Imported(
        "GOG8511",
        Severity.Error,
        "A reference that an ImageConfig rewrites has a tag and a digest."
    );
    internal static readonly Rule NoRegistry = Imported("GOG8512", Severity.Warning, "A reference names no registry.");
    internal static readonly Rule ControllerConfigUsed = Imported("GOG8513", Severity.Warning, "A package has a ControllerConfig.");
    internal static readonly Rule OldVersion = Imported("GOG8514", Severity.Info, "An object has an old version of its API.");
    internal static readonly Rule InstalledTwice = Imported("GOG8515", Severity.Error, "One package or one name is installed twice.");
    internal static readonly Rule ChartPackages = Imported("GOG8516", Severity.Warning, "The chart's values install a package.");
    internal static readonly Rule RuntimeMissing = Imported(
        "GOG8517",
        Severity.Warning,
        "A package names a runtime config that is not among the sources."
    );
    internal static readonly Rule PullEverything = Imported("GOG8518", Severity.Warning, "A policy grants the pull of every repository.");
    internal static readonly Rule SharedAccount = Imported("GOG8519", Severity.Error, "Packages share the service account of a template.");
    internal static readonly Rule CascadeFinalizer = Imported(
        "GOG8521",
        Severity.Warning,
        "Deleting an Application deletes Crossplane or its packages."
    );
    internal static readonly Rule PrunesPackages = Imported("GOG8522", Severity.Warning, "The engine deletes packages whose file goes.");
    internal static readonly Rule ReplacesObjects = Imported("GOG8523", Severity.Warning, "The engine replaces objects instead of patching them.");
    internal static readonly Rule ReleaseUninstalled = Imported(
        "GOG8524",
        Severity.Error,
        "The HelmRelease that is generated would make Flux uninstall Crossplane."
    );

    internal static readonly Rule Internal = Fixed("GOG9001", "An error inside GitOpsGen itself.");
    internal static readonly Rule TooLittleMemory = Fixed("GOG9002", "The process may not have the memory or the stack that it needs.");

    /// <summary>Every rule, by code.</summary>
    public static IReadOnlyDictionary<string, Rule> ByCode { get; } = Catalogue.ToDictionary(r => r.Code, StringComparer.Ordinal);

    /// <summary>An error that no setting can soften: shapes, cycles, collisions, ownership.</summary>
    private static Rule Fixed(string code, string summary) => Register(new(code, Severity.Error, CanChange: false, summary));

    /// <summary>About sources that others wrote, when there are no settings yet. Some are more or less severe by what is known.</summary>
    private static Rule Imported(string code, Severity severity, string summary) => Register(new(code, severity, CanChange: false, summary));

    private static Rule Danger(string code, string summary) => Register(new(code, Severity.Warning, CanChange: false, summary));

    private static Rule Changeable(string code, Severity severity, string summary) => Register(new(code, severity, CanChange: true, summary));

    private static Rule Register(Rule rule)
    {
        Catalogue.Add(rule);
        return rule;
    }
}

/// <summary>One thing GitOpsGen checks.</summary>
/// <param name="Code"><c>GOG</c> and four digits; the first digit is the area.</param>
/// <param name="Default">The severity without a setting.</param>
/// <param name="CanChange">Whether <c>rules:</c> in the settings may change the severity.</param>
/// <param name="Summary">One line for <c>docs/rules.md</c> and SARIF.</param>
public sealed record Rule(string Code, Severity Default, bool CanChange, string Summary);
