using System.Text.Json.Nodes;
using CsCheck;
using GitOpsGen.Inputs;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Laws;

/// <summary>Environments that one engine manages share no object of it, or that is an error.</summary>
public sealed class EngineObjectLawTests
{
    private static readonly string[] OfEngines = ["toolkit.fluxcd.io", "argoproj.io"];
    private static readonly string[] Names = ["", "a", "a-wave-0", "a-prerequisites", "env-1-crossplane"];

    private static readonly Gen<Chosen> Environment = Gen.Select(
        Gen.Bool,
        Gen.Int[0, 4],
        Gen.Int[0, 4],
        Gen.Bool,
        Gen.Frequency((6, Gen.Const(false)), (1, Gen.Const(true))),
        (hasFlux, name, release, isElsewhere, isLocal) => new Chosen(hasFlux, Names[name], Names[release], isElsewhere ? "other" : "engines", isLocal)
    );

    [Fact]
    public void Two_environments_of_one_engine_share_no_object_or_that_is_an_error()
    {
        var (shared, apart) = (0, 0);
        Environment
            .Array[2, 4]
            .Sample(
                environments =>
                {
                    var isRefused = Render(environments, out var objects);
                    var twice = objects
                        .GroupBy(pair => pair.Object, StringComparer.Ordinal)
                        .Any(same => same.Count() > 1 && !same.All(pair => pair.IsLocal));
                    Assert.Equal(twice, isRefused);
                    _ = twice ? Interlocked.Increment(ref shared) : Interlocked.Increment(ref apart);
                },
                iter: LongProof.IsWhole ? 200 : 40,
                threads: 1
            );
        Assert.True(shared > 0 && apart > 0);
    }

    private static bool Render(Chosen[] environments, out List<(string Object, bool IsLocal)> objects)
    {
        using var temp = new TempFolder();
        temp.Write("packages.lock.yaml", File.ReadAllText(Path.Combine(new Scenario("one-flux-for-several-clusters").Folder, "packages.lock.yaml")));
        // With a warning, what clashes is rendered, too.
        temp.Write(
            ".config/gitopsgen.yaml",
            "settingsVersion: 1\nrules: { GOG1131: warning }\nenvironments:\n" + string.Concat(environments.Select((one, number) => one.Text(number)))
        );
        var outcome = Generator.Render(new InputTree(temp.Path), new(), null, CancellationToken.None);
        Assert.DoesNotContain(outcome.Diagnostics, found => found.Severity == Diagnostics.Severity.Error);
        objects =
        [
            .. from number in Enumerable.Range(0, environments.Length)
            from file in Directory.GetFiles(temp[$"manifests/overlays/env-{number}"], "*.yaml", SearchOption.AllDirectories)
            from document in Documents.ReadAll(File.ReadAllText(file)).OfType<JsonObject>()
            let version = document["apiVersion"]?.GetValue<string>() ?? ""
            where OfEngines.Any(name => version.Contains(name, StringComparison.Ordinal))
            let metadata = document["metadata"]
            select ($"{document["kind"]} {metadata!["namespace"]} {metadata["name"]}", environments[number].IsLocal),
        ];
        return outcome.Diagnostics.Any(found => found.Rule.Code == "GOG1131");
    }

    /// <summary>What one environment says about its engine.</summary>
    private sealed record Chosen(bool HasFlux, string Name, string Release, string Namespace, bool IsLocal)
    {
        public string Text(int number) =>
            $"  env-{number}:\n    gitops:\n      engine: {(HasFlux ? "flux" : "argocd")}\n"
            + (
                HasFlux
                    ? $"      flux:\n        namespace: {Namespace}\n"
                        + (IsLocal ? "" : $"        kubeConfig: {{ secretRef: {{ name: cluster-{number} }} }}\n")
                        + (Release.Length == 0 ? "" : $"        helmRelease: {{ name: {Release} }}\n")
                    : $"      argocd:\n        namespace: {Namespace}\n        repoURL: https://example.com/x.git\n"
                        + $"        destination: {{ name: {(IsLocal ? "in-cluster" : $"cluster-{number}")} }}\n"
            )
            + (Name.Length == 0 ? "" : $"        name: {Name}\n");
    }
}
