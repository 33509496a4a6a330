namespace GitOpsGen.Settings;

/// <summary>How packages come from the private registry.</summary>
internal enum InstallStrategy
{
    /// <summary>Packages keep their upstream references; ImageConfigs redirect the pulls. Needs Crossplane v1.20.</summary>
    Rewrite,

    /// <summary>
    /// Packages name the private registry itself and skip dependency resolution: one that skips never enters Crossplane's Lock, so
    /// one that did not skip could not see it.
    /// </summary>
    Direct,
}
