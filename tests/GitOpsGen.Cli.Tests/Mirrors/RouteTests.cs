using System.Text.Json;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Cli.Tests.Mirrors;

/// <summary>Commands that speak of places follow the route of each package (<c>upstreams</c>), and no other command minds.</summary>
public sealed class RouteTests : IDisposable
{
    private const string Upstream = "xpkg.crossplane.io";
    private const string Contrib = "environments.prod.upstreams.xpkg.crossplane.io/crossplane-contrib";
    private const string Proxied = "proxy/function-auto-ready";

    private readonly LoopbackServer mirror = new(
        new MemoryRegistry().Add($"xpkg/{MirroredProject.Core}", "v2.3.4", MirroredProject.Published[0].Image).Answer
    );
    private readonly MemoryRegistry elsewhere = new();
    private readonly LoopbackServer other;
    private readonly MirroredProject project;

    public RouteTests()
    {
        other = new(request => elsewhere.Answer(request));
        project = new(
            Upstream,
            $$"""
            prod:
              registry: { host: '{{mirror.Host}}', prefix: xpkg }
              upstreams:
                {{Upstream}}/upbound: { from: upstream, pullSecret: upbound }
                {{Upstream}}/crossplane-contrib: { host: '{{other.Host}}', path: proxy }
            cached:
              registry: { host: '{{mirror.Host}}', prefix: xpkg }
              upstreams: { {{Upstream}}: { host: '{{other.Host}}', pullThrough: true } }
            ecr:
              upstreams: { {{Upstream}}/upbound: { ecr: { account: "123456789012", region: eu-west-2 }, prefix: up } }
            plain: { registry: { host: harbor.example.com } }
            """
        );
    }

    public void Dispose()
    {
        project.Dispose();
        mirror.Dispose();
        other.Dispose();
    }

    [Fact]
    public void Mirror_plan_copies_to_where_the_route_leads_and_neither_what_stays_nor_what_a_cache_fetches()
    {
        Assert.Equal([$"{mirror.Host}/xpkg/{MirroredProject.Core}:v2.3.4", $"{other.Host}/{Proxied}:v0.5.1"], Copies("target", "--env", "prod"));
        Assert.Empty(Copies("target", "--env", "cached"));

        Assert.Equal([$"123456789012.dkr.ecr.eu-west-2.amazonaws.com/up/{MirroredProject.Provider}:v2.2.0"], Copies("target", "--env", "ecr"));
        var repository = Assert.Single(Plan("--env", "ecr").GetProperty("ecrRepositories").EnumerateArray());
        Assert.Equal($"up/{MirroredProject.Provider}", repository.GetProperty("name").GetString());
    }

    [Fact]
    public void Mirror_plan_takes_each_image_from_where_the_route_of_the_other_environment_leads() =>
        Assert.Equal(
            [$"{mirror.Host}/xpkg/{MirroredProject.Core}", $"{other.Host}/{Proxied}", $"{Upstream}/{MirroredProject.Provider}"],
            Copies("source", "--env", "plain", "--from", "prod").Select(source => source!.Split('@')[0])
        );

    [Fact]
    public void Mirror_verify_asks_where_the_route_leads_and_nobody_about_the_rest()
    {
        Assert.Equal([("ok", mirror.Host), ("missing", other.Host)], States(2));
        elsewhere.Add(Proxied, "v0.5.1", MirroredProject.Published[2].Image);
        Assert.Equal([("ok", mirror.Host), ("ok", other.Host)], States(0));

        Assert.All(mirror.Requests, request => Assert.Contains(MirroredProject.Core, request.Path, StringComparison.Ordinal));
        Assert.All(other.Requests, request => Assert.Contains(Proxied, request.Path, StringComparison.Ordinal));
        Assert.Equal("Nothing is locked that would have to be in a mirror.\n", project.Run("mirror", "verify", "--env", "cached").Exits(0).Output);
    }

    [Fact]
    public void Status_is_about_versions_and_not_about_places()
    {
        var status = project.Run("status", "--format", "json").Exits(0).Json.GetProperty("status");

        Assert.Equal(3, status.GetProperty("packages").GetArrayLength());
        Assert.All(
            status.GetProperty("packages").EnumerateArray(),
            package => Assert.Equal(4, package.GetProperty("versions").EnumerateObject().Count())
        );
        Assert.Matches("^package +all 4", project.Run("status").Exits(0).Output);
    }

    /// <summary>A route, also where it says that a package stays where it is; or else the registry.</summary>
    [Theory]
    [InlineData("prod/packages/prerequisites/imageconfig-mirror-xpkg-crossplane-io-crossplane-contrib", "    prefix: ", Contrib)]
    [InlineData(
        "plain/packages/prerequisites/imageconfig-mirror-xpkg-crossplane-io-crossplane-contrib",
        "    prefix: ",
        "environments.plain.registry"
    )]
    [InlineData("prod/packages/wave-0/crossplane-contrib-function-auto-ready", "  package: ", Contrib, "direct")]
    [InlineData("prod/packages/wave-0/upbound-provider-family-aws", "  package: ", "upstreams.xpkg.crossplane.io/upbound", "direct")]
    [InlineData("cached/crossplane/values", "  repository: ", "environments.cached.upstreams.xpkg.crossplane.io")]
    public void Explain_names_what_decides_the_place(string file, string line, string key, string install = "rewrite")
    {
        project.Folder.Edit(WorkFolder.Settings, "environments:\n", $"defaults: {{ install: {install} }}\nenvironments:\n");

        var lines = project
            .Run("explain", $"manifests/overlays/{file}.yaml", "--format", "json")
            .Exits(0)
            .Json.GetProperty("explain")
            .GetProperty("lines");
        var origins = lines
            .EnumerateArray()
            .Single(one => one.GetProperty("text").GetString()!.StartsWith(line, StringComparison.Ordinal))
            .GetProperty("printed")
            .EnumerateArray()
            .SelectMany(printed => printed.GetProperty("origins").EnumerateArray())
            .Select(origin => origin.GetProperty("key").GetString());

        Assert.Contains(origins, found => found!.Contains(key, StringComparison.Ordinal));
    }

    private JsonElement Plan(params string[] arguments) =>
        project.Run(["mirror", "plan", .. arguments, "--format", "json"]).Exits(0).Json.GetProperty("mirror plan");

    private IEnumerable<string?> Copies(string what, params string[] arguments) =>
        Plan(arguments).GetProperty("images").EnumerateArray().Select(image => image.GetProperty(what).GetString());

    private IEnumerable<(string? State, string Host)> States(int exitCode) =>
        project
            .Run("mirror", "verify", "--env", "prod", "--format", "json")
            .Exits(exitCode)
            .Json.GetProperty("mirror verify")
            .GetProperty("places")
            .EnumerateArray()
            .Select(place => (place.GetProperty("state").GetString(), place.GetProperty("target").GetString()!.Split('/')[0]));
}
