namespace GitOpsGen.Iam.Access;

/// <summary>What an IAM document is attached to; the grammar differs.</summary>
internal enum PolicyKind
{
    /// <summary>A principal: it names resources and no principal.</summary>
    Identity,

    /// <summary>An ECR repository: it names principals and no resource (ECR refuses one, aws/aws-cdk#24314).</summary>
    Repository,

    /// <summary>A role: it names who may assume it, and no resource.</summary>
    Trust,
}
