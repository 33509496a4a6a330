using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>
/// The objects of the output as an engine applies them, folder by folder. What stands below <c>base/</c> is not whole until an
/// overlay has patched it, and is looked at there; what comes from another folder unchanged was looked at there. Fit for any number
/// of threads.
/// </summary>
/// <param name="tree">The rendered files.</param>
/// <param name="output">The output folder, with which the paths of findings begin.</param>
/// <param name="sharesContents"><inheritdoc cref="OutputFolders" path="/param[@name='sharesContents']"/></param>
internal sealed class OutputBuild(FileTree tree, RelativePath output, bool sharesContents = false)
{
    private const string Base = "base/";

    private readonly OutputFolders folders = new(tree, output, sharesContents);
    private readonly ConcurrentDictionary<string, Assembly> wholes = new(StringComparer.Ordinal);

    /// <summary>Every folder with YAML; the empty name is the output itself.</summary>
    public ImmutableArray<string> Folders => [.. folders.All];

    /// <summary>What is to be looked at in a folder.</summary>
    public BuiltFolder Build(string folder)
    {
        var assembly = folders.KustomizationOf(folder) is { } kustomization ? Assemble(kustomization, isWhole: kustomization.ChangesObjects) : new();
        assembly.Findings.AddRange(folders.ProblemsOf(folder));
        return IsBase(folder)
            ? assembly.ToFolder([]) with
            {
                Objects = [],
            }
            : assembly.ToFolder(folders.FreeFilesOf(folder).SelectMany(file => folders.Documents(file, assembly.Findings)).Where(IsObject).ToList());
    }

    /// <summary>All that Kustomize prints for a folder with a kustomization, but for what it generates.</summary>
    public ImmutableArray<YamlNode> Whole(string folder) =>
        folders.KustomizationOf(folder) is { } kustomization ? [.. Assemble(kustomization, isWhole: true).Objects] : [];

    /// <summary>The same with what is wrong with it, and what was not applied.</summary>
    public BuiltFolder BuildWhole(string folder)
    {
        var assembly = folders.KustomizationOf(folder) is { } kustomization ? Assemble(kustomization, isWhole: true) : new();
        assembly.Findings.AddRange(folders.ProblemsOf(folder));
        return new(
            [.. assembly.Objects],
            assembly.Findings.ToImmutable(),
            [.. assembly.Gaps.ToImmutable(), .. assembly.GapsOfParts.ToImmutable()],
            assembly.IsComplete
        )
        {
            KeepsIdentities = assembly.KeepsIdentities,
        };
    }

    /// <summary>The YAML files of a folder that no kustomization has to do with.</summary>
    public IEnumerable<OutputFile> FreeFilesOf(string folder) => folders.FreeFilesOf(folder);

    private Assembly Assemble(Kustomization kustomization, bool isWhole)
    {
        var assembly = new Assembly { IsComplete = kustomization.Gaps.IsEmpty, KeepsIdentities = kustomization.KeepsIdentities };
        assembly.Gaps.AddRange(kustomization.Gaps);
        foreach (var resource in kustomization.Resources)
        {
            AddResource(kustomization, resource, isWhole, assembly);
        }

        foreach (var patch in kustomization.Patches)
        {
            ApplyPatches(kustomization, patch, assembly);
        }

        if (!kustomization.Annotations.IsEmpty)
        {
            assembly.Annotate(kustomization.Annotations);
        }

        return assembly;
    }

    private void AddResource(Kustomization kustomization, YamlScalar resource, bool isWhole, Assembly assembly)
    {
        if (kustomization.Resolve(resource.Text) is not { } path || IsRemote(resource.Text))
        {
            Leave(assembly, resource, $"'{Excerpt.Of(resource.Text)}' is not in the output, and not looked at.");
        }
        else if (FileOf(kustomization, resource, path, assembly) is { } file)
        {
            foreach (var document in folders.Documents(file, assembly.Findings))
            {
                assembly.Add(document, isOwn: true, document);
            }
        }
        else if (folders.KustomizationOf(path) is not { } other)
        {
            Break(
                assembly,
                resource,
                $"'{Excerpt.Of(resource.Text)}' is neither a file of the output nor a folder of it with a kustomization.",
                "Correct the entry, or add what it names."
            );
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
            var part = wholes.GetOrAdd(path, _ => Assemble(other, isWhole: true));
            assembly.IsComplete &= part.IsComplete;
            if (!part.KeepsIdentities)
            {
                assembly.KeepsIdentities = false;
                assembly.GapsOfParts.AddRange([.. part.Gaps.ToImmutable(), .. part.GapsOfParts.ToImmutable()]);
            }

            foreach (var inherited in part.Objects)
            {
                assembly.Add(inherited, isOwn: IsBase(path), resource);
            }
        }
    }

    private void ApplyPatches(Kustomization kustomization, YamlScalar entry, Assembly assembly)
    {
        if (kustomization.Resolve(entry.Text) is not { } path || FileOf(kustomization, entry, path, assembly) is not { } file)
        {
            Break(assembly, entry, $"The patch '{Excerpt.Of(entry.Text)}' is no file of the output.", "Correct the path, or add the file.");
            return;
        }

        var patches = folders.Documents(file, assembly.Findings);
        if (patches.IsEmpty)
        {
            Break(assembly, entry, $"The patch '{Excerpt.Of(entry.Text)}' is empty.", "Remove the entry, or write the patch.");
        }

        foreach (var patch in patches.Where(patch => patch is not YamlUnreadable))
        {
            if (MergePatch.DirectiveIn(patch) is { } directive)
            {
                Leave(assembly, directive, $"A patch with '{Excerpt.Of(directive.Text)}' is not applied before its object is checked.");
            }
            else if (patch is not YamlMapping mapping || ObjectKey.Of(mapping) is not { } key)
            {
                Break(
                    assembly,
                    patch,
                    "The patch has no apiVersion, kind and metadata.name to say which object it is for.",
                    "Give it those of the object."
                );
            }
            else if (!assembly.TryPatch(mapping))
            {
                NoTarget(assembly, mapping, key);
            }
        }
    }

    // The object may be generated, or in a place that is not looked at.
    private static void NoTarget(Assembly assembly, YamlMapping patch, ObjectKey key)
    {
        if (!assembly.IsComplete || key is { ApiVersion: "v1", Kind: "ConfigMap" or "Secret" })
        {
            Leave(
                assembly,
                patch,
                $"The patch of {Excerpt.Of(key.ToString())} is for no object that is written in a file of the output, and not applied."
            );
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
            {
                return true;
            }

            foreach (var next in kustomization.Resources.Select(resource => kustomization.Resolve(resource.Text)).OfType<string>().Where(seen.Add))
            {
                if (folders.KustomizationOf(next) is { } other)
                {
                    open.Push(other);
                }
            }
        }

        return false;
    }

    private static void Break(Assembly assembly, YamlNode at, string what, string fix) =>
        assembly.Findings.Add(Rules.KustomizationBroken, at.Span, what, fix);

    private static void Leave(Assembly assembly, YamlNode at, string what)
    {
        assembly.IsComplete = false;
        assembly.KeepsIdentities = false;
        assembly.Gaps.Add(Rules.NotEvaluated, at.Span, what, "Check what kubectl kustomize builds, too.");
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
}
