using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Guards;

/// <summary>
/// Compares the objects of an environment, as Kustomize builds them, with the plan: which packages there are, where each comes from,
/// in which wave it is applied, and what keeps an engine from deleting it. A template can write anything; none of this.
/// </summary>
/// <param name="tree">The rendered files.</param>
/// <param name="output">The output folder, with which the paths of findings begin.</param>
/// <param name="sharesContents"><inheritdoc cref="OutputFolders" path="/param[@name='sharesContents']"/></param>
internal sealed class IdentityCheck(FileTree tree, RelativePath output, bool sharesContents)
{
    private const string PackageGroup = "pkg.crossplane.io/";
    private const string Fix = "Let the template leave that as the built-in one has it; the lockfile and the settings decide it.";

    private readonly OutputBuild build = new(tree, output, sharesContents);

    /// <summary>What is wrong with one environment.</summary>
    public ImmutableArray<IdentityFinding> Check(ExpectedEnvironment expected)
    {
        var found = new List<IdentityFinding>();
        foreach (var folder in expected.Folders)
        {
            found.AddRange(CheckFolder(folder));
        }

        found.AddRange(CheckOthers(expected));
        found.AddRange(CheckValues(expected));
        if (found.Count == 0)
        {
            found.AddRange(expected.Wholes.SelectMany(whole => CheckWhole(whole, expected)));
        }

        return [.. found.DistinctBy(finding => finding.Diagnostic)];
    }

    /// <summary>
    /// What is wrong outside of all environments: the bases of packages have to say nothing but which there are, and no package may be
    /// in another folder, which somebody could apply.
    /// </summary>
    public ImmutableArray<IdentityFinding> CheckShared()
    {
        var found = new List<IdentityFinding>();
        foreach (var folder in build.Folders.Where(folder => !IsIn(folder, "overlays")))
        {
            if (IsIn(folder, "base"))
            {
                var whole = build.BuildWhole(folder);
                found.AddRange(whole.Findings.Concat(whole.Doubts).Select(problem => Broken(problem, Rules.PackageChanged, folder)));
            }
            else
            {
                found.AddRange(Unplanned(folder, AllOf(folder)));
            }
        }

        return [.. found.DistinctBy(finding => finding.Diagnostic)];
    }

    private IEnumerable<IdentityFinding> CheckFolder(ExpectedFolder expected)
    {
        var whole = build.BuildWhole(expected.Folder);
        foreach (var problem in whole.Findings.Concat(whole.Doubts))
        {
            yield return Broken(problem, expected.Rule, expected.Folder);
        }

        foreach (var wanted in expected.Objects)
        {
            var same = whole.Objects.Where(node => IsSame(node, wanted)).ToList();
            if (same.Count != 1)
            {
                yield return Missing(expected, wanted, same.Count);
                continue;
            }

            foreach (var field in wanted.Fields.Where(field => !field.IsMet(field.In(same[0]))))
            {
                yield return Different(expected, wanted, field, same[0]);
            }
        }
    }

    private static IdentityFinding Broken(Diagnostic problem, Rule rule, string folder) =>
        new(problem with { Rule = rule, Severity = rule.Default }, [KustomizationOf(folder)]);

    private IdentityFinding Missing(ExpectedFolder expected, ExpectedObject wanted, int count) =>
        new(
            new(
                expected.Rule,
                count == 0
                    ? $"{wanted.Kind} {wanted.Name} is not among what {expected.Folder} builds, where the plan has it."
                    : $"{wanted.Kind} {wanted.Name} is {count} times among what {expected.Folder} builds.",
                Fix,
                SourceSpan.StartOf(Shown(KustomizationOf(expected.Folder)))
            ),
            [.. wanted.Sources, KustomizationOf(expected.Folder)]
        );

    private static IdentityFinding Different(ExpectedFolder expected, ExpectedObject wanted, ExpectedField field, YamlNode node)
    {
        var there = field.In(node);
        var shown = there switch
        {
            null => "is absent",
            YamlScalar scalar => $"is '{Excerpt.Of(scalar.Text)}'",
            _ => "is something else",
        };
        return new(
            new(expected.Rule, $"{field.Name} of {wanted.Kind} {wanted.Name} {shown}, but has to be {field.Wanted}.", Fix, (there ?? node).Span),
            wanted.Sources
        );
    }

    // Extras, an engine's folder, a folder of the user's own: packages come from the lockfile, into their wave.
    private IEnumerable<IdentityFinding> CheckOthers(ExpectedEnvironment expected)
    {
        foreach (
            var finding in build
                .Folders.Where(folder => IsIn(folder, expected.Folder))
                .SelectMany(folder => Unplanned(folder, AllOf(folder), expected))
        )
        {
            yield return finding;
        }

        if (expected.Extras is not { } extras)
        {
            yield break;
        }

        var whole = build.BuildWhole(extras);
        foreach (var problem in whole.Findings)
        {
            yield return Broken(problem, Rules.EngineObjectChanged, extras);
        }

        foreach (var gap in whole.Doubts)
        {
            yield return Broken(
                gap with
                {
                    Fix = "Write what is meant into files of the output: what cannot be looked at may be a package.",
                },
                Rules.PackageChanged,
                extras
            );
        }

        foreach (var nameless in whole.Objects.Where(node => node is not YamlUnreadable && ObjectKey.Of(node) is null))
        {
            yield return new(
                new(
                    Rules.EngineObjectChanged,
                    "This is no object with apiVersion, kind and metadata.name: no kustomization with it can be built.",
                    "Write an object, or move the file out of the extras.",
                    nameless.Span
                ),
                []
            );
        }

        foreach (var free in build.FreeFilesOf(extras))
        {
            yield return new(
                new(
                    Rules.EngineObjectChanged,
                    $"{free.Path} is not among the resources of its kustomization, and would never be applied.",
                    Fix,
                    SourceSpan.StartOf(Shown(free.Path.Value))
                ),
                [KustomizationOf(extras), free.Path.Value]
            );
        }
    }

    private IEnumerable<IdentityFinding> CheckValues(ExpectedEnvironment expected)
    {
        if (expected.Values is not var (file, values))
        {
            yield break;
        }

        var path = RelativePath.Parse(file);
        var read = tree.TryGet(path, out var rendered) ? YamlReader.Read(Shown(file), rendered.Content.Span) : null;
        if (read?.Value is null || !read.Diagnostics.IsEmpty || !NodeEquality.Instance.Equals(read.Value, values))
        {
            yield return new(
                new(
                    Rules.ValuesChanged,
                    $"{file} does not say what the settings and the lockfile give.",
                    "Set values under 'crossplane' of the settings, where they are checked, and print environment.core.values.",
                    SourceSpan.StartOf(Shown(file))
                ),
                [file]
            );
        }
    }

    private IEnumerable<IdentityFinding> CheckWhole(string folder, ExpectedEnvironment expected)
    {
        var whole = build.BuildWhole(folder);
        var objects = whole.Objects;
        foreach (var problem in whole.Findings.Concat(whole.Doubts))
        {
            yield return Broken(problem, Rules.PackageChanged, folder);
        }

        foreach (var wave in expected.Waves)
        {
            foreach (
                var finding in wave
                    .Objects.Where(wanted => objects.Count(node => IsSame(node, wanted)) != 1)
                    .Select(wanted => Missing(wave with { Folder = folder }, wanted, objects.Count(node => IsSame(node, wanted))))
            )
            {
                yield return finding;
            }
        }

        if (
            expected.Extras is { } extras
            && build.BuildWhole(extras).Objects.Select(ObjectKey.Of).Except(objects.Select(ObjectKey.Of)).FirstOrDefault() is { } lost
        )
        {
            yield return new(
                new(
                    Rules.EngineObjectChanged,
                    $"{Excerpt.Of(lost.ToString())} of {extras} is not among what {folder} builds.",
                    Fix,
                    SourceSpan.StartOf(Shown(KustomizationOf(folder)))
                ),
                [KustomizationOf(folder)]
            );
        }
    }

    private static IEnumerable<IdentityFinding> Unplanned(string folder, IEnumerable<YamlNode> objects, ExpectedEnvironment? environment = null)
    {
        foreach (var node in objects)
        {
            if (IsPackage(node) && !IsPlanned(node, folder, environment))
            {
                var elsewhere = environment?.Waves.FirstOrDefault(wave => wave.Objects.Any(wanted => IsSame(node, wanted)));
                yield return new(
                    new(
                        Rules.PackageChanged,
                        $"{NameOf(node)} is in {(folder.Length == 0 ? "the output" : folder)}, where the plan has {(elsewhere is null ? "no package of this name" : $"it not: its place is {elsewhere.Folder}")}.",
                        "Add packages to the lockfile, which gives them their place.",
                        node.Span
                    ),
                    []
                );
            }
            else if (RewritesImages(node) && environment?.Folders.Any(known => known.Objects.Any(wanted => IsSame(node, wanted))) != true)
            {
                yield return new(
                    new(
                        Rules.PackageChanged,
                        $"{NameOf(node)} redirects pulls of packages, which the plan does not.",
                        "Set the registry and its prefixes in the settings.",
                        node.Span
                    ),
                    []
                );
            }
        }
    }

    private static bool IsPlanned(YamlNode node, string folder, ExpectedEnvironment? environment) =>
        environment?.Waves.Any(wave =>
            (wave.Folder == folder || environment.Wholes.Contains(folder)) && wave.Objects.Any(wanted => IsSame(node, wanted))
        ) == true;

    // What its kustomization builds, and the files that it leaves out.
    private IEnumerable<YamlNode> AllOf(string folder) => build.BuildWhole(folder).Objects.Concat(build.Build(folder).Objects);

    private static bool IsPackage(YamlNode node) => IsOfCrossplane(node, out var kind) && kind is "Provider" or "Function" or "Configuration";

    private static bool RewritesImages(YamlNode node) =>
        IsOfCrossplane(node, out var kind)
        && kind == "ImageConfig"
        && ((YamlMapping)node)["spec"] is YamlMapping spec
        && spec["rewriteImage"] is not null;

    private static bool IsOfCrossplane(YamlNode node, out string? kind)
    {
        kind = node is YamlMapping mapping ? YamlScalar.TextOf(mapping["kind"]) : null;
        return kind is not null && YamlScalar.TextOf(((YamlMapping)node)["apiVersion"])?.StartsWith(PackageGroup, StringComparison.Ordinal) == true;
    }

    // Whatever its version or namespace: a cluster knows it by group, kind and name.
    private static bool IsSame(YamlNode node, ExpectedObject wanted) =>
        node is YamlMapping mapping
        && YamlScalar.TextOf(mapping["kind"]) == wanted.Kind
        && YamlScalar.TextOf(mapping["apiVersion"])?.Split('/')[0] == wanted.ApiVersion.Split('/')[0]
        && mapping["metadata"] is YamlMapping metadata
        && YamlScalar.TextOf(metadata["name"]) == wanted.Name;

    private static string NameOf(YamlNode node) => Excerpt.Of(ObjectKey.Of(node)?.ToString() ?? "An object without a name");

    private static bool IsIn(string folder, string other) => folder == other || folder.StartsWith($"{other}/", StringComparison.Ordinal);

    private static string KustomizationOf(string folder) => $"{folder}/kustomization.yaml";

    private string Shown(string path) => RelativePath.Parse(path).Below(output).Value;
}
