using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>One environment, as a test understands lock and settings by itself.</summary>
internal sealed record ExpectedEnvironment(
    string Name,
    JsonObject Settings,
    ExpectedRegistry Registry,
    IReadOnlyList<ExpectedPackage> Images,
    bool IsSelected
)
{
    public ExpectedPackage? Core => Images.SingleOrDefault(image => image.Kind == "Crossplane");

    public IReadOnlyList<ExpectedPackage> Packages => [.. Images.Where(image => image.Kind != "Crossplane")];

    public string Namespace => Settings["crossplane"]?["namespace"]?.GetValue<string>() ?? "crossplane-system";

    public JsonNode? PackageManager => Registry.IsEcr ? Settings["iam"]?["packageManager"] : null;

    /// <summary>The ARNs of the nodes' roles.</summary>
    public IReadOnlyList<string> NodeRoles =>
        Registry.IsEcr && Settings["iam"]?["nodes"]?["roles"] is JsonArray roles ? [.. roles.Select(role => RoleArn(role!.GetValue<string>()))] : [];

    /// <summary>The account of roles that are given by name.</summary>
    public string? ClusterAccount => Settings["cluster"]?["account"]?.GetValue<string>() ?? Registry.Account;

    public string Engine => Settings["gitops"]?["engine"]?.GetValue<string>() ?? "none";

    /// <summary>Where the chart comes from, without scheme; <see langword="null"/> where it comes from no OCI registry.</summary>
    public string? OciChart =>
        ChartRepository is { } url && url.StartsWith("oci://", StringComparison.Ordinal)
            ? $"{url["oci://".Length..]}/{Settings["crossplane"]?["chart"]?["name"]?.GetValue<string>() ?? "crossplane"}"
            : null;

    /// <summary>The registry that holds the chart, where that is ECR.</summary>
    public ExpectedRegistry? ChartRegistry =>
        OciChart is { } chart && ExpectedRegistry.At(chart[..chart.IndexOf('/', StringComparison.Ordinal)]) is { IsEcr: true } ecr ? ecr : null;

    /// <summary>The ARN of the chart's repository, where the chart is in ECR.</summary>
    public string? ChartArn => ChartRegistry?.ArnOf(OciChart![(OciChart!.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    /// <summary>Whether the chart is copied to where it comes from.</summary>
    public bool MirrorsChart => ChartRepository is { } url && url != LockedChart;

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

    public string RoleArn(string role) =>
        role.StartsWith("arn:", StringComparison.Ordinal) ? role : $"arn:{Registry.Partition}:iam::{ClusterAccount}:role/{role}";

    private string? LockedChart => Core?.Entry["chart"]?["repository"]?.GetValue<string>();

    private string? ChartRepository =>
        LockedChart is null ? null : Settings["crossplane"]?["chart"]?["repository"]?.GetValue<string>() ?? LockedChart;
}
