using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Access;
using GitOpsGen.Tests.Planning;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Laws;

/// <summary>The laws once more, over projects that nobody thought of.</summary>
public sealed class RandomProjectTests
{
    private static readonly int Seconds = LongProof.IsWhole ? 5 : 2;

    [Fact]
    public void Order_and_jobs_change_nothing_check_agrees_and_access_is_exact() =>
        RandomProject.Any.Sample(project => Holds(project), time: Seconds, threads: 1);

    [Fact]
    public void Packages_that_no_document_can_hold_are_split_over_several_and_access_is_still_exact()
    {
        LongProof.Require();
        var packages = Enumerable.Range(0, 60).Select(i => new RandomPackage(i % 3, i % 3, 2, false, [i / 2, i / 3], false)).ToArray();
        Holds(
            new(packages, [new(0, true, false, true, true), new(1, false, true, false, true)]) { Prefix = 1, Longer = new string('x', 150) },
            output =>
            {
                Assert.True(File.Exists(Path.Combine(output, "iam/env-0/node-policy-2.json")));
                Assert.True(File.Exists(Path.Combine(output, "iam/registries/123456789012-eu-west-2/mirror-policy-3.json")));
            }
        );
    }

    [Fact]
    public void Files_that_were_damaged_give_findings_and_no_exception()
    {
        var texts = new[] { ".config/gitopsgen.yaml", "packages.lock.yaml" };
        var scenarios = new[]
        {
            "one-cluster-as-in-the-article",
            "helm-values-merged",
            "settings-of-the-wrong-shape",
            "environments-at-different-versions",
        };
        var mutation = Gen.Select(
            Gen.Int[0, 3],
            Gen.Int[0, 1],
            Gen.Int[0, 100_000],
            Gen.Int[0, 40],
            Gen.String[Gen.Char[" \n-:{}[]\"'#&*!|>,?aZ09~\t"], 0, 4]
        );
        mutation.Sample(
            (scenario, file, at, length, inserted) =>
            {
                using var temp = new TempFolder();
                new Scenario(scenarios[scenario]).CopyTo(temp.Path);
                var path = temp[texts[file]];
                var text = File.ReadAllText(path);
                var start = at % text.Length;
                File.WriteAllText(path, text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, inserted));
                var before = FolderSnapshot.Of(temp.Path);

                var outcome = Generator.Check(new InputTree(temp.Path), new(), null, CancellationToken.None);

                Assert.Equal("", before.DifferenceTo(FolderSnapshot.Of(temp.Path)));
                Assert.All(outcome.Diagnostics, d => Assert.NotEqual("GOG9001", d.Rule.Code));
                Assert.All(
                    outcome.Diagnostics,
                    d => Assert.True(d.Message.EndsWith('.') && d.Fix.EndsWith('.'), $"{d.Rule.Code}: {d.Message} {d.Fix}")
                );
            },
            time: Seconds,
            threads: 1
        );
    }

    private static void Holds(RandomProject project, Action<string>? more = null)
    {
        using var temp = new TempFolder();
        var one = Render(temp, "one", project, isReversed: false, jobs: 1);
        var other = Render(temp, "other", project, isReversed: true, jobs: 8);

        Assert.DoesNotContain(one.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal("", FolderSnapshot.Of(temp["one/manifests"]).DifferenceTo(FolderSnapshot.Of(temp["other/manifests"])));
        Assert.Equal(2, FolderSnapshot.Of(temp["one"]).Without("manifests").Files.Count);
        Assert.Equal(4, FolderSnapshot.Of(temp.Path).Without("one/manifests").Without("other/manifests").Files.Count);
        Assert.Empty(Generator.Check(new InputTree(temp["one"]), new() { Jobs = 2 }, null, CancellationToken.None).Changes);
        var plan = ExpectedPlan.Of(Documents.ReadAll(project.Settings(false)).Single()!, Documents.ReadAll(project.Lockfile(false)).Single()!, new());
        Assert.Equal([], new AccessMatrix(plan, temp["one/manifests"]).Mismatches());
        Assert.Equal([], new PullMatrix(plan, temp["one/manifests"]).Mismatches());
        more?.Invoke(temp["one/manifests"]);
    }

    private static Outcome Render(TempFolder temp, string root, RandomProject project, bool isReversed, int jobs)
    {
        temp.Write($"{root}/packages.lock.yaml", project.Lockfile(isReversed));
        temp.Write($"{root}/.config/gitopsgen.yaml", project.Settings(isReversed));
        return Generator.Render(new InputTree(temp[root]), new() { Jobs = jobs }, null, CancellationToken.None);
    }
}
