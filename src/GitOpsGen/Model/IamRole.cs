namespace GitOpsGen.Model;

/// <summary>A role as the settings name it: by its ARN, or by its name alone, in the cluster's account.</summary>
/// <param name="Partition">The ARN's partition; <see langword="null"/> for a bare name.</param>
/// <param name="Account">The ARN's account; <see langword="null"/> for a bare name.</param>
/// <param name="Name">The role's name with its path, as it appears after <c>role/</c>.</param>
internal sealed partial record IamRole(string? Partition, AccountId? Account, string Name)
{
    public static Grammar Grammar { get; } =
        new(Form(), "a role name (letters, digits and +=,.@_-, at most 64) or a role ARN, such as arn:aws:iam::123456789012:role/eks-node");

    public static bool TryParse(string text, [NotNullWhen(true)] out IamRole? role)
    {
        var parts = text.Split(':', 6);
        role =
            !Grammar.Matches(text) ? null
            : parts is [_, var partition, _, _, var account, var resource] ? new(partition, new(account), resource["role/".Length..])
            : new(null, null, text);
        return role is not null;
    }

    /// <summary>The ARN, with the cluster's account and partition for a bare name.</summary>
    /// <exception cref="ArgumentNullException">A bare name, and no account: the settings' reader refuses that.</exception>
    public IamRoleArn ArnIn(AccountId? cluster, AwsPartition partition) =>
        new(Partition ?? partition.Id, Account ?? cluster ?? throw new ArgumentNullException(nameof(cluster)), Name);

    /// <summary>As the settings write it.</summary>
    public override string ToString() => Account is null ? Name : $"arn:{Partition}:iam::{Account}:role/{Name}";

    // IAM: role names have at most 64 characters; a path begins and ends with a slash.
    [GeneratedRegex("^(?:arn:aws[a-z-]*:iam::[0-9]{12}:role/(?:[A-Za-z0-9+=,.@_-]+/)*)?[A-Za-z0-9+=,.@_-]{1,64}$")]
    private static partial Regex Form();
}

/// <summary>The ARN of a role.</summary>
/// <param name="Partition">The partition, as it appears in the ARN.</param>
/// <param name="Account">The role's account.</param>
/// <param name="Path">The role's name with its path, as it appears after <c>role/</c>.</param>
internal sealed record IamRoleArn(string Partition, AccountId Account, string Path)
{
    /// <summary>The annotation of a service account by which EKS gives it a role.</summary>
    public const string Annotation = "eks.amazonaws.com/role-arn";

    /// <summary>The name without the path, as IAM's commands take it.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The path alone, with a slash at both ends; <see langword="null"/> where there is none.</summary>
    public string? Folder => Path.Length > Name.Length ? $"/{Path[..^Name.Length]}" : null;

    public override string ToString() => $"arn:{Partition}:iam::{Account}:role/{Path}";
}
