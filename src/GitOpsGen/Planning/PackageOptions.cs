using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>
/// What the user's <c>packages</c> say about each package of one environment. Every pattern that matches counts, names after
/// globs; what a later one says replaces what an earlier one said, key by key.
/// </summary>
internal sealed class PackageOptions(EnvironmentSettings settings, PackageVersion? core, GraphFindings findings)
{
    private readonly Dictionary<string, LockEntry> accounts = new(StringComparer.Ordinal);

    /// <summary>The optional fields of a package's spec, and its runtime; nothing where nothing was said.</summary>
    public (YamlMapping? Spec, RuntimeConfigPlan? Runtime) Of(LockEntry entry)
    {
        YamlMapping? spec = null;
        RuntimeConfigPlan? runtime = null;
        foreach (var package in settings.Packages.Where(package => package.Pattern.Value.Matches(entry.ObjectName.Value)))
        {
            spec = Over(spec, package.Spec);
            if (package.Runtime is { } said && IsRun(entry, package))
            {
                runtime = new(
                    entry.ObjectName.Value,
                    said.ServiceAccount?.Value ?? runtime?.ServiceAccount,
                    Over(runtime?.Annotations, said.Annotations),
                    said.Replicas ?? runtime?.Replicas);
                CheckServiceAccount(entry, said.ServiceAccount);
            }
        }

        if (spec is not null)
        {
            new PackageSpec(settings.Name.Value, entry, core, findings).Check(spec, runtime);
        }

        return (spec is { Entries.IsEmpty: false } ? spec : null, runtime);
    }

    private static YamlMapping? Over(YamlMapping? under, YamlMapping? said) =>
        under is null ? said : said is null ? under : DefaultsMerge.Under(said, under);

    // A glob may well match Configurations among others; a name means this one.
    private bool IsRun(LockEntry entry, PackageSettings package)
    {
        if (entry.Kind == PackageKind.Configuration && !package.Pattern.Value.IsGlob)
        {
            Add(Rules.RuntimeOfConfiguration, package.Pattern.Span, $"{entry.ObjectName} is a Configuration, which no pod runs", "Remove 'runtime'.");
        }

        return entry.Kind != PackageKind.Configuration;
    }

    private void CheckServiceAccount(LockEntry entry, Located<string>? account)
    {
        if (account is { } name && !accounts.TryAdd(name.Value, entry) && accounts[name.Value] != entry)
        {
            Add(
                Rules.SharedServiceAccount,
                name.Span,
                $"{accounts[name.Value].ObjectName} and {entry.ObjectName} would both own the service account {Excerpt.Of(name.Value)}",
                "Name each package's service account under its own name.");
        }
    }

    private void Add(Rule rule, SourceSpan span, string message, string fix) => findings.Add([settings.Name.Value], new(rule, message, fix, span));
}
