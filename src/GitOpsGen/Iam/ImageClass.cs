namespace GitOpsGen.Iam;

/// <summary>Images that the same principals pull, so that their repositories have the same policy.</summary>
internal enum ImageClass
{
    /// <summary>The core: kubelets.</summary>
    Core,

    /// <summary>Providers and Functions: the package manager, and kubelets, whose pods run the package image.</summary>
    Runtime,

    /// <summary>Configurations: the package manager.</summary>
    Configuration,
}
