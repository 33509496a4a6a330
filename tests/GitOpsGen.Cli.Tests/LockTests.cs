using System.CommandLine;
using System.Text;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Inputs;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary><c>gitopsgen lock</c> against a registry on this machine.</summary>
public sealed class LockTests : IDisposable
{
    private const string User = "puller";
    private const string Secret = "hunter2-SECRET";

    private static readonly string Basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Secret}"));

    private readonly WorkFolder folder = new();
    private readonly MemoryRegistry registry = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_lockfile_is_completed_in_place_and_then_stays()
    {
        var gitopsgen = Gitopsgen.Built;
        using var server = new LoopbackServer(registry.Answer);
        Start(new PackageFleet(registry, server.Host).Lockfile("acme/edge v1.0.0"));
        var before = File.ReadAllText(folder[WorkFolder.Lockfile]);

        var check = gitopsgen.Run(folder.Path, "lock", "--check").Exits(2);
        Assert.Equal(before, File.ReadAllText(folder[WorkFolder.Lockfile]));
        Assert.Contains("run 'gitopsgen lock'", check.Output, StringComparison.Ordinal);
        Assert.Matches(@"packages\.lock\.yaml\([2-9],1\): error GOG5010: ", check.Error);

        var written = gitopsgen.Run(folder.Path, "lock").Exits(0);
        Assert.Matches("\nprovider-aws-dns +dev  added v2.0.0, indirect\n", written.Output);
        var after = File.ReadAllText(folder[WorkFolder.Lockfile]);
        Assert.StartsWith(before[..before.IndexOf("    version", StringComparison.Ordinal)], after, StringComparison.Ordinal);

        gitopsgen.Run(folder.Path, "lock", "--check").Exits(0);
        var again = gitopsgen.Run(folder.Path, "lock", "--format", "json").Exits(0).Json;
        Assert.Equal(0, again.GetProperty("lock").GetProperty("entries").GetArrayLength());
        Assert.Equal(0, again.GetProperty("changes").GetArrayLength());
        Assert.Equal(after, File.ReadAllText(folder[WorkFolder.Lockfile]));
        gitopsgen.Run(folder.Path, "check").Exits(2);
    }

    [Fact]
    public void A_registry_that_refuses_is_exit_code_3()
    {
        using var server = new LoopbackServer(_ => Response.Text(401, "", ("WWW-Authenticate", "Basic realm=\"r\"")));
        Start($"lockfileVersion: 1\npackages:\n  - package: {server.Host}/acme/p\n    kind: Provider\n    version: v1.0.0\n");
        var before = folder.Snapshot();

        var refused = Gitopsgen.Built.Run(folder.Path, "lock").Exits(3);

        Assert.Contains(
            $"packages.lock.yaml(3,14): error GOG6002: {server.Host} refuses acme/p, tag v1.0.0: ",
            refused.Error,
            StringComparison.Ordinal
        );
        Assert.Equal("The lockfile was not changed.\n", refused.Output);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void A_host_that_is_not_listed_is_an_error_at_its_entry_before_any_connection()
    {
        using var server = new LoopbackServer(_ => Response.Text(404, ""));
        Start($"lockfileVersion: 1\npackages:\n  - package: {server.Host}/acme/p\n    kind: Provider\n    version: v1.0.0\n");
        folder.Edit(WorkFolder.Settings, "settingsVersion: 1\n", "settingsVersion: 1\nonlyHosts: [xpkg.upbound.io]\n");

        var refused = Gitopsgen.Built.Run(folder.Path, "lock").Exits(1);

        Assert.Contains(
            $"packages.lock.yaml(3,14): error GOG6006: {server.Host}/acme/p, tag v1.0.0, was not read",
            refused.Error,
            StringComparison.Ordinal
        );
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_signal_while_a_registry_is_waited_for_cancels()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using var asked = new ManualResetEventSlim();
        using var server = new LoopbackServer(_ =>
        {
            asked.Set();
            return Response.Text(404, "") with { Delay = TimeSpan.FromMinutes(5) };
        });
        Start($"lockfileVersion: 1\npackages:\n  - package: {server.Host}/acme/p\n    kind: Provider\n    version: v1.0.0\n");
        var before = folder.Snapshot();
        using var process = Gitopsgen.Built.StartInterruptible(folder.Path, "lock");

        Assert.True(asked.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Gitopsgen.Shell(folder.Path, $"kill -INT {process.Id}").Exits(0);

        Assert.Equal("gitopsgen: cancelled.\n", Gitopsgen.Finish(process).Exits(130).Error);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public async Task A_registry_that_dies_on_the_way_leaves_the_lockfile_as_it_is()
    {
        // Of 71 requests and more. Every number of answers ends at another place: tags, manifests, layers, lists.
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 61),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (answers, _) =>
            {
                using var work = new WorkFolder();
                var own = new MemoryRegistry();
                using var server = new LoopbackServer(request =>
                    request["Authorization"] == $"Basic {Basic}"
                        ? own.Answer(request)
                        : Response.Text(401, "", ("WWW-Authenticate", "Basic realm=\"r\""))
                )
                {
                    DiesAfter = answers,
                };
                var lockfile = new PackageFleet(own, server.Host).Lockfile(PackageFleet.Declared);
                Start(work, lockfile, server.Host);
                var before = work.Snapshot();

                foreach (var arguments in new string[][] { ["--verbose"], ["--format", "json"] })
                {
                    var (exitCode, output) = await LockAsync(work, arguments);

                    Assert.Equal(3, exitCode);
                    Assert.Equal(before, work.Snapshot());
                    Assert.Contains($"{server.Host} did not give ", output, StringComparison.Ordinal);
                    Assert.Matches(
                        "did not give (acme|upbound|contrib)/[a-z-]+, (tag|the referrers|signature|attestation|sbom|manifest|blob|the list of tags)[^:]*(:[0-9a-f]{64})?: [^\"]{10}",
                        output
                    );
                    foreach (var secret in new[] { Secret, Basic, Basic[..20], User })
                        Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
                }
            }
        );
    }

    [Theory]
    [InlineData("HEAD", "/manifests/")]
    [InlineData("GET", "/manifests/")]
    [InlineData("GET", "/blobs/")]
    [InlineData("GET", "/tags/list")]
    [InlineData("GET", "/token")]
    public async Task An_answer_that_ends_in_the_middle_leaves_the_lockfile_as_it_is(string method, string path)
    {
        const string Grant = """{ "token": "TOKEN", "expires_in": 300 }""";
        Response? cut = null;
        using var server = new LoopbackServer(_ => Response.Text(500, ""));
        server.Answer = request =>
        {
            var answer =
                request.Path == "/token" ? Response.Text(200, Grant)
                : request["Authorization"] == "Bearer TOKEN" ? registry.Answer(request)
                : Response.Text(401, "", ("WWW-Authenticate", $"Bearer realm=\"http://{request["Host"]}/token\",service=\"r\""));
            return cut is { } faults && answer.Status == 200 && request.Method == method && request.Path.Contains(path, StringComparison.Ordinal)
                ? answer with
                {
                    EndsAfter = faults.EndsAfter,
                    SaysLength = faults.SaysLength,
                }
                : answer;
        };
        Start(folder, new PackageFleet(registry, server.Host).Lockfile("upbound/provider-aws-sql v1.0.0"), null);
        var before = folder.Snapshot();

        // Of every answer of one sort: in the first line, in the head, between head and body, in the body, before the last byte.
        foreach (var end in new[] { 0, 1, 12, 17, 40, 60, 80, 100, 110, 120, 130, 140, 160, 200, 250, 300, 400, int.MaxValue })
        {
            foreach (var saysLength in method == "HEAD" ? [true] : new[] { true, false })
            {
                cut = new(200, []) { EndsAfter = end, SaysLength = saysLength };
                var (exitCode, output) = await LockAsync(folder);

                Assert.True(exitCode == 3, $"{end} {saysLength}: exit code {exitCode}\n{output}");
                Assert.Contains("GOG6003", output, StringComparison.Ordinal);
                Assert.Equal(before, folder.Snapshot());
            }
        }

        cut = null;
        Assert.Equal(0, (await LockAsync(folder)).ExitCode);
    }

    [Fact]
    public async Task With_a_credential_all_of_it_is_read()
    {
        using var server = new LoopbackServer(request =>
            request["Authorization"] == $"Basic {Basic}"
                ? registry.Answer(request)
                : Response.Text(401, "", ("WWW-Authenticate", "Basic realm=\"r\""))
        );
        var fleet = new PackageFleet(registry, server.Host);
        Start(folder, fleet.Lockfile(PackageFleet.Declared), server.Host);

        var (exitCode, output) = await LockAsync(folder, "--verbose");

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(Secret, output, StringComparison.Ordinal);
        Assert.DoesNotContain(Basic, output, StringComparison.Ordinal);
        Assert.True(server.Requests.Count > 71);
        Assert.Contains($"{fleet.Closure(PackageFleet.Declared).Count} packages in all.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_soften_what_they_may()
    {
        using var server = new LoopbackServer(registry.Answer);
        registry
            .Add(
                "a/p",
                "v1.0.0",
                Image.Package(
                    $"apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {{ name: p }}\nspec: {{ dependsOn: [{{ provider: '{server.Host}/a/q', version: '>-v0.1.4' }}] }}\n"
                )
            )
            .Add("a/q", "v1.0.0", Image.Package("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: { name: q }\n"));
        Start($"lockfileVersion: 1\npackages:\n  - package: {server.Host}/a/p\n    kind: Provider\n    version: v1.0.0\n");
        var before = folder.Snapshot();

        Assert.Equal(1, (await LockAsync(folder)).ExitCode);
        Assert.Equal(before, folder.Snapshot());

        folder.Edit(WorkFolder.Settings, "settingsVersion: 1\n", "settingsVersion: 1\nrules: { GOG2103: warning }\n");
        Assert.Equal(0, (await LockAsync(folder)).ExitCode);
        Assert.Contains(">-v0.1.4", File.ReadAllText(folder[WorkFolder.Lockfile]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("packages: [", 1)]
    [InlineData("lockfileVersion: 1\npackages: []\n", 0)]
    [InlineData(null, 1)]
    public async Task A_lockfile_that_is_broken_empty_or_absent_ends_as_it_should(string? text, int expected)
    {
        Start(text ?? "");
        if (text is null)
            File.Delete(folder[WorkFolder.Lockfile]);
        var before = folder.Snapshot();

        Assert.Equal(expected, (await LockAsync(folder)).ExitCode);
        Assert.Equal(before, folder.Snapshot());
    }

    private void Start(string lockfile) => Start(folder, lockfile, null);

    private static void Start(WorkFolder work, string lockfile, string? host)
    {
        work.Write(WorkFolder.Lockfile, lockfile);
        work.Write(
            WorkFolder.Settings,
            "settingsVersion: 1\nenvironments:\n  dev: { registry: { host: harbor.example.com }, gitops: { engine: none } }\n"
        );
        if (host is not null)
            work.Write("auth/config.json", $$"""{ "auths": { "{{host}}": { "auth": "{{Basic}}" } } }""");
    }

    /// <summary>The command with a clock that does not wait, and the folder's own credentials; all that it says.</summary>
    private static async Task<(int ExitCode, string Output)> LockAsync(WorkFolder work, params string[] arguments)
    {
        var global = new GlobalOptions();
        var root = new RootCommand();
        global.AddTo(root);
        using var said = new StringWriter { NewLine = "\n" };
        var streams = new StandardStreams(said, said);
        var run = new CommandRun(global.Read(root.Parse(arguments)), streams, TestContext.Current.CancellationToken)
        {
            Time = new InstantTime(),
            Variable = name => name == "DOCKER_CONFIG" ? work["auth"] : null,
        };
        var report = await new LockRun("lock", run, new InputTree(work.Path)).RunAsync();
        return (new ResultWriter(run.Settings, streams, new(run)).Prepare(report).WriteTo(streams), said.ToString());
    }
}
