using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Packages;

/// <summary>Findings about some environments, which are told once with those of all others.</summary>
internal sealed class EnvironmentFindings(GraphFindings all, ImmutableArray<EnvironmentName> where)
{
    /// <summary>A finding; its message lacks the environments and the full stop.</summary>
    public void Add(Rule rule, SourceSpan span, string message, string fix) => all.Add(where, new(rule, message, fix, span));
}
