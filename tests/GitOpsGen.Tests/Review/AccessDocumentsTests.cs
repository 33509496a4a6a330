using GitOpsGen.Model;
using GitOpsGen.Planning;
using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>Whom a document below <c>iam/</c> is for.</summary>
public sealed class AccessDocumentsTests
{
    private const string Ecr = "registry: { ecr: { account: \"111111111111\", region: eu-west-2 } }, gitops: { engine: none }";
    private const string Role = "arn:aws:iam::111111111111:role";

    private static readonly Plan Named = Plans.Of(
        [Locks.Provider("a/p")],
        $"dev: {{ {Ecr}, iam: {{ packageManager: {{ role: puller, identity: podIdentity }}, nodes: {{ roles: [one, two] }} }} }}",
        $"prod: {{ {Ecr} }}"
    );

    private static readonly Plan Other = Plans.Of([Locks.Provider("a/p")], $"gone: {{ {Ecr} }}");

    private static readonly AccessDocuments Documents = new(new([]), Named, Other);

    private static readonly string[] Paths =
    [
        "iam/access.json",
        "iam/dev/node-policy.json",
        "iam/dev/node-policy.md",
        "iam/dev/own.json",
        "overlays/dev/packages/extras/node-policy.json",
    ];

    [Theory]
    [InlineData("iam/dev/package-manager-policy.json", "Identity", $"{Role}/puller may")]
    [InlineData("iam/dev/package-manager-trust-policy.json", "Trust", $"on {Role}/puller")]
    [InlineData("iam/dev/node-policy.json", "Identity", $"{Role}/one may; {Role}/two may")]
    [InlineData("iam/dev/chart-policy.json", "Identity", "whoever pulls the chart of dev may")]
    [InlineData("iam/prod/package-manager-policy.json", "Identity", "package manager of prod may")]
    [InlineData("iam/prod/package-manager-trust-policy.json", "Trust", "on package manager of prod")]
    [InlineData("iam/prod/node-policy.json", "Identity", "nodes of prod may")]
    [InlineData("iam/registries/111111111111-eu-west-2/mirror-policy.json", "Identity", "whoever copies in 111111111111-eu-west-2 may")]
    [InlineData(
        "iam/registries/111111111111-eu-west-2/repository-policy-runtime.json",
        "Repository",
        "on runtime repositories in 111111111111-eu-west-2"
    )]
    public void A_document_is_about_whom_the_plan_makes_it_for(string path, string kind, string about)
    {
        var attachments = Documents.AttachmentsOf(RelativePath.Parse(path)).ToArray();

        Assert.Equal(about, string.Join("; ", attachments.Select(one => one.Principal is { } who ? $"{who} may" : $"on {one.Resource}")));
        Assert.All(attachments, one => Assert.Equal(kind, one.Kind.ToString()));
    }

    [Theory]
    [InlineData("iam/dev/own.json")]
    [InlineData("iam/registries/222222222222-eu-west-2/mirror-policy.json")]
    [InlineData("iam/elsewhere/node-policy.json")]
    public void A_document_that_no_plan_knows_is_for_nobody(string path)
    {
        Assert.False(Documents.Knows(RelativePath.Parse(path)));
        Assert.Empty(Documents.AttachmentsOf(RelativePath.Parse(path)));
    }

    [Theory]
    [InlineData("iam/gone/node-policy.json", "gone")]
    [InlineData("iam/dev/node-policy.json", "dev")]
    [InlineData("iam/dev/own.json", "dev")]
    [InlineData("iam/registries/111111111111-eu-west-2/mirror-policy.json", "dev prod")]
    [InlineData("iam/registries/222222222222-eu-west-2/mirror-policy.json", "")]
    [InlineData("iam/elsewhere/node-policy.json", "")]
    public void Environments_of_a_document_are_those_of_either_side(string path, string environments) =>
        Assert.Equal(environments, string.Join(' ', Documents.EnvironmentsOf(RelativePath.Parse(path))));

    [Fact]
    public void What_only_the_other_side_plans_is_not_the_users_own()
    {
        var path = RelativePath.Parse("iam/gone/node-policy.json");

        Assert.True(Documents.Knows(path));
        Assert.Equal("nodes of gone", Assert.Single(Documents.AttachmentsOf(path)).Principal);
        Assert.False(new AccessDocuments(new([]), Named).Knows(path));
    }

    [Theory]
    [InlineData("packageManager: { role: puller, identity: podIdentity }", "one two")] // it names no node role itself
    [InlineData("nodes: { roles: [own] }", "own")]
    public void A_role_is_the_one_that_this_side_names_or_else_the_other_side(string iam, string roles)
    {
        var first = Plans.Of([Locks.Provider("a/p")], $"dev: {{ {Ecr}, iam: {{ {iam} }} }}");
        var path = RelativePath.Parse("iam/dev/node-policy.json");

        Assert.Equal(
            roles.Split(' ').Select(role => $"{Role}/{role}"),
            new AccessDocuments(new([]), first, Named).AttachmentsOf(path).Select(one => one.Principal)
        );
    }

    [Fact]
    public void Access_is_read_from_the_documents_below_iam_alone_each_for_all_whom_it_is_for()
    {
        FileTree tree = new(Paths.Select(path => new OutputFile(RelativePath.Parse(path), "{}"u8.ToArray())));

        Assert.Equal(
            [$"{Role}/one: iam/dev/node-policy.json", $"{Role}/two: iam/dev/node-policy.json"],
            new AccessDocuments(tree, Named).ByAttachment.Select(one => $"{one.Key.Principal}: {Assert.Single(one.Value).Path}").Order()
        );
        Assert.Equal(["iam/dev/node-policy.json", "iam/dev/own.json"], tree.Files.Where(AccessDocuments.IsDocument).Select(file => file.Path.Value));
    }
}
