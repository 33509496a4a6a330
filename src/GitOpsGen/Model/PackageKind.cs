namespace GitOpsGen.Model;

/// <summary>What a lock entry is: the core image, or one of Crossplane's three kinds of package.</summary>
internal enum PackageKind
{
    Crossplane,
    Provider,
    Function,
    Configuration,
}
