using CsCheck;

namespace GitOpsGen.Tests.Packages.Locking;

/// <summary>A registry of packages that need each other at random, and the packages that somebody applies.</summary>
/// <param name="Published">For each package its versions, the highest last; for each of these, what it needs.</param>
/// <param name="Roots">What is applied, at which version.</param>
internal sealed record GreedyWorld(GreedyWorld.Release[][] Published, (int Package, int Version)[] Roots)
{
    public const int Packages = 8;

    private static readonly Version One = new(1, 0, 0);
    private static readonly Version Two = new(2, 0, 0);
    private static readonly Version[] Tags = [One, new(1, 1, 0), Two, new(2, 1, 0), new(3, 0, 0)];

    // What a constraint means is said again, so that nothing of the product decides it.
    private static readonly Limit[] Limits =
    [
        new("*", _ => true),
        new(">=v1.0.0", _ => true),
        new(">= 0.0.0", _ => true),
        new("v1", v => v.Major == 1),
        new("<v2.0.0", v => v < Two),
        new(">=v1.1.0", v => v > One),
        new("~1.1", v => (v.Major, v.Minor) == (1, 1)),
        new("^2.0.0", v => v.Major == 2),
        new("!=v2.0.0", v => v != Two),
        new("v1.0.0 || >=v2.1.0", v => v == One || v > Two),
        new(">v9.0.0", _ => false),
        new(">-v0.1.4", _ => false), // Crossplane cannot read it
    ];

    // Few of the constraints that nothing meets, else no graph ends well.
    private static readonly Gen<Limit> AnyLimit = Gen.Frequency(
        (30, Gen.Int[0, 9].Select(i => Limits[i])),
        (30, Gen.Int[0, 2].Select(i => Limits[i])),
        (1, Gen.Int[10, 11].Select(i => Limits[i]))
    );

    // Mostly upward, so that few graphs have a cycle.
    private static Gen<Need> AnyNeed(int package) =>
        Gen.Select(
            Gen.Frequency((20, Gen.Int[Math.Min(package + 1, Packages - 1), Packages - 1]), (1, Gen.Int[0, Packages - 1])),
            AnyLimit,
            (target, limit) => new Need(target, limit)
        );

    private static Gen<Release[]> AnyReleases(int package) =>
        from needs in AnyNeed(package).Array[0, 3].Array[1, Tags.Length]
        select needs.Select((some, version) => new Release(Tags[version], [.. some.DistinctBy(need => need.Target)])).ToArray();

    public static Gen<GreedyWorld> Any { get; } =
        from a in Gen.Select(AnyReleases(0), AnyReleases(1), AnyReleases(2), AnyReleases(3))
        from b in Gen.Select(AnyReleases(4), AnyReleases(5), AnyReleases(6), AnyReleases(7))
        from roots in Gen.Select(Gen.Int[0, Packages - 1], Gen.Int[0, Tags.Length - 1]).Array[1, 3]
        let published = new[] { a.Item1, a.Item2, a.Item3, a.Item4, b.Item1, b.Item2, b.Item3, b.Item4 }
        select new GreedyWorld(
            published,
            [.. roots.DistinctBy(root => root.Item1).Select(root => (root.Item1, root.Item2 % published[root.Item1].Length))]
        );

    /// <summary>Publishes all of it.</summary>
    public World Publish()
    {
        var world = new World();
        for (var package = 0; package < Published.Length; package++)
        {
            foreach (var release in Published[package])
                world.Publish(
                    Path(package),
                    $"v{release.Tag}",
                    string.Join(';', release.Needs.Select(need => $"{Path(need.Target)}={need.Constraint.Text}"))
                );
        }

        return world;
    }

    /// <summary>Packages as lines of a lockfile without what it says besides.</summary>
    public IEnumerable<string> Lines(IEnumerable<(int Package, int Version)> packages) =>
        packages.Select(one => $"{Path(one.Package)} v{Published[one.Package][one.Version].Tag}");

    private static string Path(int package) =>
        (package % 3) switch
        {
            0 => $"Configuration:a/p{package}",
            1 => $"a/p{package}",
            _ => $"Function:a/p{package}",
        };

    /// <summary>One version of a package.</summary>
    internal sealed record Release(Version Tag, Need[] Needs);

    /// <summary>One dependency.</summary>
    internal sealed record Need(int Target, Limit Constraint);

    /// <summary>A constraint and what it means.</summary>
    internal sealed record Limit(string Text, Func<Version, bool> Accepts);
}
