namespace GitOpsGen.Importing.Installed;

/// <summary>IAM policies that people wrote for pulling from ECR.</summary>
internal static partial class Policies
{
    private static readonly string[] PullActions = ["ecr:batchgetimage", "ecr:getdownloadurlforlayer", "ecr:batchget*", "ecr:*", "*"];

    /// <summary>The statements of a policy; none for anything else.</summary>
    public static IEnumerable<YamlMapping> Statements(YamlNode? policy) =>
        policy.At("Statement") switch
        {
            YamlSequence list => list.Items.OfType<YamlMapping>(),
            YamlMapping one => [one],
            _ => [],
        };

    /// <summary>One text, or a list of them.</summary>
    public static IEnumerable<YamlScalar> Texts(YamlNode? node) =>
        node is YamlSequence list ? list.Items.OfType<YamlScalar>()
        : node is YamlScalar one ? [one]
        : [];

    /// <summary>The policy in a document, also inside of what <c>aws</c> answers.</summary>
    public static YamlNode? In(YamlNode document) =>
        new[] { document, document.At("PolicyDocument"), document.At("PolicyVersion", "Document"), document.At("Policy") }.FirstOrDefault(node =>
            node.At("Statement") is not null
        );

    public static void Check(YamlNode policy, DiagnosticBag bag)
    {
        var granted = Statements(policy)
            .Where(statement =>
                statement.TextAt("Effect") == "Allow"
                && Texts(statement["Action"]).Any(action => PullActions.Contains(action.Text.ToLowerInvariant()))
            )
            .SelectMany(statement => Texts(statement["Resource"]))
            .ToList();
        foreach (var resource in granted)
        {
            if (resource.Text == "*" || resource.Text.EndsWith(":repository/*", StringComparison.Ordinal))
            {
                bag.Add(
                    Rules.PullEverything,
                    resource.Span,
                    $"'{Excerpt.Of(resource.Text)}' grants the pull of every repository.",
                    "Name the repositories; 'gitopsgen render' writes such a policy."
                );
            }
            else if (!resource.Text.StartsWith("arn:", StringComparison.Ordinal))
            {
                bag.Add(
                    Rules.PolicyArn,
                    resource.Span,
                    $"'{Excerpt.Of(resource.Text)}' is not an ARN, and grants nothing.",
                    "Write arn:aws:ecr:REGION:ACCOUNT:repository/PATH."
                );
            }
            else if (!Repository().IsMatch(resource.Text))
            {
                bag.Add(
                    Rules.PolicyArn,
                    resource.Span,
                    $"'{Excerpt.Of(resource.Text)}' lacks 'repository/': it matches no repository, and grants nothing.",
                    "Write arn:aws:ecr:REGION:ACCOUNT:repository/PATH."
                );
            }
        }

        if (granted.Count > 0 && granted.TrueForAll(resource => resource.Text.EndsWith("crossplane/crossplane", StringComparison.Ordinal)))
        {
            bag.Add(
                Rules.PolicyCoreOnly,
                policy.Span,
                "The policy grants the core's image alone: the nodes pull every Provider and Function too, because their pods run the image of the package.",
                "Grant all; 'gitopsgen render' writes such a policy."
            );
        }
    }

    [GeneratedRegex(@"\Aarn:[^:]*:ecr:[^:]*:[^:]*:repository/")]
    private static partial Regex Repository();
}
