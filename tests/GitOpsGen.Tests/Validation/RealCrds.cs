using GitOpsGen.Testing;
using GitOpsGen.Validation;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>The CRDs of Crossplane, Argo CD and Flux, read once for all tests.</summary>
internal static class RealCrds
{
    private static readonly Lazy<CrdCatalogue> Shared = new(() => Read(Files()));
    private static readonly Lazy<CrdKind[]> SharedKinds = new(() => [.. Crds.Kinds(Files())]);

    /// <summary>All of them; the test is skipped where the data is absent.</summary>
    public static CrdCatalogue Catalogue
    {
        get
        {
            SharedData.Require("data", "crds");
            return Shared.Value;
        }
    }

    /// <summary>The same as kinds, in the order of the files.</summary>
    public static CrdKind[] Kinds => SharedKinds.Value;

    /// <summary>Their CEL rules, each once.</summary>
    public static string[] Rules() =>
        [
            .. Kinds
                .Slots()
                .SelectMany(slot => slot.Source is YamlMapping source && source["x-kubernetes-validations"] is YamlSequence list ? list.Items : [])
                .Select(rule => YamlScalar.TextOf(((YamlMapping)rule)["rule"])!)
                .Distinct(),
        ];

    public static CrdFile[] Files() =>
        [
            .. Directory
                .EnumerateFiles(SharedData.Require("data", "crds"), "*.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(path => new CrdFile(Path.GetRelativePath(SharedData.Folder, path), File.ReadAllBytes(path))),
        ];

    private static CrdCatalogue Read(CrdFile[] files)
    {
        var (catalogue, found) = CrdCatalogue.Read(files);
        Assert.Empty(found);
        return catalogue!;
    }
}
