using System.Runtime.InteropServices;
using GitOpsGen.Iam.Access;
using GitOpsGen.Planning;

namespace GitOpsGen.Review;

/// <summary>The documents below <c>iam/</c> of one output, and whom they are for: a role that another one replaces has them on one side alone.</summary>
/// <param name="tree">The output.</param>
/// <param name="plans">The plan of that side, then the other side's, which may know what drift left behind. The first that knows decides.</param>
internal sealed class AccessDocuments(FileTree tree, params ImmutableArray<Plan> plans)
{
    private const string Folder = "iam/";

    private readonly ImmutableArray<PlannedDocuments> planned = [.. plans.Select(plan => new PlannedDocuments(plan))];

    private readonly ILookup<string, AccessPlan?> environments = plans
        .SelectMany(plan => plan.Environments)
        .ToLookup(environment => environment.Settings.Name.Value.Value, environment => environment.Access, StringComparer.Ordinal);

    // The environments of each registry.
    private readonly Dictionary<string, ImmutableArray<string>> registries = plans
        .SelectMany(plan => plan.Registries)
        .DistinctBy(registry => registry.Ecr.FolderName)
        .ToDictionary(
            registry => registry.Ecr.FolderName,
            registry => registry.Environments.Select(name => name.Value).ToImmutableArray(),
            StringComparer.Ordinal
        );

    private Dictionary<Attachment, List<OutputFile>>? read;

    /// <summary>The output.</summary>
    public FileTree Tree => tree;

    /// <summary>The documents by whom and what they are attached to.</summary>
    public IReadOnlyDictionary<Attachment, List<OutputFile>> ByAttachment => read ??= Read();

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
            [_, var environment, ..] when environments.Contains(environment) => [environment],
            _ => [],
        };

    /// <summary>Whom and what a document is for; nothing for one that no plan knows.</summary>
    public IEnumerable<Attachment> AttachmentsOf(RelativePath path)
    {
        if (planned.Select(documents => documents.Find(path)).FirstOrDefault(found => found is not null) is not { } document)
            return [];

        var segments = path.Value.Split('/');
        var name = document.Stem.Split('/')[^1];
        if (segments[1] == "registries")
        {
            var where = $"in {segments[2]}";
            return document.Kind == PolicyKind.Repository
                ? [new(document.Kind, null, $"{name["repository-policy-".Length..]} repositories {where}")]
                : [new(document.Kind, $"whoever copies {where}", null)];
        }

        ImmutableArray<AccessPlan> sides = [.. environments[segments[1]].OfType<AccessPlan>()];
        if (First(side => PlannedDocuments.PodRoleOf(name, side)) is { } pods)
            return [new(document.Kind, null, pods.Role.ToString())];

        var manager = First(side => side.Registry?.PackageManager)?.Role.ToString() ?? $"package manager of {segments[1]}";
        return name switch
        {
            "package-manager-policy" => [new(document.Kind, manager, null)],
            "package-manager-trust-policy" => [new(document.Kind, null, manager)],
            "node-policy" when First(side => side.Registry?.Nodes) is { } nodes => nodes.Roles.Select(role => new Attachment(
                document.Kind,
                role.ToString(),
                null
            )),
            "node-policy" => [new(document.Kind, $"nodes of {segments[1]}", null)],
            _ => [new(document.Kind, $"whoever pulls the chart of {segments[1]}", null)],
        };

        T? First<T>(Func<AccessPlan, T?> what)
            where T : class => sides.Select(what).OfType<T>().FirstOrDefault();
    }

    private Dictionary<Attachment, List<OutputFile>> Read()
    {
        var documents = new Dictionary<Attachment, List<OutputFile>>();
        foreach (var file in tree.Files.Where(IsDocument))
        {
            foreach (var attachment in AttachmentsOf(file.Path))
                (CollectionsMarshal.GetValueRefOrAddDefault(documents, attachment, out _) ??= []).Add(file);
        }

        return documents;
    }
}

/// <summary>What documents are attached to.</summary>
/// <param name="Kind">How they are read.</param>
/// <param name="Principal">Who may do what an identity policy says.</param>
/// <param name="Resource">What a policy of a repository or a role is about.</param>
internal readonly record struct Attachment(PolicyKind Kind, string? Principal, string? Resource);
