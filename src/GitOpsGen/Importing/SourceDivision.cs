using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Yaml;

namespace GitOpsGen.Importing;

/// <summary>
/// Gives each environment its part of the sources: what belongs to it alone, what belongs to all, and the folders that its engine's objects
/// apply, as Kustomize and Flux make them.
/// </summary>
internal sealed class SourceDivision
{
    private readonly SourceTree tree;
    private readonly ImportRequest request;
    private readonly ImmutableArray<EnvironmentEntry> entries;
    private readonly DiagnosticBag bag;
    private readonly SourceReach reach;

    public SourceDivision(SourceTree tree, ImportRequest request, ImmutableArray<EnvironmentEntry> entries, DiagnosticBag bag)
    {
        this.tree = tree;
        this.request = request;
        this.entries = entries;
        this.bag = bag;
        reach = new(tree);
    }

    public EnvironmentSources Of(EnvironmentEntry entry) => new Collection(this, entry).Collect();

    private bool IsOfAnEnvironment(string key) => entries.Any(entry => entry.Keys.Any(scope => SourceTree.IsIn(key, scope)));

    private BuiltFolder Built(SourceTree from, string folder)
    {
        var built = from.Build(folder);
        var missing = MissingIn(from, folder).ToList();
        bag.AddRange(missing);
        foreach (var found in built.Gaps.Concat(built.Findings).Where(found => !missing.Exists(other => other.Span == found.Span)))
        {
            bag.Add(
                Rules.ImportKustomization,
                found.Span,
                Worded(found.Message),
                "Import what Kustomize makes: kubectl kustomize FOLDER | gitopsgen import - --env NAME=-"
            );
        }

        return built;
    }

    // A build of the output says the same of what was rendered.
    private static string Worded(string message) =>
        message
            .Replace("which is not in the output,", "which is not among the sources,", StringComparison.Ordinal)
            .Replace(
                "the objects may be others than those that were checked",
                "the objects may be others than those that were read",
                StringComparison.Ordinal
            );

    // What Flux makes of a folder is a tree of its own.
    private SourceReach ReachOf(SourceTree from) => from == tree ? reach : new(from);

    private IEnumerable<Diagnostic> MissingIn(SourceTree from, string folder) =>
        ReachOf(from)
            .From(folder)
            .Select(from.KustomizationOf)
            .OfType<Kustomization>()
            .SelectMany(kustomization =>
                kustomization
                    .Resources.Concat(kustomization.Components)
                    .Concat(kustomization.Patches.Where(patch => !patch.IsInline).Select(patch => patch.Source))
                    .Where(named =>
                        !named.Text.Contains("://", StringComparison.Ordinal) && kustomization.Resolve(named.Text) is { } key && !from.Has(key)
                    )
            )
            .Select(named => new Diagnostic(
                Rules.ImportReference,
                $"'{Excerpt.Of(named.Text)}' is not among the sources.",
                "Import it too, or remove the entry.",
                named.Span
            ));

    /// <summary>What one environment has got so far.</summary>
    private sealed class Collection(SourceDivision division, EnvironmentEntry entry)
    {
        private readonly SourceTree tree = division.tree;
        private readonly SortedDictionary<string, List<SourceObject>> objects = new(StringComparer.Ordinal);
        private readonly HashSet<(string, string, string?, string, SourceSpan)> known = [];
        private readonly List<SourceDocument> others = [];
        private readonly List<SourceFileContent> aside = [];
        private readonly HashSet<string> taken = new(StringComparer.Ordinal);
        private readonly List<(string Folder, SourceObject Flux)> applied = [];

        public EnvironmentSources Collect()
        {
            foreach (var key in entry.Keys)
            {
                FindApplied(key, isCommon: false);
            }

            foreach (var key in division.request.Common)
            {
                FindApplied(key, isCommon: true);
            }

            // The innermost folder first, so that each object is changed by what applies it.
            foreach (var (folder, flux) in applied.OrderByDescending(pair => pair.Folder.Length))
            {
                Apply(folder, flux);
            }

            foreach (var key in entry.Keys)
            {
                Take(key, isCommon: false);
            }

            foreach (var key in division.request.Common)
            {
                Take(key, isCommon: true);
            }

            ImmutableArray<string> shown = [.. (entry.Keys.IsEmpty ? division.request.Common : entry.Keys).Select(tree.Shown)];
            return new(entry.Name, shown, entry.IsGiven)
            {
                Original = entry.Original,
                Objects = [.. objects.Values.SelectMany(list => list).Select(WithDefaults)],
                Aside = [.. aside],
                Others = [.. others.OrderBy(other => other.Key, StringComparer.Ordinal)],
            };
        }

        private static SourceObject WithDefaults(SourceObject item) =>
            Placeholders.Fill(item.Content, ImmutableDictionary<string, string>.Empty, takesDefaults: true) is YamlMapping filled
            && filled != item.Content
                ? SourceObject.Of(filled) ?? item
                : item;

        private void FindApplied(string scope, bool isCommon)
        {
            foreach (var file in tree.Files.Where(file => SourceTree.IsIn(file.Key, scope) && !IsForeign(file.Key, isCommon)))
            {
                foreach (var item in file.Objects)
                {
                    if (item.Group == FluxGroups.Kustomize || (item.Group == "argoproj.io" && item.Kind == "Application"))
                    {
                        applied.AddRange(division.reach.PathsOf(item).Select(folder => (folder, item)));
                    }
                }
            }
        }

        private void Apply(string folder, SourceObject engine)
        {
            var isPatched = engine.Spec?["patches"] is YamlSequence { Items.IsEmpty: false };
            var variables = Variables(engine);
            if (tree.File(folder) is { } file)
            {
                TakeFile(file, variables);
            }
            else if (isPatched)
            {
                TakePatched(folder, engine, variables);
            }
            else
            {
                TakeFolder(folder, isCommon: false, variables);
            }
        }

        // Flux does what Kustomize does with a kustomization around the folder.
        private void TakePatched(string folder, SourceObject flux, ImmutableDictionary<string, string> variables)
        {
            var isKustomized = tree.KustomizationOf(folder) is not null;
            var place = isKustomized ? $".flux-{applied.Count}-{folder.Replace('/', '-')}" : folder;
            var resources = isKustomized
                ? [$"../{folder}"]
                : division
                    .reach.Roots(folder)
                    .Concat(Loose(folder).Where(file => !file.Objects.IsEmpty).Select(file => file.Key))
                    .Select(key => key[(folder.Length + 1)..])
                    .ToArray();
            var span = flux.Spec!["patches"]!.Span;
            var content = new YamlMapping([], span)
                .With("resources", new YamlSequence([.. resources.Select(resource => YamlScalar.String(resource, span))], span))
                .With("patches", flux.Spec["patches"]!);
            var around = tree.With(SourceFileContent.Made($"{place}/kustomization.yaml", span.File, content));
            TakeBuilt(around, place, folder, variables);
            foreach (var file in Loose(folder))
            {
                taken.Add(file.Key);
            }

            TakeFolder(folder, isCommon: false, variables);
        }

        private void Take(string scope, bool isCommon)
        {
            if (tree.File(scope) is { } file)
            {
                TakeFile(file, ImmutableDictionary<string, string>.Empty);
            }
            else
            {
                TakeFolder(scope, isCommon, ImmutableDictionary<string, string>.Empty);
            }
        }

        private void TakeFolder(string scope, bool isCommon, ImmutableDictionary<string, string> variables)
        {
            foreach (
                var root in division
                    .reach.Roots(scope)
                    .Where(root => !IsForeign(root, isCommon) && !(isCommon && division.reach.IsPart(root)))
                    .ToList()
            )
            {
                if (!taken.Contains(root))
                {
                    TakeBuilt(tree, root, root, variables);
                }
            }

            foreach (var file in Loose(scope).Where(file => !IsForeign(file.Key, isCommon)).ToList())
            {
                TakeFile(file, variables);
            }
        }

        // What belongs to an environment alone, this one or another, is not what is common.
        private bool IsForeign(string key, bool isCommon) => isCommon && division.IsOfAnEnvironment(key);

        // What no kustomization is made of.
        private IEnumerable<SourceFileContent> Loose(string scope) =>
            tree.Files.Where(file =>
                file.Origin != ImportOrigin.Reached && SourceTree.IsIn(file.Key, scope) && !file.IsKustomization && !division.reach.IsPart(file.Key)
            );

        private void TakeBuilt(SourceTree from, string folder, string order, ImmutableDictionary<string, string> variables)
        {
            taken.Add(order);
            foreach (
                var item in division
                    .Built(from, folder)
                    .Objects.Select(node => Placeholders.Fill(node, variables))
                    .Select(SourceObject.Of)
                    .OfType<SourceObject>()
            )
            {
                Add(FileKey(item) ?? order, item);
            }

            foreach (var part in division.ReachOf(from).From(folder))
            {
                foreach (var map in GeneratedConfigMaps.Of(from, part))
                {
                    Add(order, map);
                }

                if (from.File($"{part}/kustomization.yaml") is { Documents: [YamlMapping { } content, ..] } && content["helmCharts"] is not null)
                {
                    others.Add(new($"{part}/kustomization.yaml", content));
                }
            }
        }

        // Objects are in the order of files and lines, in whichever order they were built.
        private string? FileKey(SourceObject item) => tree.KeyOfShown(item.NameSpan.File);

        private void TakeFile(SourceFileContent file, ImmutableDictionary<string, string> variables)
        {
            if (!taken.Add(file.Key))
            {
                return;
            }

            if (!file.IsRelevant)
            {
                aside.Add(file);
                return;
            }

            var isApplied = file.Origin == ImportOrigin.Named || tree.KustomizationOf(SourceTree.FolderOf(file.Key)) is null;
            foreach (var document in file.Documents.Select(node => Placeholders.Fill(node, variables)))
            {
                if (SourceObject.Of(document) is not { } item)
                {
                    others.Add(new(file.Key, document));
                }
                else if (isApplied)
                {
                    Add(file.Key, item);
                }
            }
        }

        // A kustomization may list what Flux applies by itself, too: it is one object.
        private void Add(string key, SourceObject item)
        {
            if (!known.Add((item.ApiVersion, item.Kind, item.Namespace, item.Name, item.NameSpan)))
            {
                return;
            }

            if (!objects.TryGetValue(key, out var list))
            {
                objects.Add(key, list = []);
            }

            list.Add(item);
        }

        // https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution: what is inline counts more.
        private ImmutableDictionary<string, string> Variables(SourceObject flux)
        {
            var variables = ImmutableDictionary<string, string>.Empty;
            if (flux.Spec?["postBuild"] is not YamlMapping postBuild)
            {
                return variables;
            }

            foreach (
                var from in ((postBuild["substituteFrom"] as YamlSequence)?.Items ?? [])
                    .OfType<YamlMapping>()
                    .Where(from => (from["kind"] as YamlScalar)?.Text == "ConfigMap")
            )
            {
                var map = tree
                    .Files.SelectMany(file => file.Objects)
                    .FirstOrDefault(item => item is { Kind: "ConfigMap", Group: "" } && item.Name == (from["name"] as YamlScalar)?.Text);
                if (map?.Content["data"] is YamlMapping data)
                {
                    variables = variables.SetItems(Texts(data));
                }
                else if ((from["optional"] as YamlScalar)?.IsTrue != true)
                {
                    division.bag.Add(
                        Rules.ImportReference,
                        from.Span,
                        $"The ConfigMap of these variables is not among the sources.",
                        "Import it too, or give the variables with --set."
                    );
                }
            }

            return postBuild["substitute"] is YamlMapping inline ? variables.SetItems(Texts(inline)) : variables;
        }

        private static IEnumerable<KeyValuePair<string, string>> Texts(YamlMapping mapping) =>
            mapping.Entries.Where(e => e.Value is YamlScalar).Select(e => KeyValuePair.Create(e.Key.Text, ((YamlScalar)e.Value).Text));
    }
}
