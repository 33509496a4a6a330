using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Registry.Packages;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Registry.Tests.Locking;

/// <summary>
/// Package graphs that a live Crossplane was given, from the shared data: what <c>lock</c> makes of each, and what <c>lint</c> then says of an
/// environment that rewrites pulls.
/// </summary>
public sealed class ResolverCaseTests
{
    /// <summary>The case; what is locked without the core; the codes of the errors.</summary>
    public static TheoryData<string, string, string> Cases { get; } =
        new()
        {
            // Crossplane gives the first asker v2.0.0 and stays unhealthy; v1.1.0 suits both.
            { "greedy-order", "r1 v1.0.0, x v1.1.0, y v1.0.0", "" },
            { "family-configuration-other-org", "conf v1.0.0, provider-family-aws v1.0.0", "" },
            { "crossplane-empty", "r v1.0.0", "GOG2103" },
            { "core-13", "r v1.0.0", "GOG2103" },
            { "meta-v1alpha1-function", "r v1.0.0", "GOG6102" },
            { "meta-yaml11", "r v1.0.0", "GOG6102" },
            { "meta-anchors", "r v1.0.0, x v2.0.0", "" },
            { "meta-duplicate-key", "r v1.0.0, x v2.0.0", "" },
            { "same-name-two-kinds", "r v1.0.0, x-y v1.0.0, x.y v2.0.0", "GOG2004" },
            { "cycle2", "r v1.0.0, x v1.0.0", "GOG2104" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_graph_that_Crossplane_was_given_is_locked_and_judged(string name, string locked, string errors)
    {
        var given = new Case(SharedData.Require("cases", "resolver", name));

        var step = given.Lock();

        Assert.Equal(
            locked,
            string.Join(
                ", ",
                step.Lockfile.Packages.Where(e => e.Kind != PackageKind.Crossplane)
                    .Select(e => $"{e.Package.Value.Name} {e.Version}")
                    .Order(StringComparer.Ordinal)
            )
        );
        Assert.Equal(errors, Codes([.. step.Diagnostics, .. step.IsComplete ? given.Lint(step) : []]));
    }

    [Fact]
    public void Every_case_of_the_shared_data_is_among_them() =>
        Assert.Equal(
            Directory
                .GetDirectories(SharedData.Require("cases", "resolver"))
                .Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal),
            Cases.Select(row => row.Data.Item1).Order(StringComparer.Ordinal)
        );

    private static string Codes(IEnumerable<Diagnostic> found) =>
        string.Join(' ', found.Where(d => d.Severity == Severity.Error).Select(d => d.Rule.Code).Distinct());

    /// <summary>A folder: a lockfile, and the <c>package.yaml</c> of every package and tag.</summary>
    private sealed class Case
    {
        private readonly byte[] content;
        private readonly PackageLock lockfile;
        private readonly Dictionary<(string Repository, string Tag), byte[]> published = [];

        public Case(string folder)
        {
            content = File.ReadAllBytes(Path.Combine(folder, "packages.lock.yaml"));
            lockfile = LockfileReader.Read("packages.lock.yaml", content).Value!;
            // A is the organisation of the declared package, B another one.
            var own = lockfile.Packages.First(e => e.Kind != PackageKind.Crossplane).Package.Value;
            foreach (var file in Directory.GetFiles(folder, "*.package.yaml"))
            {
                var parts = Path.GetFileName(file)[..^".package.yaml".Length].Split("__");
                var organisation = own.Organisation + (parts[0] == "A" ? "" : "b");
                published[($"{own.Host}/{organisation}/{parts[1]}", parts[2])] = File.ReadAllBytes(file);
            }
        }

        public ResolutionStep Lock()
        {
            var known = LookupResults.Nothing;
            while (true)
            {
                var step = Resolution.Advance(lockfile, new([]), known);
                if (step.Missing.IsEmpty)
                    return step;
                known = step.Missing.Aggregate(known, Answer);
            }
        }

        public ImmutableArray<Diagnostic> Lint(ResolutionStep step)
        {
            using var temp = new TempFolder();
            temp.Write(".config/gitopsgen.yaml", "settingsVersion: 1\nenvironments:\n  live: { registry: { host: mirror.example.com } }\n");
            temp.Write(
                "packages.lock.yaml",
                Encoding.UTF8.GetString(LockfileEditor.Edit("packages.lock.yaml", content, lockfile, step.Lockfile).Content.Span)
            );
            return Generator.Lint(new InputTree(temp.Path), new(), null, Harness.Cancellation).Diagnostics;
        }

        private LookupResults Answer(LookupResults known, RegistryLookup lookup) =>
            lookup switch
            {
                RegistryLookup.TagDigest tag => known.With(tag, new Result<Digest>(DigestOf($"{tag.Repository}:{tag.Version}"), [])),
                RegistryLookup.Date date => known.With(date, new Result<ImageDate>(ImageDate.None, [])),
                RegistryLookup.Attached beside => known.With(beside, new Result<AttachmentList>(new([]), [])),
                RegistryLookup.Versions list => known.With(
                    list,
                    new Result<PublishedVersions>(
                        new(published.Keys.Where(key => key.Repository == list.Repository.ToString()).Select(key => key.Tag)),
                        []
                    )
                ),
                RegistryLookup.Metadata read => known.With(read, Meta(read)),
                _ => throw new InvalidOperationException($"{lookup}"),
            };

        private Result<PackageMeta> Meta(RegistryLookup.Metadata read)
        {
            var (key, bytes) = published.Single(pair => DigestOf($"{pair.Key.Repository}:{pair.Key.Tag}") == read.Digest);
            var splitter = new DocumentSplitter();
            splitter.Add(bytes);
            splitter.End();
            return MetaReader.Read(key.Repository, splitter.Found);
        }

        private static Digest DigestOf(string image) =>
            Digest.TryParse($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image)))}", out var digest)
                ? digest
                : throw new InvalidOperationException();
    }
}
