namespace GitOpsGen.Iam;

/// <summary>The actions of ECR, by what they are for (Service Authorization Reference; awsdocs image-push-iam).</summary>
internal static class EcrActions
{
    /// <summary>Has no resource type: it can only be allowed on <c>*</c>.</summary>
    public const string Authorize = "ecr:GetAuthorizationToken";

    /// <summary>
    /// A pull. <c>ecr:ListImages</c> is left out on purpose: with a complete closure nothing lists tags, and without it an
    /// unexpected dependency fails instead of floating to the newest version.
    /// </summary>
    public static ImmutableArray<string> Pull { get; } = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    /// <summary>
    /// What a pull needs besides, where a cache does not have the image yet: ECR fetches it, and makes the repository of a new one.
    /// Introduced in: awsdocs pull-through-cache-iam.
    /// </summary>
    public static ImmutableArray<string> FillCache { get; } = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"];

    /// <summary>
    /// What the script of <c>mirror plan</c> does: make the repositories that are not there, push, and read back what is there. A repository
    /// policy is set where one is rendered.
    /// </summary>
    public static ImmutableArray<string> Mirror { get; } =
    [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:CreateRepository",
        "ecr:DescribeRepositories",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:ListImages",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    ];

    /// <summary>Where roles of other accounts pull: the policies of their repositories are set too.</summary>
    public static ImmutableArray<string> MirrorAndShare { get; } = [.. Mirror.Add("ecr:SetRepositoryPolicy").Order(StringComparer.Ordinal)];
}
