using System.Text;
using GitOpsGen.Iam;
using GitOpsGen.Iam.Access;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Iam;
using Xunit;

namespace GitOpsGen.Cli.Tests.Mirrors;

/// <summary>
/// The script of 'mirror plan' with an <c>aws</c> that records what it is asked: each call is judged against the rendered mirror-policy.json.
/// </summary>
public sealed class MirrorAccessTests : IDisposable
{
    private const string Registry = "iam/registries/123456789012-eu-west-2";
    private const string Mirror = "arn:aws:iam::123456789012:role/mirror";

    // One environment in the registry's account, one in another: its roles need repository policies.
    private const string Environments = """
        prod: { registry: { ecr: { account: "123456789012", region: eu-west-2 }, prefix: xpkg }, crossplane: { chart: { repository: "oci://123456789012.dkr.ecr.eu-west-2.amazonaws.com/charts" } } }
        guest: { cluster: { account: "210987654321" }, registry: { ecr: { account: "123456789012", region: eu-west-2 }, prefix: xpkg }, iam: { packageManager: { role: crossplane, identity: podIdentity }, nodes: { roles: [node] } } }
        """;

    private readonly MirroredProject project = new("xpkg.crossplane.io", Environments);
    private readonly TempFolder bin = new();

    public void Dispose()
    {
        project.Dispose();
        bin.Dispose();
    }

    [Fact]
    public void The_policy_allows_every_call_that_the_script_makes_of_AWS()
    {
        project.Run("render").Exits(0);
        var calls = Calls(RunScript("echo 'An error occurred (RepositoryNotFoundException) when calling' >&2; exit 254").Require());

        Assert.Equal(4, calls.Count(call => call.Verb == "describe-repositories"));
        Assert.Equal(4, calls.Count(call => call.Verb == "create-repository"));
        Assert.Equal(3, calls.Count(call => call.Verb == "set-repository-policy"));
        Assert.All(calls, call => Assert.True(Allows(PolicyText, call), $"{call} is not allowed."));
        Assert.All(
            calls.Where(call => call.Verb == "set-repository-policy"),
            call => Assert.True(File.Exists(project.Folder[call.Option("policy-text")["file://".Length..]]), $"{call}")
        );
        Assert.All(
            calls.Where(call => call.Verb == "create-repository"),
            call =>
                Assert.Equal(
                    ("IMMUTABLE_WITH_EXCLUSION", "filterType=WILDCARD,filter=sha256-*"),
                    (call.Option("image-tag-mutability"), call.Option("image-tag-mutability-exclusion-filters"))
                )
        );
    }

    [Theory]
    [InlineData("ecr:CreateRepository")]
    [InlineData("ecr:DescribeRepositories")]
    [InlineData("ecr:SetRepositoryPolicy")]
    public void A_policy_without_one_of_its_actions_would_not_do(string action)
    {
        project.Run("render").Exits(0);
        var calls = Calls(RunScript("echo RepositoryNotFoundException >&2; exit 254").Require());
        var less = PolicyText.Replace($"\"{action}\",", "", StringComparison.Ordinal);

        Assert.NotEqual(PolicyText, less);
        Assert.Contains(calls, call => !Allows(less, call));
    }

    [Fact]
    public void Other_repositories_and_accounts_are_out_of_the_policy_s_reach()
    {
        project.Run("render").Exits(0);

        Assert.False(Allows(PolicyText, Call.Of("create-repository", "123456789012", "eu-west-2", "xpkg/upbound/provider-aws-s3")));
        Assert.False(Allows(PolicyText, Call.Of("create-repository", "123456789012", "us-east-1", $"xpkg/{MirroredProject.Core}")));
        Assert.False(Allows(PolicyText, Call.Of("delete-repository", "123456789012", "eu-west-2", $"xpkg/{MirroredProject.Core}")));
        Assert.True(Allows(PolicyText, Call.Of("create-repository", "123456789012", "eu-west-2", $"xpkg/{MirroredProject.Core}")));
    }

    [Fact]
    public void Without_roles_of_other_accounts_no_policy_of_a_repository_may_be_set()
    {
        using var alone = new MirroredProject("xpkg.crossplane.io", Environments.Split('\n')[0]);
        alone.Run("render").Exits(0);

        Assert.DoesNotContain(
            "SetRepositoryPolicy",
            File.ReadAllText(alone.Folder[$"manifests/{Registry}/mirror-policy.json"]),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("repository-policy-", alone.Run("mirror", "plan").Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_look_is_not_taken_for_a_repository_that_is_not_there()
    {
        project.Run("render").Exits(0);
        var run = RunScript("echo 'An error occurred (AccessDeniedException) when calling the DescribeRepositories operation' >&2; exit 254");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("AccessDeniedException", run.Error, StringComparison.Ordinal);
        Assert.Contains("xpkg/", run.Error, StringComparison.Ordinal);
        Assert.Equal(["describe-repositories"], Calls(run).Select(call => call.Verb));
    }

    [Fact]
    public void A_repository_that_is_there_is_left_alone()
    {
        project.Run("render").Exits(0);
        Assert.All(Calls(RunScript("exit 0").Require()), call => Assert.Equal("describe-repositories", call.Verb));
    }

    [Fact]
    public void A_policy_that_cannot_be_set_is_told_with_its_repository()
    {
        project.Run("render").Exits(0);
        var run = RunScript("echo RepositoryNotFoundException >&2; exit 254", "exit 255");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"manifests/{Registry}/repository-policy-core.json", run.Error, StringComparison.Ordinal);
        Assert.Equal(["describe-repositories", "create-repository", "set-repository-policy"], Calls(run).Select(call => call.Verb));
    }

    private string PolicyText => File.ReadAllText(project.Folder[$"manifests/{Registry}/mirror-policy.json"]);

    private static bool Allows(string policy, Call call)
    {
        var (read, found) = AccessPolicyReader.Read("mirror-policy.json", Encoding.UTF8.GetBytes(policy), PolicyKind.Identity);
        Assert.Empty(found);
        return AccessEvaluator.Evaluate(new(new(PrincipalKind.Aws, Mirror), call.Action, call.Resource, new([])), [read!], reading: Reading.Narrowest)
            == AccessAnswer.Allowed;
    }

    private ScriptRun RunScript(string describe, string setPolicy = "exit 0")
    {
        Program(
            "aws",
            $$"""
            echo "$*" >> '{{bin["calls"]}}'
            case "$2" in
            describe-repositories) {{describe}} ;;
            set-repository-policy) {{setPolicy}} ;;
            esac
            """
        );
        Program("skopeo", "exit 0");
        Program("helm", "exit 0");
        File.Delete(bin["calls"]);
        File.WriteAllText(project.Folder["mirror.sh"], project.Run("mirror", "plan").Exits(0).Output);
        var run = Tool.At("/bin/sh")
            .Run(
                ["mirror.sh"],
                folder: project.Path,
                environment: new Dictionary<string, string?> { ["PATH"] = $"{bin["bin"]}:{Environment.GetEnvironmentVariable("PATH")}" }
            );
        return new(run.ExitCode, run.Error, File.Exists(bin["calls"]) ? File.ReadAllLines(bin["calls"]) : []);
    }

    private void Program(string name, string script) =>
        Tool.At("/bin/chmod").Run(["+x", bin.Write($"bin/{name}", $"#!/bin/sh\n{script}\n")]).RequireSuccess();

    private static Call[] Calls(ScriptRun run) => [.. run.Lines.Select(line => new Call(line.Split(' ')))];

    private sealed record ScriptRun(int ExitCode, string Error, string[] Lines)
    {
        public ScriptRun Require()
        {
            Assert.True(ExitCode == 0, Error);
            return this;
        }
    }

    /// <summary>The words after <c>aws</c>.</summary>
    private sealed record Call(string[] Words)
    {
        public string Verb => Words[1];

        /// <summary>An operation of the command line is the action of its name, but that words are not separated.</summary>
        public string Action => $"{Words[0]}:{string.Concat(Verb.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}";

        public string Resource =>
            $"arn:aws:ecr:{Option("region")}:{Option("registry-id")}:repository/{Option(Verb == "describe-repositories" ? "repository-names" : "repository-name")}";

        public static Call Of(string verb, string account, string region, string name) =>
            new(["ecr", verb, "--registry-id", account, "--region", region, "--repository-name", name]);

        public string Option(string name) => Words[Array.IndexOf(Words, $"--{name}") + 1];

        public override string ToString() => string.Join(' ', Words);
    }
}
