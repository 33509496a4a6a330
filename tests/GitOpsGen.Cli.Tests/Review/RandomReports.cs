using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Review;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary>Reports of any content, built directly: what a file can fill is taken from some texts.</summary>
internal sealed class RandomReports(int seed, params ImmutableArray<string> texts)
{
    private static readonly ImmutableArray<Rule> Dangers = [Rules.PackageRemoved, Rules.RegistryMoved, Rules.ObjectRenamed];

    private readonly Random random = new(seed);

    public ReviewReport Next(int environments, int most)
    {
        ImmutableArray<string> names = [.. Enumerable.Range(0, environments).Select(i => $"env-{i}")];
        var groups = names.GroupBy(_ => random.Next(1 + (environments / 2))).Select(group => new EnvironmentGroup([.. group]));
        return new ReviewReport
        {
            Environments = names,
            BaseProblem = random.Next(4) == 0 ? Text() : null,
            Dangerous = Many(() =>
                new Danger(
                    Dangers[random.Next(Dangers.Length)],
                    $"{Danger.Quote(Text())} leaves",
                    $"It has {Danger.Quote(Text())}.",
                    [.. Many(() => Danger.Quote(Text()), 4)]
                )
            ),
            Packages = Many(() => Package(random.Next(12))),
            Images = Many(() => new ImageNeed(Text(), Text(), "v1.0.0", null)),
            Repositories = Many(() => new RepositoryNeed(Text(), Text(), random.Next(2) == 0 ? null : Text())),
            Gained = Many(Access),
            Lost = Many(Access),
            NotEvaluated = Many(() => new UnreadDocument(Text(), "it cannot be read")),
            Leftovers = Many(() => new Leftover(random.Next(9), "providers.pkg.crossplane.io", Text())),
            Objects = Many(Object),
            Files = [new("README.md", ChangeKind.Changed), .. Many(() => new FileChange($"{Text()}/a.yaml", ChangeKind.Added), most)],
            Groups = [.. groups],
        };

        ImmutableArray<T> Many<T>(Func<T> one, int? count = null) =>
            [
                .. Enumerable
                    .Range(0, random.Next((count ?? most) + 1))
                    .Select(_ => one())
                    .Select(made => made is ReviewItem item ? (T)(object)(item with { Environments = Some() }) : made),
            ];

        ImmutableArray<string> Some() =>
            random.Next(3) == 0 ? names
            : random.Next(2) == 0 ? [names[random.Next(names.Length)]]
            : [.. names.Where(_ => random.Next(2) == 0).DefaultIfEmpty(names[0])];
    }

    public string Text() => texts[random.Next(texts.Length)];

    private PackageChange Package(int number)
    {
        Xunit.Assert.True(Repository.TryParse($"xpkg.upbound.io/upbound/provider-aws-{number}", out var repository));
        var step = Enum.GetValues<PackageStep>()[random.Next(9)];
        return new(
            repository,
            PackageKind.Provider,
            $"upbound-provider-aws-{number}",
            step == PackageStep.New ? null : "v1.0.0",
            step == PackageStep.Removed ? null : $"v{random.Next(3)}.1.0",
            step
        )
        {
            NeededBy = random.Next(2) == 0 ? [] : [Text()],
        };
    }

    private AccessChange Access() => new($"{Text()}{random.Next(5)}", Text(), Text(), Text()) { IsDrift = random.Next(4) == 0 };

    private ObjectChange Object() =>
        new(
            new(Text(), Text(), Text(), Text()),
            ChangeKind.Changed,
            [.. Enumerable.Range(0, random.Next(4)).Select(_ => new FieldChange(Text(), random.Next(3) == 0 ? null : Text(), Text()))]
        )
        {
            IsDrift = random.Next(4) == 0,
        };
}
