using System.Security.Cryptography;
using GitOpsGen.Iam.Access;

namespace GitOpsGen.Review;

/// <summary>What principals may do after a change and could not before, and the other way round.</summary>
internal sealed class AccessReview
{
    private readonly Dictionary<(PolicyKind, string, string), ImmutableArray<AccessDifference>> differences = [];

    /// <summary>What an output allows that another one does not.</summary>
    public IEnumerable<AccessChange> Beyond(AccessDocuments allowing, AccessDocuments other) =>
        from pair in allowing.ByAttachment
        let others = other.ByAttachment.GetValueOrDefault(pair.Key) ?? []
        where !IsSame(pair.Value, others)
        from change in Beyond(allowing, pair.Key, others)
        select change;

    /// <summary>Documents that differ and cannot be compared: the user's own, and those that are not IAM's.</summary>
    public static IEnumerable<UnreadDocument> NotEvaluated(AccessDocuments before, AccessDocuments after)
    {
        foreach (var file in after.Tree.Files.Where(AccessDocuments.IsDocument))
        {
            var isThere = before.Tree.TryGet(file.Path, out var old);
            if (isThere && FileComparison.IsSame(old!.Content, file.Content))
                continue;

            var reason =
                !after.Knows(file.Path) ? "it is not one of GitOpsGen's own"
                : !IsReadable(after, file) ? "it cannot be read"
                : isThere && !IsReadable(before, old!) ? "the one at base cannot be read"
                : null;
            if (reason is not null)
                yield return new(file.Path.Value, reason) { Environments = after.EnvironmentsOf(file.Path) };
        }

        foreach (var file in before.Tree.Files.Where(file => AccessDocuments.IsDocument(file) && !before.Knows(file.Path)))
        {
            if (!after.Tree.TryGet(file.Path, out _))
            {
                yield return new(file.Path.Value, "it is gone, and what it denied may be allowed now")
                {
                    Environments = before.EnvironmentsOf(file.Path),
                };
            }
        }
    }

    private static bool IsReadable(AccessDocuments documents, OutputFile file) =>
        documents.AttachmentsOf(file.Path).All(attachment => Read(file.Content, attachment.Kind, 0) is not null);

    private IEnumerable<AccessChange> Beyond(AccessDocuments allowing, Attachment attachment, List<OutputFile> others)
    {
        var files = allowing.ByAttachment[attachment];
        var key = (attachment.Kind, string.Join(' ', files.Select(HashOf)), string.Join(' ', others.Select(HashOf)));
        if (!differences.TryGetValue(key, out var found))
            differences[key] = found = AccessInclusion.Beyond(Read(files, attachment.Kind), Read(others, attachment.Kind));

        return from difference in found
            // Equal documents are read once, under their numbers.
            let path = (difference.Span is { } span ? files[int.Parse(span.File, CultureInfo.InvariantCulture)] : files[0]).Path
            let environments = allowing.EnvironmentsOf(path)
            from action in difference.Actions
            from pair in Pairs(attachment, difference)
            select new AccessChange(pair.Principal, action, pair.Resource, path.Value) { Environments = environments };
    }

    private static IEnumerable<(string Principal, string Resource)> Pairs(Attachment attachment, AccessDifference difference) =>
        attachment.Principal is { } principal
            ? difference.Resources.Select(resource => (principal, resource))
            : difference.Principals.Select(who => (who, attachment.Resource!));

    private static ImmutableArray<AccessPolicy> Read(List<OutputFile> files, PolicyKind kind) =>
        [.. files.Select((file, number) => Read(file.Content, kind, number)).OfType<AccessPolicy>()];

    private static AccessPolicy? Read(ReadOnlyMemory<byte> content, PolicyKind kind, int number) =>
        AccessPolicyReader.Read(number.ToString(CultureInfo.InvariantCulture), content.Span, kind).Value;

    private static bool IsSame(List<OutputFile> one, List<OutputFile> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => FileComparison.IsSame(pair.First.Content, pair.Second.Content));

    private static string HashOf(OutputFile file) => Convert.ToHexString(SHA256.HashData(file.Content.Span));
}
