namespace GitOpsGen.Iam.Access;

/// <summary>Somebody who wants to do something.</summary>
/// <param name="Principal">Who: a role, a service, an identity provider.</param>
/// <param name="Action">What, such as <c>ecr:BatchGetImage</c>.</param>
/// <param name="Resource">An ARN, or <c>*</c> for an action that has no resource.</param>
/// <param name="Context">What else is known.</param>
internal sealed record AccessRequest(PolicyPrincipal Principal, string Action, string Resource, RequestContext Context)
{
    /// <summary>The account of the resource; <see langword="null"/> where its ARN has none.</summary>
    public string? ResourceAccount => Resource.Split(':') is [_, _, _, _, { Length: > 0 } account, ..] ? account : null;

    /// <summary>Whether principal and resource are in one account. A resource without account is its owner's.</summary>
    public bool IsWithinAccount => ResourceAccount is not { } account || account == Principal.Account;
}
