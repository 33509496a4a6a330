using System.Collections.Concurrent;

namespace GitOpsGen.Validation.Builds;

/// <summary>
/// The objects of the output as an engine applies them, folder by folder. An object below <c>base/</c> is complete only when an overlay
/// has patched it, and is checked there; an object that comes unchanged from another folder is checked in that folder. Safe for any
/// number of threads.
/// </summary>
internal sealed class OutputBuild
{
    private const string Base = "base/";

    // Each level of components that names the next one twice doubles the work.
    private const int MostComponents = 1000;

    private readonly OutputFolders folders;
    private readonly FolderContents? contents;
    private readonly ConcurrentDictionary<string, Lazy<Whole>> wholes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, Lazy<Whole>> alike = new();

    /// <param name="tree">The rendered files.</param>
    /// <param name="output">The output folder, with which the paths of findings begin.</param>
    /// <param name="shared">
    /// If given, files with the same bytes in memory are read once, and folders that are built from the same are built once. Then a finding may name
    /// another file with the same content.
    /// </param>
    public OutputBuild(FileTree tree, RelativePath output, SharedContents? shared = null)
    {
        folders = new(tree, output, shared);
        contents = shared is null ? null : new(folders, shared);
    }

    /// <param name="tree">Files that somebody else wrote.</param>
    /// <param name="read">Reads one of them; its documents and the findings have the places that are printed.</param>
    public OutputBuild(FileTree tree, Func<OutputFile, (ImmutableArray<YamlNode> Documents, ImmutableArray<Diagnostic> Found)> read) =>
        folders = new(tree, RelativePath.Parse("sources"), read: read);

    /// <summary>Every folder with YAML; the empty name is the output itself.</summary>
    public ImmutableArray<string> Folders => [.. folders.All];

    /// <summary>What is to be checked in a folder.</summary>
    public BuiltFolder Build(string folder) => BuildApplied(folder, _ => true);

    /// <summary>The same, with some of the files that no kustomization mentions.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isApplied">Which of these files count, by path.</param>
    public BuiltFolder BuildApplied(string folder, Func<string, bool> isApplied)
    {
        var kustomization = folders.KustomizationOf(folder);
        var assembly = kustomization is null ? new() : Assemble(kustomization, isWhole: kustomization.ChangesObjects);
        assembly.Findings.AddRange(folders.ProblemsOf(folder));
        return IsPartial(folder)
            ? assembly.ToFolder([]) with
            {
                Objects = [],
            }
            : assembly.ToFolder(FreeObjectsOf(folder, assembly.Findings, isApplied));
    }

    /// <summary>The objects of a folder that no kustomization mentions. They are in no build.</summary>
    public IReadOnlyCollection<YamlNode> FreeObjectsOf(string folder) => IsPartial(folder) ? [] : FreeObjectsOf(folder, new(), _ => true);

    private List<YamlNode> FreeObjectsOf(string folder, DiagnosticBag bag, Func<string, bool> isApplied) =>
        [.. folders.FreeFilesOf(folder).Where(file => isApplied(file.Path.Value)).SelectMany(file => folders.Documents(file, bag)).Where(IsObject)];

    // What is in it is complete only elsewhere.
    private bool IsPartial(string folder) => IsBase(folder) || folders.KustomizationOf(folder) is { IsComponent: true };

    /// <summary>
    /// All that Kustomize prints for a folder with a kustomization, except what it generates; what is wrong with it, and what was not followed,
    /// there and in its parts.
    /// </summary>
    public BuiltFolder BuildWhole(string folder)
    {
        if (folders.KustomizationOf(folder) is not { } kustomization)
            return new([], folders.ProblemsOf(folder), [], IsComplete: true);

        return WholeOf(kustomization).Folder;
    }

    private Whole WholeOf(Kustomization kustomization) =>
        wholes
            .GetOrAdd(
                kustomization.Folder,
                folder => contents?.Of(folder) is { } content ? alike.GetOrAdd(content, _ => Made(kustomization)) : Made(kustomization)
            )
            .Value;

    private Lazy<Whole> Made(Kustomization kustomization) =>
        new(
            () =>
            {
                var whole = Assemble(kustomization, isWhole: true);
                var problems = folders.ProblemsOf(kustomization.Folder);
                return new(
                    whole,
                    new(
                        [.. whole.Objects],
                        [.. whole.Findings.ToImmutable(), .. problems, .. whole.FindingsOfParts],
                        [.. whole.Gaps.ToImmutable(), .. whole.GapsOfParts],
                        whole.IsComplete
                    )
                    {
                        Renaming = [.. whole.Renaming],
                    }
                );
            },
            LazyThreadSafetyMode.PublicationOnly
        );

    /// <summary>A number that two folders have in common only if they are built from the same, also in builds that share contents.</summary>
    public int? ContentOf(string folder) => contents?.Of(folder);

    public bool HasKustomization(string folder) => folders.KustomizationOf(folder) is not null;

    /// <inheritdoc cref="Kustomization.KeepsOrder"/>
    public bool KeepsOrder(string folder) => folders.KustomizationOf(folder)?.KeepsOrder == true;

    /// <summary>The files and folders that the kustomization of a folder mentions in any way.</summary>
    public ImmutableHashSet<string> MentionedBy(string folder) => folders.KustomizationOf(folder)?.Mentioned ?? [];

    /// <summary>The YAML files of a folder that no kustomization mentions.</summary>
    public IEnumerable<OutputFile> FreeFilesOf(string folder) => folders.FreeFilesOf(folder);

    /// <summary>All files and folders that Kustomize reads to build folders.</summary>
    public HashSet<string> ReadFor(IEnumerable<string> built)
    {
        var read = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(built);
        while (open.TryPop(out var folder))
        {
            foreach (var path in MentionedBy(folder).Where(read.Add))
                open.Push(path);
        }

        return read;
    }

    /// <summary>What the kustomization of a folder says about the ConfigMaps that it makes.</summary>
    public YamlNode? ConfigMapsOf(string folder) => folders.KustomizationOf(folder)?.ConfigMaps;

    private Assembly Assemble(Kustomization kustomization, bool isWhole)
    {
        var assembly = new Assembly();
        if (kustomization.IsComponent)
        {
            // What it changes is elsewhere.
            TakeOver(kustomization, assembly);
            AddResources(kustomization, isWhole, assembly);
        }
        else
        {
            Apply(kustomization, isWhole, assembly);
        }

        return assembly;
    }

    // In Kustomize's order. A component does the same to the objects that are there already.
    private void Apply(Kustomization kustomization, bool isWhole, Assembly assembly)
    {
        TakeOver(kustomization, assembly);
        AddResources(kustomization, isWhole, assembly);
        foreach (var entry in kustomization.Components)
            ApplyComponent(kustomization, entry, assembly);

        foreach (var patch in kustomization.Patches)
            ApplyPatch(kustomization, patch, assembly);

        foreach (var labels in kustomization.Labels)
        {
            if (labels.ReachesInside && assembly.HasSelectors)
                Leave(assembly, labels.Pairs[0].Key, "What these labels change in selectors and templates of pods");

            assembly.Mark("labels", labels.Pairs);
        }

        if (!kustomization.Annotations.IsEmpty)
            assembly.Mark("annotations", kustomization.Annotations);
    }

    private static void TakeOver(Kustomization kustomization, Assembly assembly)
    {
        assembly.IsComplete &= kustomization.Gaps.IsEmpty;
        assembly.Generates |= kustomization.Generates;
        assembly.Gaps.AddRange(kustomization.Gaps);
        assembly.Renaming.UnionWith(kustomization.Renaming);
    }

    private void AddResources(Kustomization kustomization, bool isWhole, Assembly assembly)
    {
        foreach (var resource in kustomization.Resources)
            AddResource(kustomization, resource, isWhole, assembly);
    }

    private void ApplyComponent(Kustomization kustomization, YamlScalar entry, Assembly assembly)
    {
        if (kustomization.Resolve(entry.Text) is not { } path || IsRemote(entry.Text))
        {
            Leave(assembly, entry, $"'{Excerpt.Of(entry.Text)}', which is not in the output,");
        }
        else if (folders.KustomizationOf(path) is not { IsComponent: true } component)
        {
            Break(assembly, entry, $"'{Excerpt.Of(entry.Text)}' is not a folder of the output with a component.", "Correct the entry, or add it.");
        }
        else if (LeadsTo(component, kustomization.Folder))
        {
            Break(assembly, entry, $"'{Excerpt.Of(entry.Text)}' leads back to this kustomization.", "Remove one of the two entries.");
        }
        else if (++assembly.Applied > MostComponents)
        {
            if (assembly.Applied == MostComponents + 1)
                Leave(assembly, entry, $"What comes after {MostComponents} components");
        }
        else
        {
            assembly.FindingsOfParts.UnionWith(folders.ProblemsOf(path));
            Apply(component, isWhole: true, assembly);
        }
    }

    private void AddResource(Kustomization kustomization, YamlScalar resource, bool isWhole, Assembly assembly)
    {
        if (kustomization.Resolve(resource.Text) is not { } path || IsRemote(resource.Text))
        {
            Leave(assembly, resource, $"'{Excerpt.Of(resource.Text)}', which is not in the output,");
        }
        else if (FileOf(kustomization, resource, path, assembly) is { } file)
        {
            foreach (var document in folders.Documents(file, assembly.Findings))
            {
                CheckTexts(document, assembly);
                assembly.Add(document, isOwn: true, document);
            }
        }
        else if (folders.KustomizationOf(path) is not { } other)
        {
            Break(
                assembly,
                resource,
                $"'{Excerpt.Of(resource.Text)}' is neither a file of the output nor a folder with a kustomization.",
                "Correct the entry, or add what it names."
            );
        }
        else if (other.IsComponent)
        {
            Break(assembly, resource, $"'{Excerpt.Of(resource.Text)}' is a component.", "List it under 'components'.");
        }
        else if (LeadsTo(other, kustomization.Folder))
        {
            Break(
                assembly,
                resource,
                $"'{Excerpt.Of(resource.Text)}' leads back to this kustomization.",
                "Remove the entry, or the one that leads back."
            );
        }
        else if (IsBase(path) || isWhole)
        {
            var part = WholeOf(other).Assembly;
            assembly.IsComplete &= part.IsComplete;
            assembly.Generates |= part.Generates;
            assembly.Renaming.UnionWith(part.Renaming);
            assembly.GapsOfParts.UnionWith([.. part.Gaps.ToImmutable(), .. part.GapsOfParts]);
            assembly.FindingsOfParts.UnionWith([.. part.Findings.ToImmutable(), .. folders.ProblemsOf(path), .. part.FindingsOfParts]);
            foreach (var inherited in part.Objects)
                assembly.Add(inherited, isOwn: IsBase(path), resource);
        }
    }

    // Kustomize writes objects as JSON, and refuses the keys true, 1 and null, though kubectl apply takes them for text.
    private static void CheckTexts(YamlNode node, Assembly assembly)
    {
        switch (node)
        {
            case YamlScalar scalar:
                if (KustomizeText.FindProblem(scalar) is { } problem)
                    assembly.Findings.Add(problem);

                break;
            case YamlMapping mapping:
                foreach (var (key, value) in mapping.Entries)
                {
                    if (key.Kind != ScalarKind.String)
                        Break(assembly, key, $"The key '{Excerpt.Of(key.Text)}' is not a string: Kustomize cannot build the object.", "Quote it.");

                    CheckTexts(key, assembly);
                    CheckTexts(value, assembly);
                }

                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                    CheckTexts(item, assembly);

                break;
        }
    }

    private void ApplyPatch(Kustomization kustomization, KustomizationPatch patch, Assembly assembly)
    {
        var before = assembly.Findings.Count;
        if (DocumentsOf(kustomization, patch, assembly) is not { } documents)
            return;

        if (documents.IsEmpty && assembly.Findings.Count == before)
            Break(assembly, patch.Source, "The patch is empty.", "Remove the entry, or write the patch.");

        if (patch.Target is not null && documents.Length > 1)
        {
            Break(assembly, patch.Source, "Only one patch can be in an entry with a target.", "Make an entry for each.");
            return;
        }

        if (assembly.Generates && patch.Target is { MayBeGenerated: true })
            Leave(assembly, patch.Source, "What this patch changes in ConfigMaps and Secrets that are generated");

        foreach (var document in documents.Where(document => document is not YamlUnreadable))
        {
            CheckTexts(document, assembly);
            ApplyPatch(patch.Target, document, assembly);
        }
    }

    // Nothing where it is not there; that is reported.
    private ImmutableArray<YamlNode>? DocumentsOf(Kustomization kustomization, KustomizationPatch patch, Assembly assembly)
    {
        if (patch.IsInline)
        {
            var text = Encoding.UTF8.GetBytes(patch.Source.Text);
            var (stream, found) = YamlReader.ReadAll(patch.Source.Span.File, text);
            if (!found.IsEmpty)
            {
                Leave(assembly, patch.Source, $"The text of a patch that cannot be read ({found[0].Message.TrimEnd('.')})");
                return null;
            }

            return CheckedSyntax([.. KubernetesDocuments.Flatten(stream).Select(document => document.MovedTo(patch.Source.Span))], text, assembly);
        }

        if (kustomization.Resolve(patch.Source.Text) is { } path && FileOf(kustomization, patch.Source, path, assembly) is { } file)
            return CheckedSyntax(folders.Documents(file, assembly.Findings), file.Content.Span, assembly);

        Break(
            assembly,
            patch.Source,
            $"The patch '{Excerpt.Of(patch.Source.Text)}' is not a file of the output.",
            "Correct the path, or add the file."
        );
        return null;
    }

    // Kustomize takes a list that begins with a bracket for JSON.
    private static ImmutableArray<YamlNode> CheckedSyntax(ImmutableArray<YamlNode> documents, ReadOnlySpan<byte> text, Assembly assembly)
    {
        if (documents is [YamlSequence list] && text[0] == '[' && JsonSyntax.FindProblem(text) is { } problem)
        {
            Break(
                assembly,
                list,
                $"A JSON patch that begins with '[' is not JSON: {problem.What}",
                "Quote its keys and texts, or write a YAML list."
            );
            return [];
        }

        return documents;
    }

    private static void ApplyPatch(PatchTarget? target, YamlNode patch, Assembly assembly)
    {
        if (patch is YamlSequence operations && target is not null)
        {
            if (assembly.Select(target).Any(selected => !assembly.TryPatch(selected, operations)))
                Leave(assembly, patch, "This JSON patch");
        }
        else if (MergePatch.DirectiveIn(patch) is { } directive && !IsDeletion(patch))
        {
            Leave(assembly, directive, $"A patch with '{Excerpt.Of(directive.Text)}'");
        }
        else if (patch is not YamlMapping mapping || ObjectKey.Of(mapping) is not { } key)
        {
            Break(
                assembly,
                patch,
                "The patch lacks the apiVersion, kind or metadata.name of the object that it is for.",
                "Give it those of the object."
            );
        }
        else if (target is not null)
        {
            Merge(assembly, assembly.Select(target), mapping);
        }
        else if (assembly.Has(key))
        {
            Merge(assembly, [key], mapping);
        }
        else
        {
            NoTarget(assembly, mapping, key);
        }
    }

    private static void Merge(Assembly assembly, ImmutableArray<ObjectKey> keys, YamlMapping patch)
    {
        if (keys.Any(key => !assembly.TryMerge(key, patch)))
            Leave(assembly, patch, "A patch of an object that many have changed before");
    }

    // The whole object, and nothing else in the patch that could be meant.
    private static bool IsDeletion(YamlNode patch) =>
        patch is YamlMapping mapping
        && YamlScalar.TextOf(mapping["$patch"]) == "delete"
        && mapping.Entries.All(entry => entry.Key.Text == "$patch" || MergePatch.DirectiveIn(entry.Value) is null);

    // The object may be generated, or come from a place that is not checked.
    private static void NoTarget(Assembly assembly, YamlMapping patch, ObjectKey key)
    {
        if (!assembly.IsComplete || key is { ApiVersion: "v1", Kind: "ConfigMap" or "Secret" })
        {
            Leave(assembly, patch, $"The patch of {Excerpt.Of(key.ToString())}, which is not in a file of the output,");
        }
        else
        {
            Break(
                assembly,
                patch,
                $"The patch of {Excerpt.Of(key.ToString())} matches no resource of its kustomization.",
                "Give it the apiVersion, kind, namespace and name of the object that it is for."
            );
        }
    }

    // Kustomize reads no file beside or above the kustomization: https://kubectl.docs.kubernetes.io/faq/kustomize/#security-file-foo-is-not-in-or-below-bar
    private OutputFile? FileOf(Kustomization kustomization, YamlScalar entry, string path, Assembly assembly)
    {
        var file = folders.File(path);
        if (file is not null && kustomization.Folder.Length > 0 && !path.StartsWith(kustomization.Folder + "/", StringComparison.Ordinal))
        {
            Break(
                assembly,
                entry,
                $"The file '{Excerpt.Of(entry.Text)}' is not in or below the kustomization's folder.",
                "Name the folder with the file's kustomization, or move the file."
            );
        }

        return file;
    }

    private bool LeadsTo(Kustomization from, string folder)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from.Folder };
        var open = new Stack<Kustomization>([from]);
        while (open.TryPop(out var kustomization))
        {
            if (kustomization.Folder == folder)
                return true;

            foreach (
                var next in kustomization
                    .Resources.Concat(kustomization.Components)
                    .Select(resource => kustomization.Resolve(resource.Text))
                    .OfType<string>()
                    .Where(seen.Add)
            )
            {
                if (folders.KustomizationOf(next) is { } other)
                    open.Push(other);
            }
        }

        return false;
    }

    private static void Break(Assembly assembly, YamlNode at, string what, string fix) =>
        assembly.Findings.Add(Rules.KustomizationBroken, at.Span, what, fix);

    private static void Leave(Assembly assembly, YamlNode at, string what)
    {
        assembly.IsComplete = false;
        assembly.Gaps.Add(
            Rules.NotEvaluated,
            at.Span,
            $"{what} is not followed: the objects may be others than those that were checked.",
            "Check what kubectl kustomize builds, too."
        );
    }

    // Helm values are YAML too.
    private static bool IsObject(YamlNode document) =>
        document is YamlMapping mapping && (mapping["apiVersion"] is not null || mapping["kind"] is not null);

    // https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/: a URL, or what Git clones.
    private static bool IsRemote(string resource) =>
        resource.Contains("://", StringComparison.Ordinal)
        || resource.Contains("?ref=", StringComparison.Ordinal)
        || resource.StartsWith("git@", StringComparison.Ordinal)
        || resource.StartsWith("git::", StringComparison.Ordinal)
        || resource.StartsWith("github.com/", StringComparison.Ordinal);

    private static bool IsBase(string folder) => folder.StartsWith(Base, StringComparison.Ordinal);

    private sealed record Whole(Assembly Assembly, BuiltFolder Folder);
}
