using GitOpsGen.Packages;
using GitOpsGen.Planning;

namespace GitOpsGen.Guards;

/// <summary>
/// Packages whose <c>runtimeConfigRef</c> names a DeploymentRuntimeConfig that is not there. Such a package never becomes healthy, and only
/// its revision says why. Crossplane makes <c>default</c>, the plan those that the settings describe, and templates of the user's any other.
/// </summary>
internal static class RuntimeReferences
{
    private const string Kind = "DeploymentRuntimeConfig";

    /// <summary>What is missing.</summary>
    /// <param name="plan">The packages, and the runtimes that the plan makes.</param>
    /// <param name="rendered">The files in which templates of the user's may make others.</param>
    public static ImmutableArray<Diagnostic> Missing(Plan plan, IEnumerable<OutputFile> rendered)
    {
        var made = new Lazy<HashSet<(string Environment, string Name)>>(() => Made(rendered));
        var findings = new GraphFindings();
        foreach (var environment in plan.Environments)
        {
            var name = environment.Settings.Name.Value;
            var own = environment.RuntimeConfigs.Select(runtime => runtime.Name).Append(RuntimeConfigPlan.Default).ToHashSet();
            var missing = References(environment).Where(reference => !own.Contains(reference.Text));
            foreach (var reference in missing.Where(it => !made.Value.Contains((name.Value, it.Text)) && !made.Value.Contains(("", it.Text))))
            {
                findings
                    .In(name)
                    .Add(
                        Rules.NoSuchRuntime,
                        reference.Span,
                        $"Nothing makes the {Kind} '{Excerpt.Of(reference.Text)}', without which the package never becomes healthy,",
                        $"Correct the name, or describe it under 'runtime'; if something else makes it, soften this rule ('rules: {{ {Rules.NoSuchRuntime.Code}: warning }}')."
                    );
            }
        }

        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        findings.AddTo(bag);
        return bag.ToImmutable();
    }

    private static IEnumerable<YamlScalar> References(EnvironmentPlan environment) =>
        environment
            .Waves.SelectMany(wave => wave.Packages)
            .Where(package => package is { Runtime: null, Entry.Kind: not PackageKind.Configuration })
            .Select(package => package.Spec.At("runtimeConfigRef", "name"))
            .OfType<YamlScalar>()
            .Where(name => KubernetesNames.IsSubdomain(name.Text)); // what is not a name is GOG2204

    // By environment; an object outside of all overlays may be listed by any of them, and has an empty one.
    private static HashSet<(string Environment, string Name)> Made(IEnumerable<OutputFile> rendered)
    {
        var made = new HashSet<(string, string)>();
        foreach (var file in rendered.Where(file => file.Content.Span.IndexOf("DeploymentRuntimeConfig"u8) >= 0))
        {
            var environment = file.Path.Value.Split('/') is ["overlays", var name, ..] ? name : "";
            foreach (var document in YamlReader.ReadAll(file.Path.Value, file.Content.Span).Value?.Documents ?? [])
            {
                if (ObjectIdentity.Of(document) is { IsOfPackages: true, Kind: Kind } identity)
                    made.Add((environment, identity.Name));
            }
        }

        return made;
    }
}
