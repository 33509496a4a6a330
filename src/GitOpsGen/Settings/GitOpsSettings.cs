namespace GitOpsGen.Settings;

/// <summary>The engine that applies the output.</summary>
/// <param name="Path">Where <c>output</c> stands in the repository that the engine reads.</param>
/// <param name="ArgoCd">Argo CD's settings, where it is the engine.</param>
/// <param name="Flux">Flux's settings, where it is the engine.</param>
internal sealed record GitOpsSettings(string Path, ArgoCdSettings? ArgoCd = null, FluxSettings? Flux = null)
{
    /// <summary>Whether objects are generated for an engine, which then installs the core too.</summary>
    public bool HasEngine => ArgoCd is not null || Flux is not null;
}
