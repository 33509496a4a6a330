using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;
using GitOpsGen.Inputs;

namespace GitOpsGen.Importing.Environments;

/// <summary>
/// Gives each environment its part of the sources: what belongs to it alone, what belongs to all, and the folders that its engine's objects
/// apply, as Kustomize and Flux make them.
/// </summary>
internal sealed class SourceDivision(SourceTree tree, ImportRequest request, ImmutableArray<EnvironmentEntry> entries, DiagnosticBag bag)
{
    private readonly SourceTree tree = tree;
    private readonly ImportRequest request = request;
    private readonly DiagnosticBag bag = bag;
    private readonly SourceParts parts = new(tree, entries);
    private readonly FolderBuilds builds = new(tree, bag);

    public EnvironmentSources Of(EnvironmentEntry entry) => new Collection(this, entry).Collect();

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
                FindApplied(key, isCommon: false);

            foreach (var key in division.request.Common)
                FindApplied(key, isCommon: true);

            // The innermost folder first, so that each object is changed by what applies it.
            foreach (var (folder, flux) in applied.OrderByDescending(pair => pair.Folder.Length))
                Apply(folder, flux);

            foreach (var key in entry.Keys)
                Take(key, isCommon: false);

            foreach (var key in division.request.Common)
                Take(key, isCommon: true);

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
            foreach (var file in division.parts.EnginesIn(scope, isCommon))
            {
                foreach (var item in file.Objects.Where(SourceReach.IsEngine))
                    applied.AddRange(tree.Reach.PathsOf(item).Select(folder => (folder, item)));
            }
        }

        private void Apply(string folder, SourceObject engine)
        {
            var isPatched = engine.Spec?["patches"] is YamlSequence { Items.IsEmpty: false };
            var variables = FluxVariables.Of(engine, tree, division.bag);
            if (tree.File(folder) is { } file)
                TakeFile(file, variables);
            else if (isPatched)
                TakePatched(folder, engine, variables);
            else
                TakeFolder(folder, isCommon: false, variables);
        }

        // Flux does what Kustomize does with a kustomization around the folder.
        private void TakePatched(string folder, SourceObject flux, ImmutableDictionary<string, string> variables)
        {
            var isKustomized = tree.KustomizationOf(folder) is not null;
            var all = division.parts.In(folder, isCommon: false);
            var place = isKustomized ? $".flux-{applied.Count}-{folder.Replace('/', '-')}" : folder;
            var resources = isKustomized
                ? [$"../{folder}"]
                : all
                    .Roots.Concat(all.Loose.Where(file => !file.Objects.IsEmpty).Select(file => file.Key))
                    .Select(key => key[(folder.Length + 1)..])
                    .ToArray();
            var span = flux.Spec!["patches"]!.Span;
            var content = new YamlMapping([], span)
                .With("resources", new YamlSequence([.. resources.Select(resource => YamlScalar.String(resource, span))], span))
                .With("patches", flux.Spec["patches"]!);
            var around = tree.Around(SourceFileContent.Made($"{place}/kustomization.yaml", span.File, content), folder);
            TakeBuilt(around, place, folder, variables);
            taken.UnionWith(all.Loose.Select(file => file.Key));

            TakeFolder(folder, isCommon: false, variables);
        }

        private void Take(string scope, bool isCommon)
        {
            if (tree.File(scope) is { } file)
                TakeFile(file, ImmutableDictionary<string, string>.Empty);
            else
                TakeFolder(scope, isCommon, ImmutableDictionary<string, string>.Empty);
        }

        private void TakeFolder(string scope, bool isCommon, ImmutableDictionary<string, string> variables)
        {
            var all = division.parts.In(scope, isCommon);
            foreach (var root in all.Roots)
            {
                if (!taken.Contains(root))
                    TakeBuilt(tree, root, root, variables);
            }

            foreach (var file in all.Loose)
                TakeFile(file, variables);
        }

        private void TakeBuilt(SourceTree from, string folder, string order, ImmutableDictionary<string, string> variables)
        {
            taken.Add(order);
            foreach (
                var item in division
                    .builds.Of(from, folder)
                    .Objects.Select(node => Placeholders.Fill(node, variables))
                    .Select(SourceObject.Of)
                    .OfType<SourceObject>()
            )
            {
                Add(FileKey(item) ?? order, item);
            }

            foreach (var part in from.Reach.From(folder))
            {
                foreach (var resource in from.KustomizationOf(part)?.ResourcePaths ?? [])
                {
                    foreach (var document in from.File(resource)?.Documents ?? [])
                        CheckName(document);
                }

                foreach (var map in GeneratedConfigMaps.Of(from, part))
                    Add(order, map);

                if (from.KustomizationFileOf(part) is { Documents: [YamlMapping { } content, ..], Key: var key } && content["helmCharts"] is not null)
                    others.Add(new(key, content));
            }
        }

        // Objects are in the order of files and lines, in whichever order they were built.
        private string? FileKey(SourceObject item) => tree.KeyOfShown(item.NameSpan.File);

        private void TakeFile(SourceFileContent file, ImmutableDictionary<string, string> variables)
        {
            if (!taken.Add(file.Key))
                return;

            if (!file.IsRelevant)
            {
                aside.Add(file);
                return;
            }

            var isApplied = file.Origin == ImportOrigin.Named || tree.KustomizationOf(RelativePath.FolderOf(file.Key)) is null;
            foreach (var document in file.Documents.Select(node => Placeholders.Fill(node, variables)))
            {
                if (SourceObject.Of(document) is not { } item)
                {
                    others.Add(new(file.Key, document));
                    if (isApplied)
                        CheckName(document);
                }
                else if (isApplied)
                {
                    Add(file.Key, item);
                }
            }
        }

        private void CheckName(YamlNode document)
        {
            if (SourceObject.Of(document) is not null || SourceObject.Unnamed(document) is not { } item || !CoreObjects.IsRead(item))
                return;

            var (name, generated) = (item.Metadata?["name"] as YamlScalar, item.Metadata?["generateName"]);
            var (message, fix) =
                name is { Kind: not (ScalarKind.Null or ScalarKind.String) }
                    ? ($"The name of this {item.Kind} is not a text, and Kubernetes refuses it.", "Quote it.")
                : generated is not null
                    ? ($"This {item.Kind} has no name but a 'generateName': each time it is applied, it is another object.", "Write 'metadata.name'.")
                : ($"This {item.Kind} has no name, and installs nothing.", "Write 'metadata.name', or remove the object.");
            division.bag.Add(Rules.ImportIncomplete, (name ?? generated ?? item.Metadata ?? document).Span, message, fix);
        }

        // A kustomization may list what Flux applies by itself, too: it is one object.
        private void Add(string key, SourceObject item)
        {
            if (!known.Add((item.ApiVersion, item.Kind, item.Namespace, item.Name, item.NameSpan)))
                return;

            if (!objects.TryGetValue(key, out var list))
                objects.Add(key, list = []);

            list.Add(item);
        }
    }
}
