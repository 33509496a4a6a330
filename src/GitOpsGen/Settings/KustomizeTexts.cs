namespace GitOpsGen.Settings;

/// <summary>Texts of an environment end in objects, which Kustomize has to carry (<see cref="KustomizeText"/>).</summary>
internal static class KustomizeTexts
{
    public static IEnumerable<Diagnostic> FindProblems(YamlMapping? environment) =>
        (environment?.Entries ?? []).SelectMany(InObjects).Select(KustomizeText.FindProblem).OfType<Diagnostic>();

    // Helm values are a file, whose escapes Kustomize does not look at.
    private static IEnumerable<YamlScalar> InObjects(YamlEntry entry) =>
        entry is { Key.Text: "crossplane", Value: YamlMapping core }
            ? core.Entries.Where(own => own.Key.Text != "values").SelectMany(own => own.Value.KeysAndScalars())
            : entry.Value.KeysAndScalars();
}
