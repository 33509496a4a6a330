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
            var secret = environment.Settings["registry"]!["pullSecret"]?.GetValue<string>();
            foreach (var package in environment.Packages)
            {
                var pulled = configs.Rewrite(package.Reference);
                Compare(environment, package.Reference, "is pulled from", package.PulledReference, pulled, found);
                Compare(environment, package.Reference, "is pulled with", secret, configs.PullSecret(pulled), found);
            }

            foreach (var stranger in environment.Packages.SelectMany(Neighbours).Except(environment.Packages.Select(package => package.Reference)))
            {
                var pulled = configs.Rewrite(stranger);
                Compare(environment, stranger, "is pulled from", Pulled(stranger, environment), pulled, found);
                if (!environment.Registry.Has(HostOf(pulled)))
                    Compare(environment, stranger, "is pulled with", null, configs.PullSecret(pulled), found);
            }
        }

        return found;
    }

    /// <summary>The ImageConfigs that an environment's Kustomization applies before its packages.</summary>
    public IEnumerable<JsonNode> Rendered(ExpectedEnvironment environment)
    {
        var folder = Path.Combine(output, "overlays", environment.Name, "packages", "prerequisites");
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

    // A reference that is not locked goes to the mirror exactly with the organisation, or the repository without one, that is.
    private static string Pulled(string reference, ExpectedEnvironment environment)
    {
        var (host, path) = (HostOf(reference), reference[(HostOf(reference).Length + 1)..reference.LastIndexOf(':')]);
        var isCovered = environment.Packages.Any(package =>
            package is { IsRewritten: true, IsOwn: false }
            && (
                path.Contains('/')
                    ? Two(package.Upstream) is [var h, var o, _] && h == host && o == path.Split('/')[0]
                    : package.Upstream == $"{host}/{path}"
            )
        );
        var prefix = environment.Registry.PrefixOf(host);
        return isCovered
            ? $"{environment.Registry.Host}/{(prefix.Length == 0 ? "" : prefix + "/")}{path}{reference[reference.LastIndexOf(':')..]}"
            : reference;
    }

    private static string[] Two(string repository) => repository.Split('/', 3);

    private static string HostOf(string reference) => reference[..reference.IndexOf('/', StringComparison.Ordinal)];

    private void Compare(ExpectedEnvironment environment, string reference, string how, string? expected, string? actual, List<string> found)
    {
        Cells++;
        if (expected != actual)
            found.Add($"{environment.Name}: {reference} {how} {actual ?? "nothing"}, not {expected ?? "nothing"}");
    }
}
