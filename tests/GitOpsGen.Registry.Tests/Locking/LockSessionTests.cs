using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Locking;
using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Registry.Tests.Locking;

/// <summary>A lockfile against a registry over HTTP.</summary>
public sealed class LockSessionTests : IDisposable
{
    private readonly MemoryRegistry registry = new();
    private readonly LoopbackServer server;
    private readonly PackageFleet fleet;

    public LockSessionTests()
    {
        server = new(registry.Answer);
        fleet = new(registry, server.Host);
    }

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Two_configurations_bring_all_that_they_need_and_nothing_else()
    {
        var expected = fleet.Closure(PackageFleet.Declared);
        var (step, lines) = await LockAsync(fleet.Lockfile(PackageFleet.Declared));

        Assert.All(step.Diagnostics, d => Assert.Equal(Rules.FamilyVersionSkew, d.Rule));
        Assert.Equal(expected, lines);
        Assert.True(fleet.Packages.Keys.Select(key => key.Path).Distinct().Count() >= 40);
        Assert.True(expected.Count >= 35, $"{expected.Count}");
        Assert.All(step.Lockfile.Packages, IsAsPublished);
    }

    [Fact]
    public async Task A_second_time_tags_are_looked_at_and_nothing_is_read()
    {
        var (first, lines) = await LockAsync(fleet.Lockfile(PackageFleet.Declared));
        var before = server.Requests.Count;
        using var client = new RegistryClient(new(), new CredentialStore([]), new InstantTime());

        var second = await CompleteAsync(client, first.Lockfile, null, Harness.Cancellation);

        Assert.Equal(lines, Lines(second));
        Assert.Equal(lines.Length, server.Requests.Count - before);
        Assert.All(server.Requests.Skip(before), request => Assert.Equal("HEAD", request.Method));
    }

    [Fact]
    public async Task Packages_are_read_side_by_side()
    {
        server.Answer = request => registry.Answer(request) with { Delay = TimeSpan.FromMilliseconds(5) };
        var counts = new List<RunProgress>();

        await LockAsync(fleet.Lockfile(PackageFleet.Declared), new Collector(counts));

        Assert.InRange(server.MostAtOnce, 4, new RegistryOptions().RequestsPerHost);
        Assert.Equal(counts.Max(count => count.Total), counts.Max(count => count.Done));
    }

    [Fact]
    public async Task A_silent_host_is_asked_no_more_and_another_one_is()
    {
        using var silent = new LoopbackServer(_ => Response.Text(503, ""));
        var lockfile =
            fleet.Lockfile("acme/edge v1.0.0")
            + string.Concat(Enumerable.Range(0, 1000).Select(i => $"  - package: {silent.Host}/a/p{i}\n    kind: Provider\n    version: v1.0.0\n"));

        var (step, _) = await LockAsync(lockfile);

        Assert.False(step.IsComplete);
        Assert.All(step.Diagnostics, d => Assert.Equal(Rules.RegistrySilent, d.Rule));
        Assert.InRange(step.Diagnostics.Length, 1, 500); // what was on the way when the first answers came: up to a hundred on a busy machine
        Assert.NotEmpty(server.Requests);
    }

    [Fact]
    public async Task Cancelled_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        server.Answer = request =>
        {
            cancelled.Cancel();
            return registry.Answer(request) with { Delay = TimeSpan.FromMinutes(1) };
        };
        using var client = new RegistryClient(new(), new CredentialStore([]));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            CompleteAsync(client, Read(fleet.Lockfile(PackageFleet.Declared)), null, cancelled.Token)
        );
    }

    [Fact]
    public async Task A_registry_that_others_wrote_is_locked_too()
    {
        using var debian = DebianRegistry.Open();
        using var folder = new TempFolder();
        var theirs = new PackageFleet(new(), debian.Host);
        var closure = theirs.Closure("acme/data v1.2.0");
        foreach (var (path, tag) in closure.Select(line => line.Split(' ')).Select(words => (words[0], words[1])))
        {
            theirs.Packages[(path, tag)].Image.WriteLayout(folder[path], tag);
            debian.Push(folder[path], tag, path);
        }

        var (step, lines) = await LockAsync(theirs.Lockfile("acme/data v1.2.0"));

        Assert.All(step.Diagnostics, d => Assert.Equal(Rules.FamilyVersionSkew, d.Rule));
        Assert.Equal(closure, lines);
    }

    private static async Task<(ResolutionStep Step, string[] Lines)> LockAsync(string lockfile, IProgress<RunProgress>? progress = null)
    {
        using var client = new RegistryClient(new(), new CredentialStore([]), new InstantTime());
        var step = await CompleteAsync(client, Read(lockfile), progress, Harness.Cancellation);
        return (step, Lines(step));
    }

    private static Task<ResolutionStep> CompleteAsync(
        RegistryClient client,
        PackageLock lockfile,
        IProgress<RunProgress>? progress,
        CancellationToken cancellation
    )
    {
        var scope = new LockScope([]) { ChecksTags = true };
        return new LockSession(client).CompleteAsync(Advance(LookupResults.Nothing), Advance, progress, cancellation);

        ResolutionStep Advance(LookupResults known) => Resolution.Advance(lockfile, scope, known);
    }

    private void IsAsPublished(LockEntry entry)
    {
        var published = fleet.Packages[(entry.Package.Value.Path, entry.Version.Value.Text)];
        Assert.Equal(published.Image.Digest, entry.Digest?.Value.Text);
        Assert.Equal(published.Kind, entry.Kind.ToString());
        Assert.Equal(!PackageFleet.Declared.Contains($"{entry.Package.Value.Path} {entry.Version}"), entry.IsIndirect);
        Assert.Equal(">=v1.12.1-0", entry.RequiresCrossplane?.Value.Text);
        Assert.Equal(
            published.Needs.Select(need => $"{need.Kind} {server.Host}/{need.Path} {need.Limit.Text}"),
            entry.DependsOn!.Value.Select(need => $"{need.Kind} {need.Package} {need.Constraint}")
        );
    }

    private static string[] Lines(ResolutionStep step) =>
        [.. step.Lockfile.Packages.Select(e => $"{e.Package.Value.Path} {e.Version}").Order(StringComparer.Ordinal)];

    private static PackageLock Read(string text) => LockfileReader.Read("packages.lock.yaml", Encoding.UTF8.GetBytes(text)).Value!;

    private sealed class Collector(List<RunProgress> counts) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            lock (counts)
                counts.Add(value);
        }
    }
}
