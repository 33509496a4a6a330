namespace GitOpsGen.Model;

/// <summary>A role, completely named.</summary>
/// <param name="Partition">The partition, as it stands in the ARN.</param>
/// <param name="Account">The account that it lives in.</param>
/// <param name="Path">The role's name with its path, as it stands behind <c>role/</c>.</param>
internal sealed record IamRoleArn(string Partition, AccountId Account, string Path)
{
    /// <summary>The name without the path, as the commands of IAM want it.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The path alone, with a slash at both ends; <see langword="null"/> where there is none.</summary>
    public string? Folder => Path.Length > Name.Length ? $"/{Path[..^Name.Length]}" : null;

    public override string ToString() => $"arn:{Partition}:iam::{Account}:role/{Path}";
}
