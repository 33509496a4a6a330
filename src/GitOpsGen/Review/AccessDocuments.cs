using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GitOpsGen.Iam.Access;
using GitOpsGen.Model;
using GitOpsGen.Planning;

namespace GitOpsGen.Review;

/// <summary>Whom the documents below <c>iam/</c> are for, as the plans of both sides say.</summary>
/// <param name="plans">The plans; the first that knows a document decides.</param>
internal sealed class AccessDocuments(params ImmutableArray<Plan> plans)
{
    private const string Folder = "iam/";

    private readonly Dictionary<FileTree, Dictionary<Attachment, List<OutputFile>>> read = [];

    private readonly ImmutableArray<PlannedDocuments> planned = [.. plans.Select(plan => new PlannedDocuments(plan))];

    private readonly Dictionary<string, EnvironmentPlan> environments = plans
        .SelectMany(plan => plan.Environments)
        .DistinctBy(environment => environment.Settings.Name.Value.Value)
        .ToDictionary(environment => environment.Settings.Name.Value.Value, StringComparer.Ordinal);

    // The environments of each registry.
    private readonly Dictionary<string, ImmutableArray<string>> registries = plans
        .SelectMany(plan => plan.Registries)
        .DistinctBy(registry => registry.Ecr.FolderName)
        .ToDictionary(
            registry => registry.Ecr.FolderName,
            registry => registry.Environments.Select(name => name.Value).ToImmutableArray(),
            StringComparer.Ordinal
        );

    /// <summary>The documents of an output, by whom and what they are attached to.</summary>
    public IReadOnlyDictionary<Attachment, List<OutputFile>> In(FileTree tree)
    {
        if (read.TryGetValue(tree, out var documents))
        {
            return documents;
        }

        read[tree] = documents = [];
        foreach (var file in tree.Files.Where(IsDocument))
        {
            foreach (var attachment in AttachmentsOf(file.Path))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(documents, attachment, out _) ??= []).Add(file);
            }
        }

        return documents;
    }

    /// <summary>Whether a file may be an IAM document.</summary>
    public static bool IsDocument(OutputFile file) =>
        file.Path.Value.StartsWith(Folder, StringComparison.Ordinal)
        && file.Path.Value.EndsWith(".json", StringComparison.Ordinal)
        && file.Path.Value != AccessIndex.Path;

    /// <summary>Whether a plan knows a file; all others are the user's own.</summary>
    public bool Knows(RelativePath path) => planned.Any(documents => documents.Find(path) is not null);

    /// <summary>The environments that a document is for.</summary>
    public ImmutableArray<string> EnvironmentsOf(RelativePath path) =>
        path.Value.Split('/') switch
        {
            [_, "registries", var registry, _] => registries.GetValueOrDefault(registry, []),
            [_, var environment, ..] when environments.ContainsKey(environment) => [environment],
            _ => [],
        };

    /// <summary>Whom and what a document is for; nothing for one that no plan knows.</summary>
    public IEnumerable<Attachment> AttachmentsOf(RelativePath path)
    {
        if (planned.Select(documents => documents.Find(path)).FirstOrDefault(found => found is not null) is not { } document)
        {
            return [];
        }

        var segments = path.Value.Split('/');
        var name = document.Stem.Split('/')[^1];
        if (segments[1] == "registries")
        {
            var where = $"in {segments[2]}";
            return document.Kind == PolicyKind.Repository
                ? [new(document.Kind, null, $"{name["repository-policy-".Length..]} repositories {where}")]
                : [new(document.Kind, $"whoever copies {where}", null)];
        }

        if (
            plans.SelectMany(plan => plan.Environments).Where(environment => environment.Settings.Name.Value.Value == segments[1]) is var sides
            && sides.Select(side => PlannedDocuments.PodRoleOf(name, side.Access)).OfType<PodRole>().FirstOrDefault() is { } pods
        )
        {
            return [new(document.Kind, null, pods.Role.ToString())];
        }

        var access = environments[segments[1]].Access;
        var manager = access?.Registry?.PackageManager?.Role.ToString() ?? $"package manager of {segments[1]}";
        return name switch
        {
            "package-manager-policy" => [new(document.Kind, manager, null)],
            "package-manager-trust-policy" => [new(document.Kind, null, manager)],
            "node-policy" when access?.Registry?.Nodes is { } nodes => nodes.Roles.Select(role => new Attachment(
                document.Kind,
                role.ToString(),
                null
            )),
            "node-policy" => [new(document.Kind, $"nodes of {segments[1]}", null)],
            _ => [new(document.Kind, $"whoever pulls the chart of {segments[1]}", null)],
        };
    }
}

/// <summary>What documents are attached to.</summary>
/// <param name="Kind">How they are read.</param>
/// <param name="Principal">Who may do what an identity policy says.</param>
/// <param name="Resource">What a policy of a repository or a role is about.</param>
internal readonly record struct Attachment(PolicyKind Kind, string? Principal, string? Resource);
