using System.CommandLine;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Model;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>The way from <c>registries:</c> of the settings to a registry.</summary>
public sealed class RegistrySessionTests : IDisposable
{
    private const string Path = "acme/package";
    private static readonly Image Package = Image.Package("kind: Provider\n");

    private readonly WorkFolder folder = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task An_endpoint_of_the_settings_is_asked_instead_of_the_host()
    {
        var registry = new MemoryRegistry().Add($"proxied/{Path}", "v1.0.0", Package);
        using var server = new LoopbackServer(registry.Answer);
        var (run, inputs) = Given($"registries: {{ xpkg.example.com: {{ endpoint: 'http://{server.Host}/proxied' }} }}", "--verbose");
        var session = RegistrySession.Open(run, inputs, Read(inputs).Settings!);
        using var client = session.Value!;

        var digest = await client.ResolveAsync(new Repository("xpkg.example.com", Path), "v1.0.0", TestContext.Current.CancellationToken);
        Assert.Equal(Package.Digest, digest.Value?.Text);
        Assert.StartsWith("gitopsgen/", Assert.Single(server.Requests)["User-Agent"], StringComparison.Ordinal);
        Assert.Contains($": xpkg.example.com is asked at http://{server.Host}/proxied\n", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($": HEAD http://{server.Host}/v2/proxied/{Path}/manifests/v1.0.0: 200\n", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_of_authorities_that_is_of_no_use_is_found_where_it_is_named()
    {
        folder.Write("certs/empty.pem", "");
        var (run, inputs) = Given(
            """
            registries:
              a.example.com: { caFile: certs/absent.pem }
              b.example.com: { caFile: certs }
              c.example.com: { caFile: certs/empty.pem }
            """
        );
        var (client, found) = RegistrySession.Open(run, inputs, Read(inputs).Settings!);

        Assert.Null(client);
        Assert.Equal([("GOG1001", 3), ("GOG1001", 4), ("GOG6005", 5)], found.Select(finding => (finding.Rule.Code, finding.Span!.Value.Start.Line)));
        Assert.All(found, finding => Assert.Equal((".config/gitopsgen.yaml", 28), (finding.Span!.Value.File, finding.Span!.Value.Start.Column)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0, "GOG2108")]
    [InlineData(3, "GOG6002")]
    [InlineData(3, "GOG6003", "GOG6002", "GOG2108")]
    [InlineData(1, "GOG6003", "GOG6001")]
    [InlineData(1, "GOG6004")]
    [InlineData(1, "GOG1001")]
    public void An_error_beats_an_unknown_and_both_beat_a_difference(int expected, params string[] codes)
    {
        var found = codes.Select(code => new Diagnostic(Rules.ByCode[code], "", "", null));

        Assert.Equal(expected, ExitCode.Of(found));
        Assert.Equal(expected == 0 ? 2 : expected, ExitCode.Of(found, differs: true));
    }

    private static Project Read(InputTree inputs) => Project.Open(inputs, [], CancellationToken.None);

    private (CommandRun Run, InputTree Inputs) Given(string registries, params string[] arguments)
    {
        folder.Write(WorkFolder.Settings, $"settingsVersion: 1\n{registries}\nenvironments: {{}}\n");
        var global = new GlobalOptions();
        var command = new RootCommand();
        global.AddTo(command);
        error.NewLine = "\n";
        return (new(global.Read(command.Parse(arguments)), new(TextWriter.Null, error), CancellationToken.None), new(folder.Path));
    }
}
