using GitOpsGen.Model;
using GitOpsGen.Testing;
using GitOpsGen.Validation;
using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>Objects about which a real API server was asked: one in each file, with its verdict on a creation and on a server-side apply.</summary>
public sealed class ApiServerCasesTests
{
    /// <param name="Created">The codes that are found where the object is created, or applied by a client.</param>
    /// <param name="Applied">The codes that are found where it is applied server-side.</param>
    private sealed record Verdict(string Created, string Applied);

    private static readonly Dictionary<string, Verdict> Verdicts = new()
    {
        ["byte-empty"] = Both("GOG7104"),
        ["duplicate-key"] = Both("GOG1006"),
        ["embedded-no-metadata"] = Both(""),
        ["finalizers"] = Both("GOG7106"),
        // The server accepts it. Crossplane cannot read it.
        ["int32"] = Both("GOG7107"),
        ["label-key-uppercase-prefix"] = Both("GOG7106"),
        ["namespace-empty"] = Both(""),
        ["null-field"] = new("GOG7110", "GOG7103"),
        ["null-provider"] = new("GOG7110", "GOG7103"),
        ["status"] = Both(""),
        ["version-not-served"] = Both("GOG7202"),
    };

    private static readonly string[] Accepted = ["", "GOG7110"];

    [Fact]
    public void What_the_server_said_about_each_object_is_said()
    {
        var folder = SharedData.Require("cases", "validate");
        var files = Directory.GetFiles(folder, "*.yaml").ToDictionary(path => Path.GetFileNameWithoutExtension(path)!, StringComparer.Ordinal);
        Assert.Equal(Verdicts.Keys.Order(StringComparer.Ordinal), files.Keys.Order(StringComparer.Ordinal));

        var catalogue = RealCrds.Catalogue;
        Assert.All(
            files,
            file =>
            {
                var verdict = Verdicts[file.Key];
                Assert.Equal(verdict.Created, Check(catalogue, File.ReadAllBytes(file.Value), isServerSide: false));
                Assert.Equal(verdict.Applied, Check(catalogue, File.ReadAllBytes(file.Value), isServerSide: true));
            }
        );
    }

    private static Verdict Both(string codes) => new(codes, codes);

    // A file is invalid exactly when there is an error.
    private static string Check(CrdCatalogue catalogue, byte[] content, bool isServerSide)
    {
        var (counts, found) = OutputValidation.Check(
            new FileTree([new OutputFile(RelativePath.Parse("overlays/dev/a.yaml"), content)]),
            RelativePath.Parse("out"),
            catalogue,
            new Dictionary<string, EngineApply> { [isServerSide ? "overlays/dev" : "overlays/other"] = EngineApply.ServerSide },
            jobs: 1,
            TestContext.Current.CancellationToken
        );
        var codes = string.Join(' ', found.Select(d => d.Rule.Code));
        Assert.Equal(Accepted.Contains(codes) ? new(1, 0, 0) : new(0, 1, 0), counts);
        return codes;
    }
}
