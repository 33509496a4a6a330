using System.Text;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Cli.Tests.Mirrors;

public sealed class MirrorVerifyTests
{
    [Theory]
    [InlineData("rewrite")]
    [InlineData("direct")]
    public void A_mirror_that_has_everything_is_all_right(string install)
    {
        using var server = new LoopbackServer(MirroredProject.Registry("xpkg/").Answer);
        using var project = Project(server, install);
        var run = project.Run("mirror", "verify").Exits(0);

        Assert.Equal(
            [
                $"ok  {server.Host}/xpkg/crossplane/crossplane:v2.3.4                   packages.lock.yaml(3,14)",
                $"ok  {server.Host}/xpkg/crossplane-contrib/function-auto-ready:v0.5.1  packages.lock.yaml(13,14)",
                $"ok  {server.Host}/xpkg/upbound/provider-family-aws:v2.2.0             packages.lock.yaml(8,14)",
                "3 places in mirrors: 3 ok.",
            ],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.Empty(project.Run("mirror", "verify", "--quiet").Exits(0).Output);
    }

    [Fact]
    public void What_is_missing_moved_or_no_package_any_more_is_told_with_its_line()
    {
        var registry = new MemoryRegistry()
            .Add($"xpkg/{MirroredProject.Core}", "v2.3.4", MirroredProject.Published[2].Image)
            .Add($"xpkg/{MirroredProject.Provider}", "v2.2.0", Image.Of(Layers.Of(("package.yaml", MirroredProject.Meta("Provider", "family")))));
        using var server = new LoopbackServer(registry.Answer);
        using var project = Project(server);
        var run = project.Run("mirror", "verify").Exits(2);

        Assert.Contains("packages.lock.yaml(6,13): error GOG6312: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("packages.lock.yaml(11,13): error GOG6313: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("packages.lock.yaml(13,14): error GOG6311: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["different", "missing", "annotation lost"], States(project, 2));
        Assert.EndsWith("3 places in mirrors: 1 missing, 1 different, 1 annotation lost.\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, project.Run("mirror", "verify", "--quiet").Exits(2).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains(
            "::error file=packages.lock.yaml,line=13,",
            project.Run("mirror", "verify", "--format", "github").Exits(2).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true, "is there")]
    [InlineData(false, "is not there")]
    public void Who_pulls_by_digest_is_told_whether_the_digest_is_there_when_the_tag_is_not_right(bool isThere, string what)
    {
        var registry = new MemoryRegistry()
            .Add(MirroredProject.Core, "v2.3.4", MirroredProject.Published[0].Image)
            .Add(MirroredProject.Function, "v0.5.1", Image.Package(MirroredProject.Meta("Function", "other")));
        if (isThere)
        {
            registry
                .Add(MirroredProject.Function, "before", MirroredProject.Published[2].Image)
                .Add(MirroredProject.Provider, "before", MirroredProject.Published[1].Image);
        }

        using var server = new LoopbackServer(registry.Answer);
        using var project = new MirroredProject(
            "xpkg.crossplane.io",
            $"pinned: {{ registry: {{ host: '{server.Host}' }}, pin: digest }}\ntagged: {{ registry: {{ host: '{server.Host}' }} }}"
        );

        var errors = project.Run("mirror", "verify").Exits(2).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["ok", "different", "missing"], States(project, 2));
        Assert.Collection(
            errors,
            error => Assert.Contains($"error GOG6311: {server.Host}/{MirroredProject.Provider}:v2.2.0 ", error, StringComparison.Ordinal),
            error => Assert.Contains($"error GOG6312: {server.Host}/{MirroredProject.Function}:v0.5.1 ", error, StringComparison.Ordinal)
        );
        Assert.All(
            errors,
            error => Assert.Contains($"; tagged pulls it, and pinned pulls the locked digest, which {what}.", error, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Where_nobody_pulls_by_digest_only_tags_are_asked_for()
    {
        var registry = MirroredProject.Registry().Add(MirroredProject.Function, "v0.5.1", Image.Package(MirroredProject.Meta("Function", "other")));
        using var server = new LoopbackServer(registry.Answer);
        using var project = new MirroredProject("xpkg.crossplane.io", $"tagged: {{ registry: {{ host: '{server.Host}' }} }}");

        Assert.EndsWith(
            "; tagged pulls it.",
            project.Run("mirror", "verify").Exits(2).Error.Split(" Find out who moved the tag")[0],
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(server.Requests, request => request.Path.EndsWith(MirroredProject.Published[2].Image.Digest, StringComparison.Ordinal));
    }

    [Fact]
    public void A_signature_that_did_not_come_along_is_missing()
    {
        var registry = MirroredProject.Registry("xpkg/");
        using var server = new LoopbackServer(registry.Answer);
        using var project = Project(server);
        var seal = Image.Of(Layers.Of(("seal", "of a publisher")));
        var tag = project.Attach(MirroredProject.Provider, $"{{ kind: attestation, digest: '{seal.Digest}' }}");

        Assert.Equal(["ok", "ok", "attachment missing"], States(project, 2));
        Assert.Contains("packages.lock.yaml(8,14): error GOG6315: ", project.Run("mirror", "verify").Exits(2).Error, StringComparison.Ordinal);
        var place = project.Run("mirror", "verify", "--format", "json").Exits(2).Json.GetProperty("mirror verify").GetProperty("places")[2];
        Assert.Equal([tag, seal.Digest], place.GetProperty("missing").EnumerateArray().Select(missing => missing.GetString()));

        registry.Add($"xpkg/{MirroredProject.Provider}", tag, seal);
        Assert.Equal(["ok", "ok", "ok"], States(project, 0));

        server.Answer = request => request.Path.EndsWith(".sig", StringComparison.Ordinal) ? new(403, []) : registry.Answer(request);
        Assert.Equal(["ok", "ok", "unknown"], States(project, 3));
    }

    [Fact]
    public void Who_does_not_verify_signatures_may_do_without_them()
    {
        using var server = new LoopbackServer(MirroredProject.Registry("xpkg/").Answer);
        using var project = Project(server);
        project.Attach(MirroredProject.Provider);

        project.Folder.Edit(WorkFolder.Settings, "settingsVersion: 1", "settingsVersion: 1\nrules: { GOG6315: warning }");
        Assert.Contains("warning GOG6315: ", project.Run("mirror", "verify").Exits(0).Error, StringComparison.Ordinal);
        project.Folder.Edit(WorkFolder.Settings, "GOG6315: warning", "GOG6315: \"off\"");
        Assert.Empty(project.Run("mirror", "verify").Exits(0).Error);
    }

    [Fact]
    public void An_index_without_its_image_is_not_there()
    {
        var index = MirroredProject.Published[1].Image;
        var registry = new MemoryRegistry()
            .Add($"xpkg/{MirroredProject.Core}", "v2.3.4", MirroredProject.Published[0].Image)
            .Add($"xpkg/{MirroredProject.Provider}", "v2.2.0", index with { Manifests = [] })
            .Add($"xpkg/{MirroredProject.Function}", "v0.5.1", MirroredProject.Published[2].Image);
        using var server = new LoopbackServer(registry.Answer);
        using var project = Project(server);

        Assert.Equal(["ok", "ok", "missing"], States(project, 2));
    }

    [Fact]
    public void A_package_that_was_published_bare_is_a_warning_and_no_difference()
    {
        var bare = Image.Of(Layers.Of(("package.yaml", MirroredProject.Meta("Function", "auto-ready"))));
        using var server = new LoopbackServer(MirroredProject.Registry("xpkg/").Add($"xpkg/{MirroredProject.Function}", "v0.5.1", bare).Answer);
        using var project = Project(server);
        project.Folder.Edit(WorkFolder.Lockfile, MirroredProject.Published[2].Image.Digest, bare.Digest);

        Assert.Contains("packages.lock.yaml(13,14): warning GOG6314: ", project.Run("mirror", "verify").Exits(0).Error, StringComparison.Ordinal);
        project.Folder.Edit(WorkFolder.Settings, "settingsVersion: 1", "settingsVersion: 1\nrules: { GOG6314: error }");
        project.Run("mirror", "verify").Exits(1);
    }

    [Fact]
    public void A_registry_that_refuses_leaves_the_rest_known_and_ends_with_3()
    {
        var registry = new MemoryRegistry().Add($"xpkg/{MirroredProject.Core}", "v2.3.4", MirroredProject.Published[0].Image);
        using var server = new LoopbackServer(request =>
            request.Path.Contains(MirroredProject.Provider, StringComparison.Ordinal) ? new(403, []) : registry.Answer(request)
        );
        using var project = Project(server);

        Assert.Equal(["ok", "missing", "unknown"], States(project, 3));
        Assert.Contains("packages.lock.yaml(8,14): error GOG6002: ", project.Run("mirror", "verify").Exits(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_that_is_down_is_asked_and_told_of_once()
    {
        using var server = new LoopbackServer(_ => new Response(503, []).With("Retry-After", "3600"));
        using var project = Project(server);
        var run = project.Run("mirror", "verify").Exits(3);

        Assert.Single(server.Requests);
        Assert.Single(run.Error.Split('\n'), line => line.Contains("error GOG6003", StringComparison.Ordinal));
        Assert.EndsWith("3 places in mirrors: 3 unknown.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Environments_of_one_registry_are_asked_about_once()
    {
        using var server = new LoopbackServer(MirroredProject.Registry().Answer);
        using var project = new MirroredProject(
            "xpkg.crossplane.io",
            $"a: {{ registry: {{ host: '{server.Host}' }} }}\nb: {{ install: direct, registry: {{ host: '{server.Host}' }} }}"
        );

        Assert.Equal(["ok", "ok", "ok"], States(project, 0));
        Assert.Equal(3, server.Requests.Count(request => request.Method == "HEAD"));
    }

    [Fact]
    public void A_mirrored_chart_has_to_be_there_too()
    {
        var registry = MirroredProject.Registry();
        using var server = new LoopbackServer(request => registry.Answer(request));
        using var project = new MirroredProject(
            "xpkg.crossplane.io",
            $"a: {{ registry: {{ host: '{server.Host}' }}, crossplane: {{ chart: {{ repository: 'oci://{server.Host}/charts' }} }} }}"
        );

        Assert.Equal(["ok", "ok", "ok", "missing"], States(project, 2));
        registry.Add("charts/crossplane", "2.3.4", Image.Of(Layers.Of(("Chart.yaml", "name: crossplane"))));
        Assert.Equal(["ok", "ok", "ok", "ok"], States(project, 0));
    }

    [Fact]
    public void Errors_in_what_the_user_gave_come_before_any_request()
    {
        using var server = new LoopbackServer(_ => new(503, []));
        using var project = Project(server);
        project.Folder.Edit(WorkFolder.Settings, "registries: {}", "registries: { harbor.example.com: { caFile: absent.pem } }");

        Assert.Contains(".config/gitopsgen.yaml(2,45): error GOG1001: ", project.Run("mirror", "verify").Exits(1).Error, StringComparison.Ordinal);
        project.Folder.Edit(WorkFolder.Lockfile, "v2.3.4", "latest");
        Assert.Contains("GOG1014", project.Run("mirror", "verify").Exits(1).Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    /// <summary>In a process of its own, for its environment is what the test is about.</summary>
    [Fact]
    public void The_machines_credential_opens_a_mirror_and_is_never_printed()
    {
        const string Secret = "hunter2-SECRET";
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{Secret}"));
        var registry = MirroredProject.Registry("xpkg/");
        using var server = new LoopbackServer(request =>
            request["Authorization"] == $"Basic {encoded}"
                ? registry.Answer(request)
                : new Response(401, []).With("WWW-Authenticate", "Basic realm=\"x\"")
        );
        using var project = Project(server);
        project.Folder.Write("docker/config.json", $$"""{ "auths": { "{{server.Host}}": { "auth": "{{encoded}}" } } }""");
        var command = Gitopsgen.Built.ShellWords("mirror", "verify", "--verbose");

        var run = Gitopsgen.Shell(project.Path, $"DOCKER_CONFIG=docker {command}").Exits(0);
        Assert.EndsWith("3 places in mirrors: 3 ok.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($": HEAD http://{server.Host}/v2/xpkg/{MirroredProject.Core}/manifests/v2.3.4: 401\n", run.Error, StringComparison.Ordinal);
        var nobody = Gitopsgen.Shell(project.Path, $"DOCKER_CONFIG=absent HOME=absent {command}").Exits(3);
        Assert.Contains("error GOG6002: ", nobody.Error, StringComparison.Ordinal);
        Assert.All([run, nobody], each => Assert.DoesNotContain(Secret, each.Output + each.Error, StringComparison.Ordinal));
        Assert.All([run, nobody], each => Assert.DoesNotContain(encoded, each.Output + each.Error, StringComparison.Ordinal));
    }

    /// <summary>In a process of its own, for its environment is what the test is about.</summary>
    [Fact]
    public void The_machines_proxy_is_asked_for_other_hosts_and_its_password_is_not_printed()
    {
        const string Secret = "hunter2-SECRET";
        using var proxy = new LoopbackServer(_ => new(403, []));
        using var project = new MirroredProject("xpkg.crossplane.io", "prod: { registry: { host: harbor.example.com } }");
        var command = Gitopsgen.Built.ShellWords("mirror", "verify", "--verbose");

        var run = Gitopsgen.Shell(project.Path, $"HTTPS_PROXY=http://me:{Secret}@{proxy.Host} NO_PROXY= {command}").Exits(3);
        Assert.All(proxy.Requests, request => Assert.Equal(("CONNECT", "harbor.example.com:443"), (request.Method, request.Target)));
        Assert.NotEmpty(proxy.Requests);
        Assert.Contains("the proxy makes no connection to harbor.example.com", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);
    }

    private static MirroredProject Project(LoopbackServer server, string install = "rewrite") =>
        new("xpkg.crossplane.io", $"prod: {{ install: {install}, registry: {{ host: '{server.Host}', prefix: xpkg }} }}");

    private static IEnumerable<string?> States(MirroredProject project, int exitCode) =>
        project
            .Run("mirror", "verify", "--format", "json")
            .Exits(exitCode)
            .Json.GetProperty("mirror verify")
            .GetProperty("places")
            .EnumerateArray()
            .Select(place => place.GetProperty("state").GetString());
}
