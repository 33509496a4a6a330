using CsCheck;
using GitOpsGen.Model;

namespace GitOpsGen.Tests.Model;

/// <summary>Random versions, close enough to each other that comparisons are decided late.</summary>
internal static class Versions
{
    public static readonly Gen<string> Prerelease = Gen.OneOf(
            "0",
            "1",
            "2",
            "10",
            "rc",
            "RC",
            "alpha",
            "beta",
            "-",
            "0a",
            "1-",
            "18446744073709551615",
            "18446744073709551616",
            "99999999999999999999"
        )
        .Array[1, 3]
        .Select(parts => string.Join('.', parts));

    public static readonly Gen<PackageVersion> Releases = Gen.Select(
        Gen.OneOf("", "v"),
        Gen.Int[0, 3],
        Gen.Int[0, 3],
        Gen.Int[0, 3],
        (v, major, minor, patch) => PackageVersion.Parse($"{v}{major}.{minor}.{patch}")
    );

    public static readonly Gen<PackageVersion> Any = Gen.Select(
        Releases,
        Gen.OneOf<string>(Gen.Const(""), Prerelease.Select(p => "-" + p)),
        (release, prerelease) => PackageVersion.Parse(release.Text + prerelease)
    );
}
