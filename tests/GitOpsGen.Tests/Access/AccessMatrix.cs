using System.Text.Json.Nodes;
using GitOpsGen.Tests.Scenarios;

namespace GitOpsGen.Tests.Access;

/// <summary>
/// DESIGN.md, section 4, as a question for every principal, action and repository: what the table grants, against what the rendered
/// documents grant.
/// </summary>
internal sealed class AccessMatrix(ExpectedPlan plan, string output)
{
    public const string Authorize = "ecr:GetAuthorizationToken";

    private static readonly string[] Pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    private static readonly string[] Mirror =
    [
        .. Pull, "ecr:BatchCheckLayerAvailability", "ecr:CompleteLayerUpload", "ecr:DescribeImages", "ecr:InitiateLayerUpload", "ecr:ListImages",
        "ecr:PutImage", "ecr:UploadLayerPart",
    ];

    private static readonly string[] Never =
    [
        "ecr:BatchDeleteImage", "ecr:CreateRepository", "ecr:DeleteRepository", "ecr:DeleteRepositoryPolicy", "ecr:GetAuthorizationTokens",
        "ecr:PutImageTagMutability", "ecr:ReplicateImage", "ecr:SetRepositoryPolicy", "ecr:TagResource", "iam:PassRole", "s3:GetObject", "sts:AssumeRole",
    ];

    private static readonly string[] Actions = [.. Mirror, .. Never];

    /// <summary>How many answers were compared: a matrix of nothing would agree with everything.</summary>
    public int Cells { get; private set; }

    /// <summary>One line for each answer that differs from the table; empty when access is what it should be.</summary>
    public IReadOnlyList<string> Mismatches(Func<Principal, IEnumerable<JsonNode>, IEnumerable<JsonNode>>? tamper = null)
    {
        var found = new List<string>();
        foreach (var principal in Principals())
        {
            var documents = Rendered(principal);
            var policies = new IdentityPolicies(tamper is null ? documents : tamper(principal, documents));
            Compare(principal, policies, Authorize, "*", principal.Repositories.Count > 0, found);
            foreach (var (arn, isLockedThere) in Resources(principal))
            {
                // A wildcard is judged among the locked repositories, and by everything outside of its registry.
                var isJudged = !principal.FoldsResources || isLockedThere || !arn.StartsWith(principal.Registry.ArnOf(""), StringComparison.Ordinal);
                foreach (var action in Actions)
                {
                    var expected = principal.Actions.Contains(action) && principal.Repositories.Contains(arn);
                    if (isJudged || !principal.Actions.Contains(action))
                        Compare(principal, policies, action, arn, expected, found);
                }
            }
        }

        return found;
    }

    /// <summary>The documents that should be there: the first of each principal that may do something.</summary>
    public IEnumerable<string> ExpectedDocuments() =>
        Principals().Where(principal => principal.Repositories.Count > 0).Select(principal => principal.Document)
            .Concat(plan.Environments.Where(e => e.PackageManager is not null).Select(e => $"iam/{e.Name}/package-manager-trust-policy.json"))
            .Order(StringComparer.Ordinal);

    public IEnumerable<Principal> Principals()
    {
        foreach (var environment in plan.Environments)
        {
            if (environment.PackageManager is not null)
                yield return Puller(environment, "package-manager", environment.Packages);
            if (environment.HasNodes)
                yield return Puller(environment, "node", environment.Images.Where(image => image.Kind != "Configuration"));
        }

        foreach (var registry in plan.All.Where(e => e.Registry.IsEcr).GroupBy(e => (e.Registry.Account, e.Registry.Region)))
        {
            var first = registry.First().Registry;
            var images = registry.SelectMany(e => e.Images).Where(image => !image.IsOwn).Select(image => first.ArnOf(image.MirrorPath));
            yield return new($"iam/registries/{first.Account}-{first.Region}/mirror-policy.json", first, false, Mirror.ToHashSet(), images.ToHashSet());
        }
    }

    private static Principal Puller(ExpectedEnvironment environment, string name, IEnumerable<ExpectedPackage> images) => new(
        $"iam/{environment.Name}/{name}-policy.json",
        environment.Registry,
        environment.FoldsResources,
        Pull.ToHashSet(),
        images.Select(image => environment.Registry.ArnOf(image.MirrorPath)).ToHashSet());

    private List<JsonNode> Rendered(Principal principal)
    {
        var documents = new List<JsonNode>();
        var stem = Path.Combine(output, principal.Document)[..^".json".Length];
        for (var part = 1; File.Exists(part == 1 ? $"{stem}.json" : $"{stem}-{part}.json"); part++)
            documents.Add(JsonNode.Parse(File.ReadAllText(part == 1 ? $"{stem}.json" : $"{stem}-{part}.json"))!);
        return documents;
    }

    // Every locked repository of every registry, and for each what a mistake in an ARN would reach.
    private IEnumerable<(string Arn, bool IsLockedThere)> Resources(Principal principal)
    {
        var locked = plan.All.Where(e => e.Registry.IsEcr).SelectMany(e => e.Images.Select(image => e.Registry.ArnOf(image.MirrorPath))).ToHashSet(StringComparer.Ordinal);
        var neighbours = locked.SelectMany(arn => Neighbours(arn, principal.Registry)).Where(arn => !locked.Contains(arn));
        return locked.Select(arn => (arn, true)).Concat(neighbours.Distinct().Select(arn => (arn, false)));
    }

    private static IEnumerable<string> Neighbours(string arn, ExpectedRegistry registry)
    {
        var path = arn[(arn.IndexOf("repository/", StringComparison.Ordinal) + "repository/".Length)..];
        yield return arn + "control";
        yield return arn + "/extra";
        yield return arn[..^1];
        yield return registry.ArnOf("other/" + path);
        yield return registry.ArnOf(path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        yield return arn.Replace("repository/", "", StringComparison.Ordinal);
        yield return (registry with { Account = "999999999999" }).ArnOf(path);
        yield return registry.ArnOf(path).Replace($":{registry.Region}:", ":ap-south-1:", StringComparison.Ordinal);
        yield return registry.ArnOf(path).Replace($"arn:{registry.Partition}:", "arn:aws-other:", StringComparison.Ordinal);
    }

    private void Compare(Principal principal, IdentityPolicies policies, string action, string resource, bool expected, List<string> found)
    {
        Cells++;
        if (policies.Allows(action, resource) != expected)
            found.Add($"{principal.Document}: {action} on {resource} should be {(expected ? "allowed" : "denied")}");
    }
}
