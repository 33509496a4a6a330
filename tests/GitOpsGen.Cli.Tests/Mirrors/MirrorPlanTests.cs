using System.Text.Json;
using GitOpsGen.Diagnostics;
using Xunit;

namespace GitOpsGen.Cli.Tests.Mirrors;

public sealed class MirrorPlanTests
{
    private const string Upstream = "xpkg.crossplane.io";

    private const string Environments = """
        prod: { registry: { ecr: { account: "123456789012", region: eu-west-2 }, prefix: xpkg }, crossplane: { chart: { repository: "oci://123456789012.dkr.ecr.eu-west-2.amazonaws.com/charts" } } }
        prod-fips: { install: direct, registry: { host: 123456789012.dkr.ecr-fips.eu-west-2.amazonaws.com, prefix: xpkg } }
        dev: { registry: { host: harbor.example.com } }
        home: { registry: { host: xpkg.crossplane.io } }
        """;

    [Fact]
    public void Each_image_is_copied_once_to_each_registry_and_own_ones_nowhere()
    {
        using var project = new MirroredProject(Upstream, Environments);
        var images = Plan(project).GetProperty("images").EnumerateArray().ToArray();

        Assert.Equal(6, images.Length);
        Assert.Equal(
            ["harbor.example.com/crossplane/crossplane:v2.3.4", "123456789012.dkr.ecr.eu-west-2.amazonaws.com/xpkg/crossplane/crossplane:v2.3.4"],
            images
                .Where(image => image.GetProperty("package").GetString() == $"{Upstream}/{MirroredProject.Core}")
                .Select(image => image.GetProperty("target").GetString())
        );
        Assert.Equal(["dev", "prod prod-fips"], images.Select(Names).Distinct());
        var first = images[0];
        Assert.Equal($"{Upstream}/{MirroredProject.Core}@{MirroredProject.Published[0].Image.Digest}", first.GetProperty("source").GetString());
        Assert.Equal(
            ("packages.lock.yaml", 3, 14),
            (first.GetProperty("file").GetString(), first.GetProperty("line").GetInt32(), first.GetProperty("column").GetInt32())
        );
    }

    [Fact]
    public void Only_what_the_chosen_environments_need_is_planned()
    {
        using var project = new MirroredProject(Upstream, Environments);
        var plan = Plan(project, "--env", "prod-*");

        Assert.All(
            plan.GetProperty("images").EnumerateArray(),
            image => Assert.StartsWith("123456789012.dkr.ecr-fips.", image.GetProperty("target").GetString(), StringComparison.Ordinal)
        );
        Assert.Equal(
            ["xpkg/crossplane-contrib/function-auto-ready", "xpkg/crossplane/crossplane", "xpkg/upbound/provider-family-aws"],
            plan.GetProperty("ecrRepositories")
                .EnumerateArray()
                .Select(repository => repository.GetProperty("name").GetString())
                .Order(StringComparer.Ordinal)
        );
        Assert.Empty(plan.GetProperty("charts").EnumerateArray());
        Assert.Contains("GOG1106", project.Run("mirror", "plan", "--env", "none").Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chart_and_the_repositories_of_ECR_are_planned_where_they_are_wanted()
    {
        using var project = new MirroredProject(Upstream, Environments);
        var plan = Plan(project);

        var chart = Assert.Single(plan.GetProperty("charts").EnumerateArray());
        Assert.Equal(
            ("https://charts.crossplane.io/stable", "oci://123456789012.dkr.ecr.eu-west-2.amazonaws.com/charts", "prod"),
            (chart.GetProperty("source").GetString(), chart.GetProperty("target").GetString(), Names(chart))
        );
        var repositories = plan.GetProperty("ecrRepositories").EnumerateArray().ToArray();
        Assert.Equal(4, repositories.Length);
        Assert.All(
            repositories,
            repository =>
                Assert.Equal(
                    ("123456789012", "eu-west-2"),
                    (repository.GetProperty("account").GetString(), repository.GetProperty("region").GetString())
                )
        );
        Assert.Contains(repositories, repository => repository.GetProperty("name").GetString() == "charts/crossplane");
    }

    [Fact]
    public void The_script_names_entry_and_environments_and_creates_repositories_with_immutable_tags()
    {
        using var project = new MirroredProject(Upstream, Environments);
        var script = project.Run("mirror", "plan", "--env", "prod", "--skopeo-flag=--dest-creds=me:it's").Exits(0).Output;

        var digest = MirroredProject.Published[1].Image.Digest;
        var target = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/xpkg/upbound/provider-family-aws:v2.2.0";
        Assert.StartsWith("#!/bin/sh\n", script, StringComparison.Ordinal);
        Assert.Contains(
            $"""

            # xpkg.crossplane.io/upbound/provider-family-aws v2.2.0, packages.lock.yaml line 8, for prod
            holds {target} {digest} ||
              skopeo copy --all --preserve-digests '--dest-creds=me:it'\''s' docker://xpkg.crossplane.io/upbound/provider-family-aws@{digest} docker://{target}

            """,
            script,
            StringComparison.Ordinal
        );
        Assert.Contains("\nrepository 123456789012 eu-west-2 charts/crossplane\n", script, StringComparison.Ordinal);
        Assert.Contains(
            "  helm pull crossplane --repo https://charts.crossplane.io/stable --version 2.3.4 --destination \"$charts\"\n",
            script,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "  helm push \"$charts\"/crossplane-2.3.4.tgz oci://123456789012.dkr.ecr.eu-west-2.amazonaws.com/charts\n",
            script,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nothing_is_planned_while_a_digest_is_missing_or_two_contradict_each_other()
    {
        using var project = new MirroredProject(Upstream, Environments);
        var (digest, other) = (MirroredProject.Published[1].Image.Digest, MirroredProject.Published[2].Image.Digest);
        project.Folder.Edit(WorkFolder.Lockfile, $"    locked: v0.5.1@{other}\n", "");
        project.Folder.Edit(WorkFolder.Lockfile, $"    locked: v2.2.0@{digest}\n", $"    locked: v2.2.0@{digest}\n    environments: [prod]\n");
        File.AppendAllText(
            project.Folder[WorkFolder.Lockfile],
            $"""
              - package: {Upstream}/{MirroredProject.Provider}
                kind: Provider
                version: v2.2.0
                locked: v2.2.0@{other}
                environments: [prod-fips]
                dependsOn: []

            """
        );
        var run = project.Run("mirror", "plan").Exits(1);

        Assert.Empty(run.Output);
        Assert.Contains("packages.lock.yaml(14,14): error GOG6301: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("packages.lock.yaml(21,13): error GOG6302: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, project.Run("mirror", "plan", "--format", "json").Exits(1).Json.GetProperty("exitCode").GetInt32());
        Assert.DoesNotContain("GOG630", project.Run("mirror", "plan", "--env", "home").Exits(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_without_copies_says_so()
    {
        using var project = new MirroredProject(Upstream, "home: { registry: { host: xpkg.crossplane.io } }");
        var plan = project.Run("mirror", "plan").Exits(0).Output;
        Assert.EndsWith("\n# Nothing has to be copied.\n", plan, StringComparison.Ordinal);

        // No rights are asked for where nothing is pulled.
        Assert.Equal(plan, project.Run("mirror", "plan", "--from", "home").Exits(0).Output);
    }

    [Fact]
    public void What_lies_beside_an_image_is_copied_after_it()
    {
        using var project = new MirroredProject(Upstream, "dev: { registry: { host: harbor.example.com } }");
        var (digest, referrer) = (MirroredProject.Published[1].Image.Digest, MirroredProject.Published[2].Image.Digest);
        var tag = project.Attach(MirroredProject.Provider, $"{{ kind: attestation, digest: '{referrer}' }}");
        var script = project.Run("mirror", "plan", "--skopeo-flag=--quiet").Exits(0).Output;

        Assert.Contains(
            $$"""
            docker://harbor.example.com/upbound/provider-family-aws:v2.2.0
            there harbor.example.com/upbound/provider-family-aws:{{tag}} || # signature
              skopeo copy --all --preserve-digests --quiet docker://{{Upstream}}/upbound/provider-family-aws:{{tag}} docker://harbor.example.com/upbound/provider-family-aws:{{tag}}
            { there harbor.example.com/upbound/provider-family-aws@{{referrer}}; } || # attestation
              referrers {{Upstream}}/upbound/provider-family-aws@{{digest}} harbor.example.com/upbound/provider-family-aws@{{digest}}

            """,
            script,
            StringComparison.Ordinal
        );
        Assert.Contains("  oras cp -r \"$1\" \"$2\"\n", script, StringComparison.Ordinal);
        var attached = Plan(project).GetProperty("images").EnumerateArray().SelectMany(image => image.GetProperty("attached").EnumerateArray());
        Assert.Equal(
            [
                $"signature harbor.example.com/upbound/provider-family-aws:{tag}",
                $"attestation harbor.example.com/upbound/provider-family-aws@{referrer}",
            ],
            attached.Select(one => $"{one.GetProperty("kind").GetString()} {one.GetProperty("target").GetString()}")
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Referrers_need_oras_and_the_script_says_so_where_it_is_not_there(bool isInstalled)
    {
        using var project = new MirroredProject(Upstream, "dev: { registry: { host: harbor.example.com } }");
        project.Attach(MirroredProject.Provider, $"{{ kind: attestation, digest: '{MirroredProject.Published[2].Image.Digest}' }}");
        project.Folder.Write("mirror.sh", project.Run("mirror", "plan").Exits(0).Output);
        project.Folder.Write("bin/skopeo", "#!/bin/sh\n[ \"$1\" = copy ]\n");
        if (isInstalled)
            project.Folder.Write("bin/oras", "#!/bin/sh\necho \"oras $*\"\n");

        var run = Gitopsgen.Shell(project.Path, "chmod +x bin/*; PATH=$PWD/bin /bin/sh mirror.sh");

        var provider = $"{MirroredProject.Provider}@{MirroredProject.Published[1].Image.Digest}";
        Assert.Equal(isInstalled ? 0 : 1, run.ExitCode);
        Assert.Equal(isInstalled ? $"oras cp -r {Upstream}/{provider} harbor.example.com/{provider}\n" : "", run.Output);
        Assert.Equal(!isInstalled, run.Error.Contains("https://oras.land/docs/installation", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_environment_s_registry_is_a_source_too_and_the_script_says_what_that_takes()
    {
        using var project = new MirroredProject(Upstream, Environments);
        var run = project.Run("mirror", "plan", "--env", "dev", "--from", "prod").Exits(0);

        const string Held = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/xpkg/upbound/provider-family-aws";
        var digest = MirroredProject.Published[1].Image.Digest;
        Assert.Contains(
            $" docker://{Held}@{digest} docker://harbor.example.com/upbound/provider-family-aws:v2.2.0\n",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain($"docker://{Upstream}", run.Output, StringComparison.Ordinal);
        var header = run.Output[..run.Output.IndexOf("set -eu", StringComparison.Ordinal)];
        Assert.Contains("# ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer;", header, StringComparison.Ordinal);
        Assert.Contains("#   arn:aws:ecr:eu-west-2:123456789012:repository/xpkg/upbound/provider-family-aws\n", header, StringComparison.Ordinal);

        // What is in the same registry has it already, and so has the environment itself.
        var all = Plan(project, "--from", "prod").GetProperty("images").EnumerateArray().Select(Names).Distinct();
        Assert.Equal(["dev"], all);
        Assert.Contains(
            "# a login at harbor.example.com that may pull\n",
            project.Run("mirror", "plan", "--env", "prod", "--from", "dev").Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_environment_that_is_not_there_or_lacks_an_image_is_named()
    {
        using var project = new MirroredProject(Upstream, Environments);
        Assert.Contains("GOG1106: --from 'prd'", project.Run("mirror", "plan", "--from", "prd").Exits(1).Error, StringComparison.Ordinal);

        project.Folder.Edit(WorkFolder.Lockfile, "    version: v0.5.1\n", "    version: v0.5.1\n    environments: [dev]\n");
        var run = project.Run("mirror", "plan", "--env", "dev", "--from", "prod").Exits(1);
        Assert.Contains("packages.lock.yaml(13,14): error GOG6303: The environment prod does not have ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_chart_server_that_takes_no_push_is_said_to()
    {
        using var project = new MirroredProject(
            Upstream,
            "dev: { registry: { host: harbor.example.com }, crossplane: { chart: { repository: https://charts.example.com } } }"
        );
        var script = project.Run("mirror", "plan").Exits(0).Output;

        Assert.Contains("\n# https://charts.example.com takes no 'helm push'", script, StringComparison.Ordinal);
        Assert.DoesNotContain("\n  helm ", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a-b_c.d/e:f@g%h+i=j,0", "a-b_c.d/e:f@g%h+i=j,0")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("$(id)", "'$(id)'")]
    [InlineData("it's", @"'it'\''s'")]
    public void A_value_is_one_word_of_the_shell(string value, string word)
    {
        Assert.Equal(word, ShellWord.Of(value));
        Assert.Equal(value, Gitopsgen.Shell(Path.GetTempPath(), $"printf %s {word}").Output);
    }

    [Fact]
    public void Help_has_examples_and_wrong_usage_names_the_whole_command()
    {
        using var folder = new WorkFolder();

        Assert.Contains(
            "Examples:\n  gitopsgen mirror plan",
            InProcess.Run(folder.Path, "mirror", "--help").Exits(0).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Run 'gitopsgen mirror plan --help'",
            InProcess.Run(folder.Path, "mirror", "plan", "--wrong").Exits(64).Error,
            StringComparison.Ordinal
        );
    }

    private static JsonElement Plan(MirroredProject project, params string[] arguments) =>
        project.Run(["mirror", "plan", "--format", "json", .. arguments]).Exits(0).Json.GetProperty("mirror plan");

    private static string Names(JsonElement copy) =>
        string.Join(' ', copy.GetProperty("environments").EnumerateArray().Select(name => name.GetString()));
}
