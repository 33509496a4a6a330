using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen;

/// <summary>Which environments a run is about, as <c>--env</c> says.</summary>
internal static class EnvironmentChoice
{
    /// <summary>The choice, and a finding for each pattern that matches nothing.</summary>
    /// <param name="settings">The settings, which have the environments.</param>
    /// <param name="environments">Names or globs; empty for all.</param>
    public static (Func<EnvironmentName, bool> IsSelected, ImmutableArray<Diagnostic> Found) Of(
        ProjectSettings settings,
        ImmutableArray<string> environments
    )
    {
        var patterns = environments.Select(text => new NamePattern(text)).ToArray();
        return (
            name => patterns.Length == 0 || Array.Exists(patterns, pattern => pattern.Matches(name.Value)),
            [
                .. patterns
                    .Where(pattern => !settings.Environments.Any(e => pattern.Matches(e.Name.Value.Value)))
                    .Select(pattern => new Diagnostic(
                        Rules.NoSuchEnvironment,
                        $"--env '{pattern}' matches no environment.",
                        $"Environments are {string.Join(", ", settings.Environments.Take(20).Select(e => e.Name))}.",
                        null
                    )),
            ]
        );
    }
}
