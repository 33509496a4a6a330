using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;

namespace GitOpsGen.Importing.Installed;

/// <summary>Who pulls, for AWS: from annotations, trust policies and what <c>aws</c> answers. Both the role and what trusts it must be known.</summary>
internal sealed class IdentityImport
{
    private const string Provider = "oidc-provider/";
    private static readonly string[] NodeServices = ["ec2.amazonaws.com", "eks-fargate-pods.amazonaws.com"];
    private const string PodIdentity = "pods.eks.amazonaws.com";

    private readonly EnvironmentSources sources;
    private readonly string? account;

    public IdentityImport(EnvironmentSources sources, ImportRequest request, ImportedCore? core, ImportedRegistry? registry, DiagnosticBag bag)
    {
        this.sources = sources;
        account = registry is null ? null : RegistryImport.PlaceOf(registry.Host).TextAt("ecr", "account");
        var written = core?.ExistingValues.At("serviceAccount", "customAnnotations", IamRoleArn.Annotation) as YamlScalar;
        var subject = $"system:serviceaccount:{core?.Namespace ?? CoreImport.DefaultNamespace}:crossplane";
        var trusting = Roles().Where(role => Trusts(role.Trust, subject)).ToList();
        var role =
            request.PullRole.Of(sources.Name)
            ?? written?.Text
            ?? core?.ExistingValues.TextAt("customAnnotations", IamRoleArn.Annotation)
            ?? Indexed("package-manager-policy.json").FirstOrDefault()
            ?? Associations(core)
                .Select(association => association.TextAt("roleArn") ?? association.TextAt("role"))
                .FirstOrDefault(arn => arn is not null)
            ?? (
                Associations(core).Any()
                    ? Roles().Where(found => Services(found.Trust).Contains(PodIdentity)).Select(found => found.Arn).FirstOrDefault()
                    : null
            )
            ?? trusting.Select(found => found.Arn).FirstOrDefault(arn => arn is not null);
        var issuer = (
            request.OidcIssuer.Of(sources.Name)
            ?? Trusts().OrderByDescending(trust => Trusts(trust, subject)).Select(Issuer).FirstOrDefault(found => found is not null)
        )?.Replace("https://", "", StringComparison.Ordinal);
        var byPod =
            Associations(core).Any()
            || Roles().Any(found => found.Arn == role && Services(found.Trust).Contains(PodIdentity))
            || sources.Others.Any(other => Services(other.Node).Contains(PodIdentity) && Trusts(other.Node, "crossplane"));
        var nodes = Nodes(request).Distinct().ToList();
        if (account is null)
            return;

        var iam = NodePaths.Empty(SourceSpan.StartOf(""));
        if (role is not null && IamRole.TryParse(role, out _) && (issuer is not null || byPod))
        {
            TakesRole = true;
            iam = iam.WithAt(Text(Short(role)), "packageManager", "role").WithAt(Text(byPod ? "podIdentity" : "irsa"), "packageManager", "identity");
            iam = byPod ? iam : iam.WithAt(Text(issuer!), "packageManager", "oidcIssuer");
        }
        else if (written is not null && IamRole.TryParse(written.Text, out _))
        {
            bag.Add(
                Rules.ImportIssuer,
                written.Span,
                $"The role {Excerpt.Of(written.Text)} stays a Helm value, because nothing says which issuer it trusts.",
                "Import what 'aws iam get-role' prints of it, or say --oidc-issuer with what 'aws eks describe-cluster --query cluster.identity.oidc.issuer' prints."
            );
        }

        iam = nodes.Count > 0 ? iam.WithAt(new YamlSequence([.. nodes.Select(node => Text(Short(node)))], iam.Span), "nodes", "roles") : iam;
        Settings = iam.Entries.IsEmpty ? null : iam;
    }

    /// <summary><c>iam</c> of the settings.</summary>
    public YamlMapping? Settings { get; }

    /// <summary>Whether the role's annotation is no Helm value of the team any more.</summary>
    public bool TakesRole { get; }

    private IEnumerable<string> Nodes(ImportRequest request) =>
        new[] { request.NodeRole.Of(sources.Name) }
            .Concat(Indexed("node-policy.json"))
            .Concat(Answers("nodegroup").Select(group => group.TextAt("nodeRole")))
            .Concat(Roles().Where(role => Services(role.Trust).Intersect(NodeServices).Any()).Select(role => role.Arn))
            .OfType<string>()
            .Where(role => IamRole.TryParse(role, out _));

    // In the registry's account, a name is enough.
    private string Short(string role) => IamRole.TryParse(role, out var known) && known.Account?.Value == account ? known.Name : role;

    private IEnumerable<YamlNode> Answers(string key) => sources.Others.Select(other => other.Node.At(key)).OfType<YamlNode>();

    // The index of IAM documents that 'render' writes has those of all environments.
    private IEnumerable<YamlNode> Associations(ImportedCore? core) =>
        Answers("associations")
            .SelectMany(list => (list as YamlSequence)?.Items ?? [])
            .Concat(Answers("association"))
            .Where(association =>
                association.TextAt("serviceAccount") == "crossplane"
                && association.TextAt("namespace") == (core?.Namespace ?? CoreImport.DefaultNamespace)
                && (association.TextAt("environment") ?? sources.Name) == sources.Name
            );

    // The same index says whose policy a document is.
    private IEnumerable<string> Indexed(string policy) =>
        Answers("roles")
            .OfType<YamlMapping>()
            .SelectMany(roles => roles.Entries)
            .Where(role =>
                role.Value.ItemsAt("environments").Any(name => name.TextAt() == sources.Name)
                && role.Value.ItemsAt("policies").Any(path => path.TextAt()?.EndsWith($"/{policy}", StringComparison.Ordinal) == true)
            )
            .Select(role => role.Key.Text);

    private IEnumerable<(string? Arn, YamlNode? Trust)> Roles() =>
        Answers("Role").Select(role => (role.TextAt("Arn"), role.At("AssumeRolePolicyDocument")));

    private IEnumerable<YamlNode> Trusts() =>
        Roles()
            .Select(role => role.Trust)
            .OfType<YamlNode>()
            .Concat(sources.Others.Select(other => other.Node).Where(node => node.At("Statement") is not null));

    private static bool Trusts(YamlNode? trust, string subject) => trust?.Scalars().Any(scalar => scalar.Text == subject) == true;

    private static string? Issuer(YamlNode trust) =>
        Policies
            .Statements(trust)
            .Select(statement => statement.TextAt("Principal", "Federated"))
            .OfType<string>()
            .Where(federated => federated.Contains(Provider, StringComparison.Ordinal))
            .Select(federated => federated[(federated.IndexOf(Provider, StringComparison.Ordinal) + Provider.Length)..])
            .FirstOrDefault();

    private static IEnumerable<string> Services(YamlNode? trust) =>
        trust is null
            ? []
            : Policies.Statements(trust).SelectMany(statement => Policies.Texts(statement.At("Principal", "Service"))).Select(text => text.Text);

    private static YamlScalar Text(string text) => YamlScalar.String(text, SourceSpan.StartOf(""));
}
