namespace GitOpsGen.Importing.Objects;

/// <summary>The finalizer by which deleting an Application of Argo CD deletes what it applied.</summary>
internal static class CascadeFinalizer
{
    private const string Beginning = "resources-finalizer.argocd.argoproj.io";

    /// <summary>The finalizers of an object that has it; <see langword="null"/> otherwise.</summary>
    public static YamlSequence? In(SourceObject item) =>
        item.Metadata?["finalizers"] is YamlSequence all
        && all.Items.Any(one => one is YamlScalar text && text.Text.StartsWith(Beginning, StringComparison.Ordinal))
            ? all
            : null;
}
