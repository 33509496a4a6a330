using GitOpsGen.Model;
using GitOpsGen.Planning;
using GitOpsGen.Review;
using GitOpsGen.Tests.Output;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What principals may do after a change and could not before.</summary>
public sealed class AccessReviewTests
{
    private const string Policy = "iam/dev/node-policy.json";
    private const string Role = "arn:aws:iam::111111111111:role";
    private const string Arn = "arn:aws:ecr:eu-west-2:111111111111:repository";

    private static readonly Plan Plan = Plans.Of(
        [Locks.Provider("a/p")],
        "dev: { registry: { ecr: { account: \"111111111111\", region: eu-west-2 } }, gitops: { engine: none }, iam: { nodes: { roles: [one, two] } } }"
    );

    [Fact]
    public void Each_role_of_a_document_gains_each_action_on_each_resource_that_is_new()
    {
        var before = Sandbox.Tree((Policy, Allow("\"ecr:BatchGetImage\"", $"\"{Arn}/a/p\"")));
        var after = Sandbox.Tree((Policy, Allow("\"ecr:BatchGetImage\"", $"\"{Arn}/a/p\", \"{Arn}/a/q\"")));

        Assert.Equal(
            [
                $"{Role}/one may ecr:BatchGetImage on {Arn}/a/q by {Policy} in dev",
                $"{Role}/two may ecr:BatchGetImage on {Arn}/a/q by {Policy} in dev",
            ],
            Beyond(after, before)
        );
        Assert.Empty(Beyond(before, after));
        Assert.Empty(Beyond(after, after));
    }

    [Fact]
    public void Where_no_document_was_all_of_it_is_gained_and_where_none_is_left_nothing_is() =>
        Assert.Equal(
            (2, 0),
            (
                Beyond(Sandbox.Tree((Policy, Allow("\"ecr:BatchGetImage\"", $"\"{Arn}/a/p\""))), Sandbox.Tree()).Length,
                Beyond(Sandbox.Tree(), Sandbox.Tree((Policy, Allow("\"ecr:BatchGetImage\"", $"\"{Arn}/a/p\"")))).Length
            )
        );

    [Fact]
    public void What_the_policy_of_repositories_allows_is_gained_by_its_principals_on_the_repositories_of_its_class()
    {
        const string Path = "iam/registries/111111111111-eu-west-2/repository-policy-runtime.json";
        const string Statement =
            "{ \"Effect\": \"Allow\", \"Principal\": { \"AWS\": \"arn:aws:iam::222222222222:root\" }, \"Action\": \"ecr:BatchGetImage\" }";

        Assert.Equal(
            [$"arn:aws:iam::222222222222:root may ecr:BatchGetImage on runtime repositories in 111111111111-eu-west-2 by {Path} in dev"],
            Beyond(Sandbox.Tree((Path, Document(Statement))), Sandbox.Tree())
        );
    }

    [Theory]
    [InlineData("iam/dev/own.json", null, "{}", "it is not one of GitOpsGen's own")]
    [InlineData("iam/dev/own.json", "{}", "{ }", "it is not one of GitOpsGen's own")]
    [InlineData("iam/dev/own.json", "{}", "{}", null)]
    [InlineData("iam/dev/own.json", "{}", null, "it is gone, and what it denied may be allowed now")]
    [InlineData(Policy, null, "not JSON", "it cannot be read")]
    [InlineData(Policy, "not JSON", "", "the one at base cannot be read")]
    [InlineData(Policy, "not JSON", "not JSON", null)]
    [InlineData(Policy, "not JSON", null, null)]
    [InlineData(Policy, null, "", null)]
    [InlineData("overlays/dev/own.json", null, "{}", null)]
    public void A_document_that_differs_and_cannot_be_compared_is_told_with_the_reason(string path, string? before, string? after, string? reason)
    {
        var found = AccessReview.NotEvaluated(new(Side(before), Plan), new(Side(after), Plan));

        Assert.Equal(
            reason is null ? [] : [$"{path}: {reason} in dev"],
            found.Select(one => $"{one.Document}: {one.Reason} in {string.Join(' ', one.Environments)}")
        );

        FileTree Side(string? text) =>
            text is null ? Sandbox.Tree() : Sandbox.Tree((path, text.Length == 0 ? Allow("\"ecr:BatchGetImage\"", $"\"{Arn}/a/p\"") : text));
    }

    private static string[] Beyond(FileTree allowing, FileTree other) =>
        [
            .. new AccessReview()
                .Beyond(new AccessDocuments(allowing, Plan), new AccessDocuments(other, Plan))
                .Select(change =>
                    $"{change.Principal} may {change.Action} on {change.Resource} by {change.Document} in {string.Join(' ', change.Environments)}"
                ),
        ];

    private static string Allow(string actions, string resources) =>
        Document($"{{ \"Effect\": \"Allow\", \"Action\": [{actions}], \"Resource\": [{resources}] }}");

    private static string Document(string statement) => $"{{ \"Version\": \"2012-10-17\", \"Statement\": [{statement}] }}";
}
