using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Access;

/// <summary>A request and the policies that decide about it.</summary>
/// <param name="Identity">The policies of the principal.</param>
/// <param name="Attached">The resource's policy, if it has one.</param>
/// <param name="Principal">The principal's ARN, or a service or identity provider by name.</param>
/// <param name="Action">The action, spelled as AWS does.</param>
/// <param name="Resource">The resource's ARN, <c>*</c> for an action without one.</param>
/// <param name="Context">The context keys: a string, or a list where the key has several values.</param>
internal sealed record IamQuestion(
    IReadOnlyList<string> Identity,
    string? Attached,
    string Principal,
    string Action,
    string Resource,
    JsonObject? Context = null
);
