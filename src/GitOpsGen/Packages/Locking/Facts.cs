using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Locking;

/// <summary>
/// Looks up what is known, and notes what is asked in vain: questions without an answer, and the findings of those whose answer is a
/// failure. Either way the caller gets nothing and cannot go on.
/// </summary>
internal sealed class Facts(Known known)
{
    private readonly OrderedDictionary<RegistryQuestion, bool> missing = [];
    private readonly HashSet<RegistryQuestion> told = [];
    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);

    public ImmutableArray<RegistryQuestion> Missing => [.. missing.Keys];

    public ImmutableArray<Diagnostic> Found => bag.ToImmutable();

    /// <summary>Further findings of whoever looks things up here.</summary>
    public DiagnosticBag Bag => bag;

    /// <summary>The digest of a tag.</summary>
    /// <param name="question">The tag.</param>
    /// <param name="span">The entry that leads to the question.</param>
    public Digest? Of(RegistryQuestion.TagDigest question, SourceSpan span) => Take(question, known.Digests.GetValueOrDefault(question), span);

    /// <inheritdoc cref="Of(RegistryQuestion.TagDigest, SourceSpan)"/>
    public PackageMeta? Of(RegistryQuestion.Metadata question, SourceSpan span) => Take(question, known.Metadata.GetValueOrDefault(question), span);

    /// <inheritdoc cref="Of(RegistryQuestion.TagDigest, SourceSpan)"/>
    public PublishedVersions? Of(RegistryQuestion.Versions question, SourceSpan span) =>
        Take(question, known.Versions.GetValueOrDefault(question), span);

    /// <summary>Whether a registry says that it has no such tag.</summary>
    public bool IsGone(RegistryQuestion.TagDigest question) =>
        known.Digests.GetValueOrDefault(question) is { Value: null, Diagnostics: var found } && found.All(d => d.Rule == Rules.RegistryHasNot);

    private T? Take<T>(RegistryQuestion question, Result<T>? answer, SourceSpan span)
        where T : class
    {
        if (answer is null)
        {
            missing.TryAdd(question, true);
            return null;
        }

        if (told.Add(question))
        {
            bag.AddRange(answer.Diagnostics.Select(d => d with { Span = span }));
        }

        return answer.Value;
    }
}
