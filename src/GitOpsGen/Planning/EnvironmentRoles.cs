using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>The roles of an environment, completely named.</summary>
internal static class EnvironmentRoles
{
    /// <summary>A role: one given by name lives in the cluster's account.</summary>
    public static IamRoleArn ArnOf(this EnvironmentSettings settings, IamRole role, EcrRegistry ecr) =>
        role.ArnIn(settings.ClusterAccount ?? ecr.Account, ecr.Region.Partition);

    /// <summary>The roles that live in another account than the registry, with what they pull; a role that pulls several classes several times.</summary>
    public static IEnumerable<(ImageClass Class, IamRoleArn Role)> ForeignRoles(this EnvironmentSettings settings, IamSettings iam, EcrRegistry ecr)
    {
        var manager = Foreign(iam.PackageManager is { } named ? [named.Role.Value] : []);
        var nodes = Foreign(iam.NodeRoles.Select(role => role.Value));
        return
        [
            .. manager.SelectMany(role => new[] { (ImageClass.Runtime, role), (ImageClass.Configuration, role) }),
            .. nodes.SelectMany(role => new[] { (ImageClass.Core, role), (ImageClass.Runtime, role) }),
        ];

        IEnumerable<IamRoleArn> Foreign(IEnumerable<IamRole> roles) => roles.Select(role => settings.ArnOf(role, ecr)).Where(role => role.Account != ecr.Account);
    }
}
