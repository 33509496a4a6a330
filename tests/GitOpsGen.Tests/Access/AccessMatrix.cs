using GitOpsGen.Iam;
using GitOpsGen.Iam.Access;
using GitOpsGen.Tests.Iam;
using GitOpsGen.Tests.Scenarios;

namespace GitOpsGen.Tests.Access;

/// <summary>
/// The table as a question for every principal, action and repository: what it grants, against what the rendered documents grant, those
/// of principals and those of repositories.
/// </summary>
/// <param name="plan">What lock and settings mean.</param>
/// <param name="output">The rendered output.</param>
/// <param name="tamper">Changes a document, given with its path, before it is asked; nothing in its place: it is gone.</param>
internal sealed class AccessMatrix(ExpectedPlan plan, string output, Func<string, string, string?>? tamper = null)
{
    public const string Authorize = "ecr:GetAuthorizationToken";

    private const string EveryRight = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private const string OpenToEverybody = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:*"}]}""";

    private static readonly string[] Never =
    [
        "ecr:BatchDeleteImage",
        "ecr:DeleteRepository",
        "ecr:DeleteRepositoryPolicy",
        "ecr:DescribeImages",
        "ecr:PutImageTagMutability",
        "ecr:ReplicateImage",
        "ecr:TagResource",
    ];

    private static readonly string[] Actions = [.. AccessTable.Mirror, "ecr:BatchImportUpstreamImage", AccessTable.SetPolicy, .. Never];

    private static readonly string[] OfNeighbours = [.. AccessTable.Mirror, "ecr:BatchImportUpstreamImage"];

    private readonly AccessTable table = new(plan);
    private readonly Dictionary<(PolicyKind, string), AccessPolicy> read = [];

    /// <summary>Every question with the table's answer.</summary>
    public IEnumerable<AccessCell> Cells()
    {
        foreach (var principal in table.Principals().Concat(table.Strangers()))
        {
            var policies = principal.Document == Principal.Stranger ? [EveryRight] : Rendered(principal.Document).ToList();
            if (principal.Document != Principal.Stranger)
                yield return new(principal, new(policies, null, principal.Arn, Authorize, "*"), principal.Repositories.Count > 0)
                {
                    IsTelling = true,
                };
            foreach (var (arn, isLocked) in Resources(principal))
            {
                // A wildcard is judged among the locked repositories, and by everything outside of its registry.
                var isJudged =
                    !principal.FoldsResources
                    || isLocked
                    || !principal.Repositories.Any(of =>
                        arn.StartsWith(of[..(of.IndexOf('/', StringComparison.Ordinal) + 1)], StringComparison.Ordinal)
                    );
                foreach (var action in (isLocked ? Actions : OfNeighbours).Where(action => isJudged || !principal.Actions.Contains(action)))
                {
                    var isOneOfIts = principal.Actions.Contains(action);
                    var fills = AccessTable.FillCache.Contains(action) && principal.Fills(arn);
                    foreach (var attached in Attached(principal, arn, isLocked))
                        yield return new(
                            principal,
                            new(policies, attached, principal.Arn, action, arn),
                            ((isOneOfIts && principal.Repositories.Contains(arn)) || fills)
                                // Nobody can set a policy on a repository that a cache makes, so the other account's side is its registry policy.
                                && (!principal.Fills(arn) || attached is not null || arn.Split(':')[4] == principal.Arn.Split(':')[4])
                        )
                        {
                            IsTelling = isLocked || isOneOfIts || fills,
                        };
                }
            }
        }
    }

    // Across accounts both sides have to allow. So that neither hides what the other grants too much, a principal's documents are also asked
    // where the repository is open to everybody; strangers ask the repository's alone.
    private IEnumerable<string?> Attached(Principal principal, string arn, bool isLocked)
    {
        if (isLocked)
            yield return table.Repositories[arn] is { } document ? Rendered(document).SingleOrDefault() : null;
        if (principal.Document != Principal.Stranger && arn.Split(':')[4] != principal.Arn.Split(':')[4])
            yield return OpenToEverybody;
        else if (!isLocked)
            yield return null;
    }

    /// <summary>One line for each answer of the product's evaluator that differs from the table; empty when access is what it should be.</summary>
    public IReadOnlyList<string> Mismatches() =>
        [.. Cells().Where(cell => cell.IsAllowed != (Answer(cell.Question) == AccessAnswer.Allowed)).Select(cell => cell.ToString())];

    /// <summary>The documents that should be there: the first of each principal that may do something, and the repositories'.</summary>
    public IEnumerable<string> ExpectedDocuments() =>
        table
            .Principals()
            .Where(principal => principal.Repositories.Count > 0)
            .Select(principal => principal.Document)
            .Distinct()
            .Concat(plan.Environments.Where(e => e.PackageManager is not null).Select(e => $"iam/{e.Name}/package-manager-trust-policy.json"))
            .Concat(table.RepositoryPolicies.Keys)
            .Order(StringComparer.Ordinal);

    private AccessAnswer Answer(IamQuestion question) =>
        AccessEvaluator.Evaluate(
            new(new(PrincipalKind.Aws, question.Principal), question.Action, question.Resource, new([])),
            question.Identity.Select(text => Read(PolicyKind.Identity, text)),
            question.Attached is { } attached ? Read(PolicyKind.Repository, attached) : null
        );

    private AccessPolicy Read(PolicyKind kind, string text)
    {
        if (!read.TryGetValue((kind, text), out var policy))
            read.Add((kind, text), policy = Policies.Read(kind, text));
        return policy;
    }

    private IEnumerable<string> Rendered(string document)
    {
        var stem = Path.Combine(output, document)[..^".json".Length];
        for (var part = 1; File.Exists(part == 1 ? $"{stem}.json" : $"{stem}-{part}.json"); part++)
        {
            var text = File.ReadAllText(part == 1 ? $"{stem}.json" : $"{stem}-{part}.json");
            if ((tamper is null ? text : tamper(document, text)) is { } there)
                yield return there;
        }
    }

    // Every locked repository of every registry, and for each what a mistake in an ARN would reach.
    private IEnumerable<(string Arn, bool IsLocked)> Resources(Principal principal)
    {
        // What strangers may do in their own account is nobody's business here.
        if (principal.Document == Principal.Stranger)
            return table.Repositories.Keys.Where(arn => arn.Split(':')[4] != principal.Arn.Split(':')[4]).Select(arn => (arn, true));
        var neighbours = table
            .Repositories.Keys.SelectMany(arn => Neighbours(arn, principal.Registry))
            .Where(arn => !table.Repositories.ContainsKey(arn));
        return table.Repositories.Keys.Select(arn => (arn, true)).Concat(neighbours.Distinct().Select(arn => (arn, false)));
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
}
