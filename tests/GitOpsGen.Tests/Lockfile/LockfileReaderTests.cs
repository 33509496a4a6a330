using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Tests.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Lockfile;

/// <summary>Every key of the lockfile is read, and every error is reported at once.</summary>
public class LockfileReaderTests
{
    [Fact]
    public void The_contract_s_example_is_read()
    {
        var (lockfile, found) = Read(Documents.Lockfile);
        Assert.Empty(found);
        var core = lockfile!.Packages[0];
        Assert.Equal(
            (PackageKind.Crossplane, "https://charts.crossplane.io/stable", "2.3.4"),
            (core.Kind, core.Chart!.Value.Value.Repository.Url, core.Chart.Value.Value.Version.Text)
        );
        var family = lockfile.Packages[1];
        Assert.Equal((PackageKind.Provider, true, 0), (family.Kind, family.IsIndirect, family.DependsOn!.Value.Length));
        Assert.StartsWith("sha256:1123", family.Digest!.Value.Value.Text, StringComparison.Ordinal);
        var s3 = lockfile.Packages[2];
        Assert.Equal(
            ("xpkg.upbound.io/upbound/provider-aws-s3", "v2.2.0", ">=v1.12.1-0", "upbound-provider-aws-s3"),
            (s3.Package.ToString(), s3.Version.ToString(), s3.RequiresCrossplane.ToString(), s3.ObjectName.Value)
        );
        var dependency = Assert.Single(s3.DependsOn!.Value);
        Assert.Equal(
            (family.Package.Value, PackageKind.Provider, ">= 0.0.0"),
            (dependency.Package.Value, dependency.Kind, dependency.Constraint.ToString())
        );
        Assert.Equal("20:20", $"{dependency.Package.Span.Start.Line}:{dependency.Package.Span.Start.Column}");
        var other = lockfile.Packages[3];
        Assert.Equal(["dev", "preview-*"], other.Environments!.Value.Select(e => e.Value.Value));
        Assert.Equal(("upbound-provider-aws-s3", 21, null), (other.Name!.Value.Value.Value, other.Span.Start.Line, other.DependsOn));
    }

    [Fact]
    public void A_date_is_read_with_and_without_quotes()
    {
        var (lockfile, found) = Read(
            """
            lockfileVersion: 1
            packages:
              - { package: x.io/a/one, kind: Provider, version: v1.0.0, published: 2025-11-05 }
              - { package: x.io/a/two, kind: Provider, version: v1.0.0, published: "2025-11-05" }

            """
        );

        Assert.Empty(found);
        Assert.All(lockfile!.Packages, entry => Assert.Equal(new(2025, 11, 5), entry.Published!.Value.Value.Day));
    }

    [Fact]
    public void What_is_attached_has_a_kind_and_either_a_tag_or_a_digest()
    {
        const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        var entry = $"lockfileVersion: 1\npackages:\n  - {{ package: a.b/c, kind: Function, version: v1.0.0, attached: [$ITEMS] }}\n";

        var (lockfile, found) = Read(
            entry.Replace(
                "$ITEMS",
                $"{{ kind: signature, tag: sha256-{Hex}.sig }}, {{ kind: attestation, digest: 'sha256:{Hex}' }}",
                StringComparison.Ordinal
            )
        );
        Assert.Empty(found);
        Assert.True(Digest.TryParse($"sha256:{Hex}", out var digest));
        Assert.Equal(
            [
                new Attachment.Sibling(AttachmentKind.Signature, SiblingTag.Of(digest, ".sig")),
                new Attachment.Referrer(AttachmentKind.Attestation, digest),
            ],
            lockfile!.Packages[0].Attached!.Value
        );
        Assert.All(
            (string[])
                [
                    "",
                    "{ kind: signature }",
                    "{ kind: seal, digest: 'sha256:" + Hex + "' }",
                    "{ kind: sbom, tag: v1.0.0 }",
                    $"{{ kind: sbom, tag: sha256-{Hex}.sbom, digest: 'sha256:{Hex}' }}",
                ],
            items => Assert.NotEmpty(Read(entry.Replace("$ITEMS", items, StringComparison.Ordinal)).Diagnostics)
        );
    }

    [Fact]
    public void All_errors_are_told_at_once_each_at_its_place()
    {
        var (lockfile, found) = Read(
            """
            lockfileVersion: 2
            package: []
            packages:
              - package: provider-aws-s3
                kind: provider
                version: latest
                locked: sha256:12
                indirect: "true"
                dependsOn: none
                environments: []
                name: S3
                name: s3
              - kind: Crossplane
                version: 2.3
                chart: { repository: http://x, versions: 1 }
              - just a string
              - package: x.io/a
                kind: Function
                version: v1.0.0
                dependsOn:
                  - { package: x.io/b, kind: Crossplane, constraint: 1 }
            """
        );
        Assert.Null(lockfile);
        Assert.Equal(
            [
                "GOG1006 12:5",
                "GOG1013 1:18",
                "GOG1010 2:1",
                "GOG1013 4:14",
                "GOG1013 5:11",
                "GOG1014 6:14",
                "GOG1013 7:13",
                "GOG1012 8:15",
                "GOG1012 9:16",
                "GOG1013 10:19",
                "GOG1013 11:11",
                "GOG1014 14:14",
                "GOG1013 15:26",
                "GOG1010 15:36",
                "GOG1011 15:14",
                "GOG1011 13:5",
                "GOG1012 16:5",
                "GOG1013 21:34",
                "GOG1012 21:58",
            ],
            found.Places()
        );
        Assert.All(found, d => Assert.True(d.Message.EndsWith('.') && d.Fix.Length > 0, d.Message));
    }

    [Theory]
    [InlineData("", "GOG1012 1:1")]
    [InlineData("# nothing", "GOG1012 1:1")]
    [InlineData("[]", "GOG1012 1:1")]
    [InlineData("{}", "GOG1011 1:1", "GOG1011 1:1")]
    [InlineData("lockfileVersion: 1", "GOG1011 1:1")]
    [InlineData("lockfileVersion: 1\npackages:", "GOG1012 2:10")]
    public void A_file_without_a_lock_says_what_is_missing(string text, params string[] places) =>
        Assert.Equal(places, Read(text).Diagnostics.Places());

    [Fact]
    public void An_empty_lock_is_a_lock() => Assert.Empty(Read("lockfileVersion: 1\npackages: []").Value!.Packages);

    [Fact]
    public void A_package_without_a_usable_name_asks_for_one()
    {
        Assert.Equal(
            ["GOG2009 3:14"],
            Read("lockfileVersion: 1\npackages:\n  - package: x.io/con\n    kind: Provider\n    version: v1.0.0").Diagnostics.Places()
        );
        Assert.NotNull(Read("lockfileVersion: 1\npackages:\n  - { package: x.io/con, kind: Provider, version: v1.0.0, name: console }").Value);
    }

    [Theory]
    [InlineData("package")]
    [InlineData("version")]
    [InlineData("locked")]
    [InlineData("digest")]
    [InlineData("name")]
    [InlineData("requiresCrossplane")]
    public void A_value_of_ten_mebibytes_is_quickly_read_or_refused(string key)
    {
        var (_, found) = Read($"lockfileVersion: 1\npackages:\n  - {key}: \"{new string('1', 10 * 1024 * 1024)}\"");
        Assert.NotEmpty(found);
        Assert.All(found, d => Assert.InRange(d.Message.Length, 1, 500));
    }

    [Fact]
    public void Ten_thousand_wrong_entries_are_a_hundred_findings_of_each_kind_and_a_count() =>
        Assert.Equal(
            3 * (DiagnosticBag.ReadableLimit + 1),
            Read("lockfileVersion: 1\npackages:\n" + string.Concat(Enumerable.Repeat("  - { a: 1, kind: x }\n", 10_000))).Diagnostics.Length
        );

    private static Result<PackageLock> Read(string text) => LockfileReader.Read(YamlText.File, Encoding.UTF8.GetBytes(text));
}
