using System.Text.Json.Nodes;
using GitOpsGen.Tests.Scenarios;

namespace GitOpsGen.Tests.Planning;

/// <summary>
/// A question for every reference: what Crossplane pulls, and with which Secret, given the rendered
/// ImageConfigs. Asked for each package, and for neighbours that nobody locked.
/// </summary>
internal sealed class PullMatrix(ExpectedPlan plan, string output)
{
    /// <summary>How many references were asked for: a matrix of nothing would agree with everything.</summary>
    public int Cells { get; private set; }

    /// <summary>One line for each reference that goes elsewhere than it should; empty when all is well.</summary>
    /// <param name="configsOf">The ImageConfigs of an environment; by default those that its Kustomization names.</param>
    public IReadOnlyList<string> Mismatches(Func<ExpectedEnvironment, IEnumerable<JsonNode>>? configsOf = null)
    {
        var found = new List<string>();
        foreach (var environment in plan.Environments)
        {
            var configs = new ImageConfigs((configsOf ?? Rendered)(environment));
            var withSecret = environment.Packages.Select(package => package.Registry).Where(registry => registry.Secret is not null).ToList();
            foreach (var package in environment.Packages)
            {
                var pulled = configs.Rewrite(package.Reference);
                Compare(environment, package.Reference, "is pulled from", package.PulledReference, pulled, found);
                Compare(environment, package.Reference, "is pulled with", package.Registry.Secret, configs.PullSecret(pulled), found);
            }

            foreach (var stranger in environment.Packages.SelectMany(Neighbours).Except(environment.Packages.Select(package => package.Reference)))
            {
                var pulled = configs.Rewrite(stranger);
                Compare(environment, stranger, "is pulled from", Pulled(stranger, environment), pulled, found);
                if (!withSecret.Exists(registry => registry.Has(HostOf(pulled))))
                    Compare(environment, stranger, "is pulled with", null, configs.PullSecret(pulled), found);
            }
        }

        return found;
    }

    /// <summary>The ImageConfigs that an environment's Kustomization applies before its packages.</summary>
    public IEnumerable<JsonNode> Rendered(ExpectedEnvironment environment) => Rendered(output, environment.Name);

    public static IEnumerable<JsonNode> Rendered(string output, string environment)
    {
        var folder = Path.Combine(output, "overlays", environment, "packages", "prerequisites");
        return Documents
            .Strings(Documents.Read(Path.Combine(folder, "kustomization.yaml"))!["resources"])
            .Select(file => Documents.Read(Path.Combine(folder, file))!)
            .Where(o => o["kind"]!.GetValue<string>() == "ImageConfig");
    }

    /// <summary>References that lie close to a package's: what a prefix without its boundary would catch too.</summary>
    private static IEnumerable<string> Neighbours(ExpectedPackage package)
    {
        var (host, path) = (HostOf(package.Upstream), package.Upstream[(HostOf(package.Upstream).Length + 1)..]);
        var organisation = path.Split('/')[0];
        yield return $"{package.Upstream}control:v1.0.0";
        yield return $"{package.Upstream}/deeper:v1.0.0";
        yield return $"{host}/{organisation}x/{path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]}:v1.0.0";
        yield return $"{host}/{organisation}:v1.0.0";
        yield return $"{host}/{organisation}/another:v1.0.0";
        yield return $"{host}/other-{path}:v1.0.0";
        yield return $"{host}.evil/{path}:v1.0.0";
        yield return $"evil.{host}/{path}:v1.0.0";
        yield return $"{host}-evil.example.com/{path}:v1.0.0";
        yield return $"{package.Registry.Host}/{path}:v1.0.0";
        yield return $"{package.Registry.Host}.evil/{path}:v1.0.0";
    }

    // A reference that is not locked goes where its organisation, the deeper folder of a route, or the repository alone goes.
    private static string Pulled(string reference, ExpectedEnvironment environment)
    {
        var upstream = reference[..reference.LastIndexOf(':')];
        var neighbour = environment
            .Packages.Where(package =>
                package.IsRewritten && reference.StartsWith(package.Registry.ScopeOf(package.Upstream), StringComparison.Ordinal)
            )
            .MaxBy(package => package.Registry.ScopeOf(package.Upstream).Length);
        return neighbour is null or { IsOwn: true }
            ? reference
            : $"{neighbour.Registry.Host}/{neighbour.Registry.PathOf(upstream)}{reference[reference.LastIndexOf(':')..]}";
    }

    private static string HostOf(string reference) => reference[..reference.IndexOf('/', StringComparison.Ordinal)];

    private void Compare(ExpectedEnvironment environment, string reference, string how, string? expected, string? actual, List<string> found)
    {
        Cells++;
        if (expected != actual)
            found.Add($"{environment.Name}: {reference} {how} {actual ?? "nothing"}, not {expected ?? "nothing"}");
    }
}
