using System.Diagnostics;
using System.Text;
using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Output;
using Xunit;

namespace GitOpsGen.Tests.Output;

public sealed class LedgerTests
{
    private const string File = "manifests/overlays/dev/.gitopsgen";

    private static readonly LedgerScope Dev = new("dev");

    private static readonly Gen<LedgerLine> Lines =
        from path in Gen.OneOf([
            .. (
                (string[])["overlays/dev/a", "overlays/dev/b c", "overlays/dev/é/k.yaml", "iam/dev/p.json", "overlays/dev/a/b", "overlays/dev/a-b"]
            ).Select(Gen.Const),
        ])
        from high in Gen.OneOf(Gen.ULong, Gen.ULong[0, 1])
        from low in Gen.ULong[0, 1]
        select new LedgerLine(RelativePath.Parse(path), new(high, low));

    [Fact]
    public void What_is_written_is_read_back_exactly() =>
        Lines
            .Array[0, 20]
            .Sample(lines =>
            {
                var ledger = Ledger.Of(lines);
                var read = LedgerReader.Read(ledger.ToBytes(), Dev, File);
                return read.Diagnostics.IsEmpty
                    && read.Value!.Lines.SequenceEqual(ledger.Lines)
                    && read.Value.ToBytes().AsSpan().SequenceEqual(ledger.ToBytes());
            });

    [Fact]
    public void Lines_are_sorted_and_distinct_whatever_their_order() =>
        Lines
            .Array[0, 20]
            .Sample(lines =>
            {
                var text = Encoding.UTF8.GetString(Ledger.Of(lines.Concat(lines.Reverse())).ToBytes());
                var keys = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (Path: line[66..], Hash: line[..64])).ToList();
                return keys.Zip(keys.Skip(1))
                    .All(p =>
                        string.CompareOrdinal(p.First.Path, p.Second.Path) is var order
                        && (order < 0 || (order == 0 && string.CompareOrdinal(p.First.Hash, p.Second.Hash) < 0))
                    );
            });

    [Fact]
    public void All_lines_of_a_path_are_found() =>
        Lines
            .Array[1, 20]
            .Sample(lines =>
                lines.All(line =>
                    Ledger.Of(lines).LinesOf(line.Path).ToArray().Order().SequenceEqual(lines.Where(l => l.Path == line.Path).Distinct().Order())
                )
            );

    [Fact]
    public void Carriage_returns_and_a_missing_last_line_feed_are_tolerated()
    {
        var text = (Sandbox.Line("iam/dev/a", "1") + Sandbox.Line("overlays/dev/b", "2")).Replace("\n", "\r\n", StringComparison.Ordinal).TrimEnd();
        var (ledger, found) = LedgerReader.Read(Encoding.UTF8.GetBytes(text), Dev, File);
        Assert.Empty(found);
        Assert.Equal(["iam/dev/a", "overlays/dev/b"], ledger!.Lines.Select(l => l.Path.Value));
    }

    [Fact]
    public void Conflict_markers_are_skipped_and_both_sides_kept()
    {
        var text =
            $"<<<<<<< HEAD\n{Sandbox.Line("iam/dev/a", "1")}||||||| base\n{Sandbox.Line("iam/dev/a", "0")}=======\n{Sandbox.Line("iam/dev/a", "2")}>>>>>>> topic\n";
        var (ledger, found) = LedgerReader.Read(Encoding.UTF8.GetBytes(text), Dev, File);
        Assert.Empty(found);
        Assert.Equal(3, ledger!.LinesOf(RelativePath.Parse("iam/dev/a")).Length);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("{hash} iam/dev/a")]
    [InlineData("{hash}  ")]
    [InlineData("{hash} *iam/dev/a")]
    [InlineData("{HASH}  iam/dev/a")]
    [InlineData("{hash}  ../a")]
    [InlineData("{hash}  /etc/passwd")]
    [InlineData("{hash}  iam/dev/../../../a")]
    [InlineData("{hash}  iam\\dev\\a")]
    [InlineData("{hash}  base/a")]
    [InlineData("{hash}  overlays/prod/a")]
    [InlineData("{hash}  iam/prod/a")]
    [InlineData("{hash}  iam/registries/a")]
    [InlineData("{hash}  overlays/dev/.gitopsgen")]
    public void Any_other_line_is_an_error_at_its_place(string line)
    {
        var hash = Sandbox.HashOf("1");
        var bad = line.Replace("{hash}", hash, StringComparison.Ordinal).Replace("{HASH}", hash.ToUpperInvariant(), StringComparison.Ordinal);
        var (_, found) = LedgerReader.Read(Encoding.UTF8.GetBytes($"{Sandbox.Line("iam/dev/a", "1")}{bad}\n"), Dev, File);
        var one = Assert.Single(found);
        Assert.Equal((Rules.LedgerMalformed, new SourceSpan(File, new(2, 1), new(2, bad.Length + 1))), (one.Rule, one.Span!.Value));
    }

    [Fact]
    public void A_path_that_is_not_UTF8_is_an_error()
    {
        byte[] text = [.. Encoding.ASCII.GetBytes(Sandbox.HashOf("1")), .. "  iam/dev/"u8, 0xff, (byte)'\n'];
        Assert.Equal([$"GOG5003 {File}:1"], Sandbox.Codes(LedgerReader.Read(text, Dev, File).Diagnostics));
    }

    [Theory]
    [InlineData("overlays/dev/kustomization.yaml", "dev")]
    [InlineData("overlays/dev/packages/wave-0/a.yaml", "dev")]
    [InlineData("iam/dev/README.md", "dev")]
    [InlineData("iam/registries/1-eu/mirror-policy.json", null)]
    [InlineData("base/a/package.yaml", null)]
    [InlineData("argocd-cm.yaml", null)]
    [InlineData("overlays/README.md", null)]
    [InlineData("iam/README.md", null)]
    public void Each_path_has_one_scope(string path, string? environment)
    {
        var parsed = RelativePath.Parse(path);
        Assert.True(new LedgerScope(environment).Holds(parsed));
        Assert.False(new LedgerScope(environment is null ? "dev" : null).Holds(parsed));
    }

    [Fact]
    public void Sha256sum_accepts_every_ledger_from_inside_the_output()
    {
        Assert.SkipUnless(System.IO.File.Exists("/usr/bin/sha256sum"), "sha256sum is not installed");
        using var sandbox = new Sandbox();
        sandbox.Render(("overlays/dev/a b.yaml", "1"), ("iam/dev/é.json", "2"), ("base/x/package.yaml", "3"), ("argocd-cm.yaml", "4"));
        foreach (var ledger in (string[])["overlays/dev/.gitopsgen", "base/.gitopsgen"])
        {
            using var process = Process.Start(
                new ProcessStartInfo("/usr/bin/sha256sum", ["--strict", "-c", ledger])
                {
                    WorkingDirectory = sandbox.Full(""),
                    RedirectStandardOutput = true,
                }
            )!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal((0, 2), (process.ExitCode, output.Split(": OK").Length - 1));
        }
    }
}
