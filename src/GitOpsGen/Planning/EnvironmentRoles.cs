using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>The roles of an environment, completely named.</summary>
internal static class EnvironmentRoles
{
    /// <summary>A role: one given by name lives in the cluster's account.</summary>
    public static RoleInUse Complete(this EnvironmentSettings settings, Located<IamRole> role, EcrRegistry ecr) =>
        new(role.Value.ArnIn(settings.ClusterAccount ?? ecr.Account, ecr.Region.Partition), role.Span, IsNamedByArn: role.Value.Account is not null);

    /// <summary>The roles that live in another account than the registry, with what they pull; a role that pulls several classes several times.</summary>
    public static IEnumerable<(ImageClass Class, RoleInUse Role)> ForeignRoles(this EnvironmentSettings settings, IamSettings iam, EcrRegistry ecr)
    {
        var manager = Foreign(iam.PackageManager is { } named ? [named.Role] : []);
        var nodes = Foreign(iam.NodeRoles);
        return
        [
            .. manager.SelectMany(role => new[] { (ImageClass.Runtime, role), (ImageClass.Configuration, role) }),
            .. nodes.SelectMany(role => new[] { (ImageClass.Core, role), (ImageClass.Runtime, role) }),
        ];

        IEnumerable<RoleInUse> Foreign(IEnumerable<Located<IamRole>> roles) =>
            roles.Select(role => settings.Complete(role, ecr)).Where(role => role.Arn.Account != ecr.Account);
    }
}
