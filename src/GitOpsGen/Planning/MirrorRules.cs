using System.Text.RegularExpressions;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>The rules about places in a registry, over every environment that uses it.</summary>
internal sealed partial class MirrorRules(DiagnosticBag bag)
{
    private readonly Dictionary<(string Registry, string Path), RegistryImage> upstreams = [];

    /// <summary>
    /// Checks that an image has its place for itself, by whichever of its hosts a registry is called, and, where the registry is
    /// ECR, that ECR accepts its name.
    /// </summary>
    public void Check(RegistryImage image, EcrRegistry? ecr)
    {
        var place = (ecr?.FolderName ?? image.Repository.Host, image.Repository.Path);
        if (!upstreams.TryAdd(place, image))
        {
            var other = upstreams[place].Entry;
            if (other.Package.Value != image.Entry.Package.Value)
            {
                bag.Add(
                    Rules.MirrorCollision,
                    image.Entry.Package.Span,
                    $"{image.Entry.Package} and {other.Package} (line {other.Package.Span.Start.Line}) would both lie at {image.Repository}.",
                    "Give their hosts different prefixes: 'prefix: { host-a: a, host-b: b }'."
                );
            }
        }
        else if (ecr is not null && !EcrName().IsMatch(image.Repository.Path))
        {
            bag.Add(
                Rules.RepositoryName,
                image.Entry.Package.Span,
                $"ECR refuses the repository name '{image.Repository.Path}': 2 to 256 characters, beginning with a letter.",
                "Choose another 'prefix'."
            );
        }
    }

    // botocore's RepositoryName; the EKS guide adds the letter. Upstream paths and prefixes keep to the separators already.
    [GeneratedRegex(@"\A[a-z].{1,255}\z")]
    private static partial Regex EcrName();
}
