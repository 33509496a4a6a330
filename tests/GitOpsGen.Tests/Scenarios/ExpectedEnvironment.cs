using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>One environment, as a test understands lock and settings by itself.</summary>
internal sealed record ExpectedEnvironment(string Name, JsonObject Settings, ExpectedRegistry Registry, IReadOnlyList<ExpectedPackage> Images, bool IsSelected)
{
    public ExpectedPackage? Core => Images.SingleOrDefault(image => image.Kind == "Crossplane");

    public IReadOnlyList<ExpectedPackage> Packages => [.. Images.Where(image => image.Kind != "Crossplane")];

    public string Namespace => Settings["crossplane"]?["namespace"]?.GetValue<string>() ?? "crossplane-system";

    public JsonNode? PackageManager => Registry.IsEcr ? Settings["iam"]?["packageManager"] : null;

    public bool HasNodes => Registry.IsEcr && Settings["iam"]?["nodes"] is not null;

    public bool FoldsResources => Settings["iam"]?["resources"]?.GetValue<string>() == "wildcard";

    public JsonObject? Values => Settings["crossplane"]?["values"] as JsonObject;

    public string ServiceAccount
    {
        get
        {
            var account = Values?["serviceAccount"];
            var isOwn = account?["create"]?.GetValue<bool>() == false;
            return (isOwn ? account!["name"]?.GetValue<string>() : null) ?? Values?["nameOverride"]?.GetValue<string>() ?? "crossplane";
        }
    }

    public string RoleArn(string role) => role.StartsWith("arn:", StringComparison.Ordinal) ? role : $"arn:{Registry.Partition}:iam::{Registry.Account}:role/{role}";
}
