namespace GitOpsGen.Iam.Access;

/// <summary>
/// Whether rendered documents are documents, within their quota, and grant what the plan grants. An override of a template can write
/// anything; it cannot widen access.
/// </summary>
internal static class AccessCheck
{
    /// <summary>Findings about the documents of one principal, one repository or one role; their places are in the documents.</summary>
    /// <param name="kind">What the documents are attached to.</param>
    /// <param name="files">The documents with their names as findings print them: a policy and its continuations.</param>
    /// <param name="grants">What the plan grants by them.</param>
    public static ImmutableArray<Diagnostic> Check(
        PolicyKind kind,
        IReadOnlyCollection<(string File, ReadOnlyMemory<byte> Content)> files,
        IReadOnlyCollection<AccessGrant> grants
    )
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var documents = new List<AccessPolicy>();
        foreach (var (file, content) in files)
        {
            if (Read(kind, file, content.Span, bag) is { } document)
            {
                documents.Add(document);
                Widened(document, grants, bag);
            }
        }

        // Of what cannot be read, nobody knows what it grants.
        if (files.Count > 0 && documents.Count == files.Count)
            Lost(documents, grants, files.First().File, bag);

        return bag.ToImmutable();
    }

    // A document over its quota is not compared: AWS refuses it, and its size bounds the work.
    private static AccessPolicy? Read(PolicyKind kind, string file, ReadOnlySpan<byte> content, DiagnosticBag bag)
    {
        var quota = PolicyQuota.Of(kind);
        if (PolicyQuota.SizeOf(Encoding.UTF8.GetString(content)) is var size && size > quota)
        {
            bag.Add(
                Rules.DocumentOverQuota,
                SourceSpan.StartOf(file),
                $"The document has {size} characters without white space, more than the {quota} that AWS takes.",
                "Shorten what the template writes."
            );
            return null;
        }

        var (document, found) = AccessPolicyReader.Read(file, content, kind);
        bag.AddRange(found);
        return document;
    }

    private static void Widened(AccessPolicy document, IReadOnlyCollection<AccessGrant> grants, DiagnosticBag bag)
    {
        foreach (var extra in AccessComparison.Extra(document, grants))
        {
            var statement = extra.Sid is { Length: > 0 } sid ? $"The statement '{Excerpt.Of(sid)}'" : "A statement";
            bag.Add(
                Rules.AccessWidened,
                extra.Span,
                $"{statement} grants {extra}, which the plan does not.",
                "Take it out of the template, or grant it in a policy of your own."
            );
        }
    }

    private static void Lost(List<AccessPolicy> documents, IReadOnlyCollection<AccessGrant> grants, string file, DiagnosticBag bag)
    {
        foreach (var lost in AccessComparison.Lost(documents, grants))
        {
            bag.Add(
                Rules.AccessLost,
                SourceSpan.StartOf(file),
                $"The plan grants {lost}, but the documents do not, or not in every case.",
                "Let the template write it."
            );
        }
    }
}

/// <summary>How long a document may be. White space is not counted.</summary>
internal static class PolicyQuota
{
    public static int Of(PolicyKind kind) =>
        kind switch
        {
            PolicyKind.Trust => PolicyDocument.TrustPolicyQuota,
            PolicyKind.Repository => PolicyDocument.RepositoryPolicyQuota,
            _ => PolicyDocument.ManagedPolicyQuota,
        };

    /// <summary>The characters of a text that count against the quota.</summary>
    public static int SizeOf(string text)
    {
        var size = 0;
        foreach (var character in text)
            size += char.IsWhiteSpace(character) ? 0 : 1;

        return size;
    }
}
