using System.Collections.Concurrent;
using GitOpsGen.Rendering.Sandbox;
using GitOpsGen.Rendering.Templates;

namespace GitOpsGen.Rendering;

/// <summary>
/// What all renders of a run may use together: each render is bounded, but a template is rendered for every package of every
/// environment. These are counts too, so that the result is the same on every machine.
/// </summary>
internal sealed class RunBudget
{
    private readonly ConcurrentDictionary<TemplateFile, long> workOf = new();
    private long work;
    private long output;

    /// <summary>Whether a limit was passed, so that further rendering is useless.</summary>
    public bool IsExceeded => Volatile.Read(ref work) > TemplateLimits.RunWork || Volatile.Read(ref output) > TemplateLimits.RunOutput;

    public void Charge(TemplateFile template, Rendered rendered)
    {
        Interlocked.Add(ref work, rendered.Work);
        Interlocked.Add(ref output, rendered.Content.Length);
        if (template.IsUsers)
            workOf.AddOrUpdate(template, Cost(rendered), (_, before) => before + Cost(rendered));
    }

    /// <summary>The finding that a limit was passed, at the template that used the most.</summary>
    public Diagnostic? Problem()
    {
        if (!IsExceeded)
            return null;

        var greediest = workOf
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key.File, StringComparer.Ordinal)
            .Select(pair => pair.Key.File)
            .FirstOrDefault();
        return new(
            Rules.TemplateLimit,
            work > TemplateLimits.RunWork
                ? $"All templates together take more than {TemplateLimits.RunWork} steps; this one takes the most."
                : $"All templates together write more than {TemplateLimits.RunOutput} bytes; this one writes the most.",
            "Make the template do less; real output is far below every limit.",
            greediest is null ? null : SourceSpan.StartOf(greediest)
        );
    }

    private static long Cost(Rendered rendered) => rendered.Work + rendered.Content.Length;
}
