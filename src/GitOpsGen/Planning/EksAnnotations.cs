namespace GitOpsGen.Planning;

/// <summary>
/// The annotations of a service account that EKS reads to give its pods a role (amazon-eks-pod-identity-webhook, README). One that it does
/// not know, or cannot use, is no error to anybody: the pods start without the role.
/// </summary>
internal static class EksAnnotations
{
    private const string Prefix = "eks.amazonaws.com/";

    // Kubernetes refuses a token for less.
    private const int ShortestToken = 600;

    /// <summary>What is wrong with a service account's annotations: the place, what is wrong there, and what to do.</summary>
    /// <param name="annotations">The annotations.</param>
    /// <param name="cluster">The cluster's partition, where it is known.</param>
    public static IEnumerable<(SourceSpan Span, string Problem, string Fix)> Problems(YamlMapping? annotations, AwsPartition? cluster)
    {
        foreach (var (key, value) in annotations?.Entries ?? [])
        {
            var text = (value as YamlScalar)?.Text ?? "";
            if (!key.Text.StartsWith(Prefix, StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal)) // Flux may put it in
                continue;

            switch (key.Text[Prefix.Length..])
            {
                case "role-arn" when !(IamRole.TryParse(text, out var role) && role.Account is not null):
                    yield return Wanted($"the ARN of a role, such as arn:{cluster?.Id ?? "aws"}:iam::123456789012:role/provider-aws");
                    break;
                case "role-arn" when IamRole.TryParse(text, out var role) && cluster is not null && role.Partition != cluster.Id:
                    yield return (
                        value.Span,
                        $"{role} is in partition {role.Partition}, but the cluster is in {cluster.Id}, and the pods would start without a role",
                        "Name a role of the cluster's partition."
                    );
                    break;
                case "role-arn" when IamRole.TryParse(text, out var role) && AwsPartition.All.All(known => known.Id != role.Partition):
                    yield return Wanted($"an ARN in one of the partitions {string.Join(", ", AwsPartition.All.Select(known => known.Id))}");
                    break;
                case "sts-regional-endpoints" when text is not ("true" or "false"):
                    yield return Wanted("\"true\" or \"false\"");
                    break;
                case "token-expiration" when !(int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds >= ShortestToken):
                    yield return Wanted($"a number of seconds in quotes, at least \"{ShortestToken}\"");
                    break;
                case "role-arn" or "sts-regional-endpoints" or "token-expiration" or "audience":
                    break;
                default:
                    yield return (
                        key.Span,
                        $"EKS knows no annotation '{Excerpt.Of(key.Text)}' of a service account",
                        "Correct the key; there are role-arn, audience, sts-regional-endpoints and token-expiration."
                    );
                    break;
            }

            (SourceSpan, string, string) Wanted(string what) =>
                (value.Span, $"'{Excerpt.Of(text)}' cannot be the value of {key.Text}, and the pods would start without a role", $"Give {what}.");
        }
    }
}
