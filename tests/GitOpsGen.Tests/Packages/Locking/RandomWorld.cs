using CsCheck;

namespace GitOpsGen.Tests.Packages.Locking;

/// <summary>A registry of packages that need each other at random, and a lockfile that uses it.</summary>
/// <param name="Published">For each package, its versions; for each of these, what it needs.</param>
/// <param name="Entries">What the lockfile declares and already contains.</param>
internal sealed record RandomWorld(RandomWorld.Need[][][] Published, RandomWorld.Line[] Entries)
{
    public const string Environments = "e0 e1 e2 e3";

    private static readonly string[] Constraints =
    [
        ">=v0.0.0",
        ">=v0.0.0",
        "*",
        "v1",
        "<v3.0.0",
        ">=v2.0.0",
        "!=v2.0.0",
        "v1 || v3",
        "<=v2.1.0",
        ">-v0.1.4",
    ];
    private static readonly string[] Lists = ["", "", "", " [e0]", " [e1, e2]", " [e*]", " [e?, e3]", " [x*, e1]"];

    private static readonly Gen<Need> AnyNeed = Gen.Select(
        Gen.Int[0, 9],
        Gen.Int[0, Constraints.Length - 1],
        (target, constraint) => new Need(target, constraint)
    );

    public static Gen<RandomWorld> Any { get; } =
        from published in AnyNeed.Array[0, 3].Array[1, 4].Array[10]
        from entries in Gen.Select(
            Gen.Int[0, 9],
            Gen.Int[0, 3],
            Gen.Int[0, Lists.Length - 1],
            Gen.Int[0, 2],
            (package, version, list, indirect) => new Line(package, version, list, indirect == 0)
        ).Array[1, 6]
        select new RandomWorld(published, entries);

    public World Publish()
    {
        var world = new World();
        for (var package = 0; package < Published.Length; package++)
        {
            for (var version = 0; version < Published[package].Length; version++)
            {
                world.Publish(
                    Path(package),
                    Version(version),
                    string.Join(';', Published[package][version].Select(need => $"{Path(need.Target)}={Constraints[need.Constraint]}"))
                );
            }
        }

        return world;
    }

    /// <summary>Entries that do not overlap: of each package one, with what is published of it.</summary>
    public GitOpsGen.Lockfile.PackageLock Lockfile() => LockLines.Read(Lines());

    /// <summary>The same as short lines.</summary>
    public IEnumerable<string> Lines() =>
        Entries
            .DistinctBy(e => e.Package)
            .Select(e => $"{Path(e.Package)} {Version(e.Version % Published[e.Package].Length)}{(e.IsIndirect ? " indirect" : "")}{Lists[e.List]}");

    // The first is a family; all packages that need it are its members.
    public static string Path(int package) =>
        package switch
        {
            0 => "a/provider-family-x",
            _ => $"a/p{package}",
        };

    public static string Version(int version) => new[] { "v1.0.0", "v2.0.0", "v2.1.0", "v3.0.0" }[version];

    internal sealed record Need(int Target, int Constraint);

    internal sealed record Line(int Package, int Version, int List, bool IsIndirect);
}
