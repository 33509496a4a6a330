using System.Collections.Immutable;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>What pullers of the same images may do: put together once, for a fleet pulls alike.</summary>
internal sealed class PullPolicies(RegistryContents registries)
{
    private readonly Dictionary<(ImmutableArray<RegistryImage>, ResourceForm, bool), ImmutableArray<PolicyDocument>> known = [];

    /// <summary>Pull of every package.</summary>
    public ImmutableArray<PolicyDocument> OfPackageManager(EcrRegistry ecr, ImmutableArray<RegistryImage> images, ResourceForm form) =>
        Of(ecr, images, form, isNodes: false);

    /// <summary>Pull of everything that a pod runs.</summary>
    public ImmutableArray<PolicyDocument> OfNodes(EcrRegistry ecr, ImmutableArray<RegistryImage> images, ResourceForm form) =>
        Of(ecr, images, form, isNodes: true);

    private ImmutableArray<PolicyDocument> Of(EcrRegistry ecr, ImmutableArray<RegistryImage> images, ResourceForm form, bool isNodes)
    {
        if (!known.TryGetValue((images, form, isNodes), out var policy))
        {
            policy = IdentityPolicy.Pull(ecr, images.Where(image => isNodes ? image.IsRun : image.IsPackage), registries.Locked(ecr), form);
            known.Add((images, form, isNodes), policy);
        }

        return policy;
    }
}
