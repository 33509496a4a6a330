namespace GitOpsGen.Iam.Access;

/// <summary>
/// Reads an IAM document strictly, with places: whatever is not in AWS's grammar is a finding, for IAM refuses it or, worse, reads it in
/// another way (IAM User Guide, "Grammar of the IAM JSON policy language").
/// </summary>
internal sealed partial class AccessPolicyReader
{
    private const string Version = "2012-10-17";

    private readonly PolicyKind kind;
    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);
    private readonly PolicyElements elements;
    private readonly HashSet<string> sids = new(StringComparer.Ordinal);

    private AccessPolicyReader(PolicyKind kind)
    {
        this.kind = kind;
        elements = new(bag);
    }

    /// <summary>Reads one document. There is a value only where nothing was found.</summary>
    /// <param name="file">The file as findings print it.</param>
    /// <param name="bytes">Its bytes, UTF-8.</param>
    /// <param name="kind">What the document is attached to.</param>
    public static Result<AccessPolicy> Read(string file, ReadOnlySpan<byte> bytes, PolicyKind kind)
    {
        if (JsonSyntax.FindProblem(bytes) is { } problem)
        {
            var message = $"This is not JSON: {problem.What}.";
            return new(null, [new Diagnostic(Rules.NoIamDocument, message, "Correct the syntax.", new SourceSpan(file, problem.At, problem.At))]);
        }

        // Strict JSON is YAML, but for what YAML cannot hold either: invisible characters, a key of a thousand characters.
        var (root, found) = YamlReader.Read(file, bytes);
        if (root is null || found.Length > 0)
            return new(null, [.. found.Select(d => new Diagnostic(Rules.NoIamDocument, d.Message, d.Fix, d.Span))]);

        var reader = new AccessPolicyReader(kind);
        var policy = reader.ReadDocument(root);
        var findings = reader.bag.ToImmutable();
        return new(findings.IsEmpty ? policy : null, findings);
    }

    private AccessPolicy ReadDocument(YamlNode root)
    {
        if (elements.Mapping(root, "An IAM document", ["Version", "Id", "Statement"]) is not { } document)
            return new(kind, []);

        if (document["Version"] is not YamlScalar { Kind: ScalarKind.String, Text: Version })
        {
            bag.Add(
                Rules.PolicyVersion,
                (document["Version"] ?? document).Span,
                $"The Version is not \"{Version}\".",
                "Write it so; with any other, IAM reads the document in another way."
            );
        }

        elements.OptionalString(document, "Id");
        var statements = document["Statement"] switch
        {
            null => elements.Refuse<ImmutableArray<YamlNode>>(document, "The document has no Statement.", "Add at least one.", []),
            YamlSequence { Items.IsEmpty: true } empty => elements.Refuse<ImmutableArray<YamlNode>>(
                empty,
                "The list of statements is empty.",
                "Add at least one.",
                []
            ),
            YamlSequence list => list.Items,
            var single => [single],
        };
        return new(kind, [.. statements.Select(ReadStatement).OfType<AccessStatement>()]);
    }

    private AccessStatement? ReadStatement(YamlNode node)
    {
        string[] keys = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];
        if (elements.Mapping(node, "A statement", keys) is not { } statement)
            return null;

        var sid = ReadSid(statement);
        var effect = elements.OptionalString(statement, "Effect");
        if (effect?.Text is not ("Allow" or "Deny"))
            elements.Refuse(statement["Effect"] ?? statement, "The Effect is neither Allow nor Deny.", "Write one of the two.");

        var principals = ReadPrincipals(statement);
        var resources = ReadResources(statement);
        var actions = elements.Selection(statement, "Action", elements.Strings);
        if (actions is null)
        {
            elements.Refuse(statement, "A statement has no Action.", "Add one.");
            return null;
        }

        foreach (var action in actions.Items.Where(item => !Action().IsMatch(item.Value)))
            elements.Refuse(action.Span, $"'{Excerpt.Of(action.Value)}' is not an action.", "Write it as service:Name, or * for all.");

        return new AccessStatement
        {
            Sid = sid,
            Allows = effect?.Text == "Allow",
            Principals = principals,
            Actions = actions,
            Resources = resources,
            Conditions = [.. elements.Conditions(statement["Condition"])],
            Span = statement.Span,
        };
    }

    private string? ReadSid(YamlMapping statement)
    {
        if (elements.OptionalString(statement, "Sid") is not { } sid)
            return null;

        if (!Sid().IsMatch(sid.Text))
        {
            bag.Add(
                Rules.StatementId,
                sid.Span,
                $"The Sid '{Excerpt.Of(sid.Text)}' is not made of letters and digits.",
                "Leave the other characters out."
            );
        }
        else if (!sids.Add(sid.Text))
        {
            bag.Add(Rules.StatementId, sid.Span, $"The Sid '{Excerpt.Of(sid.Text)}' stands twice in the document.", "Give each statement its own.");
        }

        return sid.Text;
    }

    private Selection<PolicyPrincipal>? ReadPrincipals(YamlMapping statement)
    {
        var principals = elements.Selection(statement, "Principal", elements.Principals);
        if (kind == PolicyKind.Identity && (statement["Principal"] ?? statement["NotPrincipal"]) is { } misplaced)
        {
            bag.Add(
                Rules.PrincipalMisplaced,
                misplaced.Span,
                "An identity policy names a principal.",
                "Remove it; the policy is for whom it is attached to."
            );
        }
        else if (kind != PolicyKind.Identity && principals is null)
        {
            elements.Refuse(statement, "A statement has no Principal.", "Add one.");
        }

        return principals;
    }

    private Selection<string>? ReadResources(YamlMapping statement)
    {
        var resources = elements.Selection(statement, "Resource", elements.Strings);
        if (kind != PolicyKind.Identity && (statement["Resource"] ?? statement["NotResource"]) is { } misplaced)
        {
            bag.Add(
                Rules.ResourceMisplaced,
                misplaced.Span,
                "A resource stands in a policy that is attached to its resource.",
                "Remove it; AWS refuses the document."
            );
        }
        else if (kind == PolicyKind.Identity && resources is null)
        {
            bag.Add(Rules.ResourceMissing, statement.Span, "A statement has no Resource.", "Add one.");
        }

        foreach (var resource in resources?.Items.Where(item => item.Value != "*" && !item.Value.StartsWith("arn:", StringComparison.Ordinal)) ?? [])
            elements.Refuse(resource.Span, $"'{Excerpt.Of(resource.Value)}' is not a resource.", "Write an ARN, or * for all.");

        return resources;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]*\z")]
    private static partial Regex Sid();

    [GeneratedRegex(@"\A(?:\*|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+)\z")]
    private static partial Regex Action();
}
