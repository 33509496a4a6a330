using System.Collections.Concurrent;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Guards;

/// <summary>
/// Compares what Kustomize builds of the rendered tree with what it builds of the built-in templates' tree: every object of the latter is
/// there, in the same folder, once, with the same <see cref="ProtectedField"/>s; and no other package is anywhere.
/// </summary>
/// <param name="tree">The rendered files.</param>
/// <param name="builtIn">What the built-in templates alone make.</param>
/// <param name="output">The output folder, with which the paths of findings begin.</param>
/// <param name="shared">If given, equal folders are built and compared once, and a finding may name another file with the same content.</param>
internal sealed class ObjectGuard(FileTree tree, FileTree builtIn, RelativePath output, SharedContents? shared = null)
{
    private const string Overlays = "overlays/";
    private const string FollowedFix = "Write the result into files of the output, or set GOG4013 to warning or off if you check it in another way.";
    private const string Fix = "Let the template write it as the built-in one does; the lockfile and the settings decide it.";

    private readonly OutputBuild build = new(tree, output, shared);
    private readonly OutputBuild expected = new(builtIn, output, shared);

    // Folders of different overlays that are built from the same are one. What was right once need not be compared again.
    private readonly ConcurrentDictionary<(BuiltFolder There, BuiltFolder Wanted), bool> right = new();
    private readonly ConcurrentDictionary<(BuiltFolder There, BuiltFolder Wanted), bool> foreseen = new();
    private readonly ConcurrentDictionary<(BuiltFolder There, BuiltFolder Wanted), bool> ordered = new();
    private readonly ILookup<string, string> folders = Overlay(tree);
    private readonly ILookup<string, string> expectedFolders = Overlay(builtIn);

    /// <summary>What Kustomize builds of the rendered files.</summary>
    public OutputBuild Build => build;

    /// <summary>What is wrong with one environment.</summary>
    public ImmutableArray<GuardFinding> Check(string environment)
    {
        var overlay = Overlays + environment;
        var extras = $"{overlay}/packages/extras";
        var there = expectedFolders[environment].Where(folder => folder != extras && expected.HasKustomization(folder)).ToList();
        var wholes = there.Where(folder => there.Exists(other => IsBelow(other, folder))).OrderByDescending(folder => folder.Length).ToList();
        List<GuardFinding> found =
        [
            .. there.Except(wholes).SelectMany(CheckFolder),
            .. folders[environment].SelectMany(folder => Unplanned(folder, there)),
            .. CheckExtras(extras),
            .. CheckValues($"{overlay}/crossplane"),
        ];
        // What is wrong in a part is wrong in the whole, too; but only what nothing can soften may end the search.
        if (!found.Exists(finding => finding.Diagnostic.Rule == Rules.PackageChanged))
        {
            var places = found.Select(finding => finding.Diagnostic.Span).ToHashSet();
            found.AddRange(
                wholes
                    .SelectMany(CheckFolder)
                    .Where(finding => finding.Diagnostic.Span is { } span && (span.Start == SourcePosition.Start || !places.Contains(span)))
                    .Concat(wholes.SelectMany(whole => CheckApplied(extras, whole)))
                    .Concat(wholes.SelectMany(whole => CheckOrder(whole, there.Except(wholes))))
            );
        }

        return [.. found.DistinctBy(finding => finding.Diagnostic)];
    }

    /// <summary>
    /// What is wrong outside of the environments: the bases of packages have to be buildable, and no package may be in another folder, which
    /// somebody could apply.
    /// </summary>
    public ImmutableArray<GuardFinding> CheckShared() =>
        [
            .. build
                .Folders.Where(folder => !folder.StartsWith(Overlays, StringComparison.Ordinal))
                .SelectMany(folder => folder.StartsWith("base/", StringComparison.Ordinal) ? Problems(folder) : Unplanned(folder, []))
                .Concat(tree.Files.Where(file => IsOverriding(file.Path.Name)).Select(Overriding))
                .DistinctBy(finding => finding.Diagnostic),
        ];

    // https://argo-cd.readthedocs.io/en/stable/user-guide/parameters/#store-overrides-in-git, and what Flux leaves out of its copy.
    private static bool IsOverriding(string file) => file.StartsWith(".argocd-source", StringComparison.Ordinal) || file is ".sourceignore";

    private GuardFinding Overriding(OutputFile file) =>
        new(
            new(
                Rules.EngineObjectChanged,
                $"{file.Path} makes the engine apply something else than what Kustomize builds.",
                "Remove it; the lockfile and the settings decide what is applied.",
                SourceSpan.StartOf(Shown(file.Path.Value))
            ),
            [file.Path.Value]
        );

    private List<GuardFinding> CheckFolder(string folder) => Once(right, folder, () => Compare(folder));

    private List<GuardFinding> Once(
        ConcurrentDictionary<(BuiltFolder There, BuiltFolder Wanted), bool> known,
        string folder,
        Func<IEnumerable<GuardFinding>> check
    )
    {
        // What an engine's folder has of the built-in templates alone is right.
        if (IsOfEngine(folder) && build.ContentOf(folder) is { } content && content == expected.ContentOf(folder))
            return [];

        var pair = (build.BuildWhole(folder), expected.BuildWhole(folder));
        if (known.ContainsKey(pair))
            return [];

        List<GuardFinding> found = [.. check()];
        if (found.Count == 0)
            known.TryAdd(pair, true);

        return found;
    }

    private IEnumerable<GuardFinding> Compare(string folder)
    {
        var whole = build.BuildWhole(folder);
        foreach (var finding in Problems(folder))
            yield return finding;

        foreach (var finding in Nameless(folder))
            yield return finding;

        var byIdentity = whole.Objects.ToLookup(ObjectIdentity.Of);
        foreach (var wanted in expected.BuildWhole(folder).Objects)
        {
            var identity = ObjectIdentity.Of(wanted)!.Value;
            var same = byIdentity[identity].ToList();
            if (same.Count != 1)
            {
                yield return Missing(folder, identity, wanted, same.Count);
                continue;
            }

            foreach (var field in ProtectedField.Of(identity).Where(field => !field.IsKept(field.In(wanted), field.In(same[0]))))
                yield return Different(identity, field, wanted, same[0]);
        }
    }

    // Whether Kustomize builds it, and whether all that it does can be followed. Names are protected: that one is renamed needs no following.
    private IEnumerable<GuardFinding> Problems(string folder, bool namesAreFree = false)
    {
        var whole = build.BuildWhole(folder);
        var rule = namesAreFree || IsOfEngine(folder) ? Rules.EngineObjectChanged : Rules.PackageChanged;
        var renaming = whole.Gaps.Where(gap => whole.Renaming.Contains(gap.Span!.Value)).ToList();
        return whole
            .Findings.Select(problem => problem.Rule == Rules.NotCarried ? problem : problem with { Rule = rule, Severity = rule.Default })
            .Concat(
                renaming
                    .Where(_ => !namesAreFree)
                    .Select(gap => new Diagnostic(rule, "This renames what the plan names.", "Remove it; names follow from the lockfile.", gap.Span))
            )
            .Concat(whole.Gaps.Except(renaming).Select(gap => new Diagnostic(Rules.NotFollowed, gap.Message, FollowedFix, gap.Span)))
            .Select(problem => new GuardFinding(problem, [KustomizationOf(folder)]));
    }

    private GuardFinding Missing(string folder, ObjectIdentity identity, YamlNode wanted, int count) =>
        new(
            new(
                RuleOf(identity),
                count == 0
                    ? $"{identity} is not among the objects that Kustomize builds of {folder}."
                    : $"{identity} is {count} times among the objects that Kustomize builds of {folder}.",
                Fix,
                SourceSpan.StartOf(Shown(KustomizationOf(folder)))
            ),
            [.. SourcesOf(wanted), KustomizationOf(folder)]
        );

    private GuardFinding Different(ObjectIdentity identity, ProtectedField field, YamlNode wanted, YamlNode node)
    {
        var (builtInValue, there) = (field.In(wanted), field.In(node));
        return new(
            new(
                field.Rule ?? RuleOf(identity),
                $"{field.Name} of {identity} {(there is YamlScalar scalar ? $"is '{Excerpt.Of(scalar.Text)}'" : there is null ? "is absent" : "differs")}; "
                    + (
                        builtInValue is YamlScalar value ? $"the built-in template has '{Excerpt.Of(value.Text)}'."
                        : builtInValue is null ? "the built-in template has nothing there."
                        : "it is not as the built-in template has it."
                    ),
                Fix,
                (there ?? node).Span
            ),
            SourcesOf(wanted)
        );
    }

    private IEnumerable<GuardFinding> CheckExtras(string extras)
    {
        foreach (var finding in Problems(extras, namesAreFree: true))
            yield return finding;

        foreach (var finding in Nameless(extras))
            yield return finding;
    }

    private IEnumerable<GuardFinding> Nameless(string folder) =>
        build
            .BuildWhole(folder)
            .Objects.Where(node => node is not YamlUnreadable && ObjectKey.Of(node) is null)
            .Select(node => new GuardFinding(
                new(
                    Rules.EngineObjectChanged,
                    "This is not an object with apiVersion, kind and metadata.name: Kustomize cannot build it.",
                    "Write an object, or move the file to a folder of your own.",
                    node.Span
                ),
                []
            ));

    private IEnumerable<GuardFinding> CheckApplied(string extras, string whole)
    {
        if (build.BuildWhole(extras).Objects.IsEmpty)
            return [];

        var lost = build
            .BuildWhole(extras)
            .Objects.Select(ObjectKey.Of)
            .Except(build.BuildWhole(whole).Objects.Select(ObjectKey.Of))
            .FirstOrDefault();
        return lost is { } key
            ?
            [
                new(
                    new(
                        Rules.EngineObjectChanged,
                        $"{Excerpt.Of(key.ToString())} is in {extras}, but not among the objects that Kustomize builds of {whole}.",
                        Fix,
                        SourceSpan.StartOf(Shown(KustomizationOf(whole)))
                    ),
                    [KustomizationOf(whole)]
                ),
            ]
            : [];
    }

    // One 'kubectl apply -k' of the folder has to send the objects of a folder before those of the next one.
    private IEnumerable<GuardFinding> CheckOrder(string whole, IEnumerable<string> parts) =>
        !expected.KeepsOrder(whole) || (build.KeepsOrder(whole) && HasSameOrder(whole)) ? [] : CompareOrder(whole, parts);

    private bool HasSameOrder(string whole) =>
        ordered.GetOrAdd(
            (build.BuildWhole(whole), expected.BuildWhole(whole)),
            pair => pair.There.Objects.Select(ObjectIdentity.Of).SequenceEqual(pair.Wanted.Objects.Select(ObjectIdentity.Of))
        );

    private IEnumerable<GuardFinding> CompareOrder(string whole, IEnumerable<string> parts)
    {
        var placeOf = parts
            .SelectMany(part => expected.BuildWhole(part).Objects.Select(node => (Id: ObjectIdentity.Of(node)!.Value, Part: part)))
            .DistinctBy(pair => pair.Id)
            .ToDictionary(pair => pair.Id, pair => pair.Part);
        var order = PartsOf(expected).Distinct().ToList();
        var places = PartsOf(build).Select(part => order.IndexOf(part)).ToList();
        if (!(build.KeepsOrder(whole) && places.Order().SequenceEqual(places)))
        {
            yield return new(
                new(
                    Rules.EngineObjectChanged,
                    $"What Kustomize builds of {whole} is not in the order {string.Join(", ", order.Select(part => part[(whole.Length + 1)..]))}.",
                    "List the folders in that order, and write 'sortOptions: { order: fifo }'.",
                    SourceSpan.StartOf(Shown(KustomizationOf(whole)))
                ),
                [KustomizationOf(whole)]
            );
        }

        IEnumerable<string> PartsOf(OutputBuild some) =>
            some.BuildWhole(whole).Objects.Select(ObjectIdentity.Of).OfType<ObjectIdentity>().Where(placeOf.ContainsKey).Select(id => placeOf[id]);
    }

    // The file that Argo CD or Flux's ConfigMap gives to Helm, and that ConfigMap.
    private IEnumerable<GuardFinding> CheckValues(string folder)
    {
        var path = RelativePath.Parse($"{folder}/values.yaml");
        if (
            builtIn.TryGet(path, out var wanted)
            && !(tree.TryGet(path, out var there) && (there.Content.Equals(wanted.Content) || AreEqual(there, wanted)))
        )
        {
            yield return OtherValues(SourceSpan.StartOf(Shown(path.Value)), path.Value);
        }

        if (!SameValues(expected.ConfigMapsOf(folder), build.ConfigMapsOf(folder)))
        {
            yield return OtherValues(
                (build.ConfigMapsOf(folder)?.Span) ?? SourceSpan.StartOf(Shown(KustomizationOf(folder))),
                KustomizationOf(folder)
            );
        }
    }

    private static GuardFinding OtherValues(SourceSpan at, string file) =>
        new(
            new(
                Rules.ValuesChanged,
                $"{file} does not give Helm the values of the settings and the lockfile.",
                "Set values under 'crossplane' of the settings, where they are checked, and print environment.core.values.",
                at
            ),
            [file]
        );

    private bool AreEqual(OutputFile there, OutputFile wanted)
    {
        var (read, other) = (Read(there), Read(wanted));
        return read is not null && NodeEquality.Instance.Equals(read, other);
    }

    private YamlNode? Read(OutputFile file)
    {
        var (node, found) = YamlReader.Read(Shown(file.Path.Value), file.Content.Span);
        return found.IsEmpty ? node : null;
    }

    // The ConfigMaps that the built-in templates generate; their labels, and others, are free.
    private static bool SameValues(YamlNode? builtIn, YamlNode? there) =>
        (builtIn as YamlSequence)
            ?.Items.OfType<YamlMapping>()
            .All(wanted =>
                (there as YamlSequence)?.Items.OfType<YamlMapping>().Where(map => NodeEquality.Instance.Equals(map["name"], wanted["name"])).ToList()
                    is [var same]
                && wanted
                    .Entries.Concat(same.Entries)
                    .All(entry => entry.Key.Text == "options" || NodeEquality.Instance.Equals(same[entry.Key.Text], wanted[entry.Key.Text]))
                && KeepsOptions(wanted["options"], same["options"])
            ) != false;

    // The HelmRelease knows the ConfigMap by its name, without a hash.
    private static bool KeepsOptions(YamlNode? builtIn, YamlNode? there) =>
        builtIn is not YamlMapping wanted
        || (
            there is YamlMapping options
            && NodeEquality.Instance.Equals(wanted["disableNameSuffixHash"], options["disableNameSuffixHash"])
            && (wanted["annotations"] as YamlMapping)?.Entries.All(entry =>
                NodeEquality.Instance.Equals(entry.Value, options.At("annotations", entry.Key.Text))
            )
                is not false
        );

    // Extras, an engine's folder, a folder of the user's own: packages come from the lockfile, into their wave.
    private IEnumerable<GuardFinding> Unplanned(string folder, List<string> planned)
    {
        var free = build.FreeObjectsOf(folder);
        return planned.Contains(folder) && free.Count == 0
            ? Once(foreseen, folder, () => Unplanned(folder, planned, build.BuildWhole(folder).Objects))
            : Unplanned(folder, planned, build.BuildWhole(folder).Objects.Concat(free));
    }

    private IEnumerable<GuardFinding> Unplanned(string folder, List<string> planned, IEnumerable<YamlNode> objects)
    {
        foreach (var node in objects)
        {
            if (ObjectIdentity.Of(node) is not { } identity)
                continue;

            if (!(identity.IsPackage || Redirects(identity, node, planned)))
            {
                if (!planned.Contains(folder) && !planned.Exists(other => IsBelow(other, folder)) && HolderOf(node, planned) is { } holder)
                    yield return Again(identity, node, folder, holder);

                continue;
            }

            if (IsPlannedIn(folder, identity))
                continue;

            var elsewhere = planned.Find(other => IsPlannedIn(other, identity));
            yield return new(
                identity.IsPackage
                    ? new(
                        Rules.PackageChanged,
                        $"{identity} is in {(folder.Length == 0 ? "the output" : folder)}, but the plan has {(elsewhere is null ? "no such package" : $"it in {elsewhere}")}.",
                        "Add packages to the lockfile, which gives them their place.",
                        node.Span
                    )
                    : new(
                        Rules.PackageChanged,
                        $"{identity} redirects pulls of packages, which the plan does not.",
                        "Set the registry and its prefixes in the settings.",
                        node.Span
                    ),
                []
            );
        }
    }

    // Two of them would overwrite each other in the cluster, for ever.
    private string? HolderOf(YamlNode node, List<string> planned) =>
        ObjectKey.Of(node) is { } key
            ? planned.Find(other => expected.BuildWhole(other).Objects.Any(there => ObjectKey.Of(there) is { } its && IsSame(its, key)))
            : null;

    private static bool IsSame(ObjectKey one, ObjectKey other) =>
        one.Kind == other.Kind
        && one.Name == other.Name
        && one.Namespace == other.Namespace
        && one.ApiVersion.Split('/')[0] == other.ApiVersion.Split('/')[0];

    private static GuardFinding Again(ObjectIdentity identity, YamlNode node, string folder, string holder) =>
        new(
            new(
                RuleOf(identity),
                $"{identity} is in {(folder.Length == 0 ? "the output" : folder)}, but the plan has it in {holder}.",
                "Give the object another name, or change the template of the one that the plan has.",
                node.Span
            ),
            []
        );

    private bool IsPlannedIn(string folder, ObjectIdentity identity) =>
        !folder.EndsWith("/packages/extras", StringComparison.Ordinal)
        && expected.BuildWhole(folder).Objects.Any(node => ObjectIdentity.Of(node) == identity);

    // Pulls of what the plan does not have are the user's business.
    private bool Redirects(ObjectIdentity identity, YamlNode node, List<string> planned) =>
        identity is { IsOfPackages: true, Kind: "ImageConfig" }
        && ((YamlMapping)node)["spec"] is YamlMapping spec
        && spec["rewriteImage"] is not null
        && (
            planned.Count == 0
            || spec["matchImages"] is not YamlSequence matches
            || matches.Items.Select(ProtectedField.PrefixOf).Any(prefix => prefix is null || Pulled(planned).Any(image => Begins(image, prefix)))
        );

    private IEnumerable<string> Pulled(List<string> planned) =>
        planned
            .SelectMany(folder => expected.BuildWhole(folder).Objects)
            .Where(node => ObjectIdentity.Of(node) is { IsPackage: true })
            .Select(node => node.StringAt("spec", "package"))
            .OfType<string>();

    private static bool Begins(string image, string prefix) => image.StartsWith(prefix, StringComparison.Ordinal);

    private static Rule RuleOf(ObjectIdentity identity) => identity.IsOfPackages ? Rules.PackageChanged : Rules.EngineObjectChanged;

    // The files that make an object: the last patch first, and the kustomizations beside them.
    private ImmutableArray<string> SourcesOf(YamlNode node)
    {
        var files = Spans(node).Select(span => span.File[(output.Value.Length + 1)..]).Distinct().ToList();
        return [.. files, .. files.Select(file => KustomizationOf(RelativePath.Parse(file).Parent?.Value ?? "")).Distinct()];
    }

    private static IEnumerable<SourceSpan> Spans(YamlNode node) =>
        (
            node switch
            {
                YamlMapping mapping => mapping.Entries.SelectMany(entry => Spans(entry.Value)),
                YamlSequence list => list.Items.SelectMany(Spans),
                _ => [],
            }
        ).Prepend(node.Span);

    private static ILookup<string, string> Overlay(FileTree tree) =>
        tree
            .Files.Select(file => file.Path.Parent?.Value ?? "")
            .Distinct()
            .Where(folder => folder.StartsWith(Overlays, StringComparison.Ordinal))
            .ToLookup(folder => folder.Split('/')[1], StringComparer.Ordinal);

    private static bool IsOfEngine(string folder) => folder.Split('/') is ["overlays", _, not "packages", ..];

    private static bool IsBelow(string folder, string other) => folder.StartsWith($"{other}/", StringComparison.Ordinal);

    private static string KustomizationOf(string folder) => $"{folder}/kustomization.yaml";

    private string Shown(string path) => RelativePath.Parse(path).Below(output).Value;
}

/// <summary>A difference between what Kustomize builds and the plan.</summary>
/// <param name="Diagnostic">What is wrong; its place is in a rendered file.</param>
/// <param name="Sources">The rendered files, below the output, whose templates may be to blame, the likeliest first.</param>
internal sealed record GuardFinding(Diagnostic Diagnostic, ImmutableArray<string> Sources);
