using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Settings;

/// <summary>
/// Reads the <c>runtime</c> of a package: the spec of a DeploymentRuntimeConfig, in which each shorthand has its place. A shorthand that says
/// something else than the spec is an error, because nobody can know which of the two is meant.
/// </summary>
internal static class RuntimeReader
{
    /// <summary>The fields of the spec (crossplane apis/pkg/v1beta1/deployment_runtime_config_types.go), which the user may give whole.</summary>
    internal static readonly ImmutableArray<string> Templates = ["deploymentTemplate", "serviceAccountTemplate", "serviceTemplate"];

    public static RuntimeSettings Read(Fields runtime, DiagnosticBag bag)
    {
        var spec = new YamlMapping([.. runtime.Entries.Where(entry => Templates.Contains(entry.Key.Text))], runtime.Span);
        var account = runtime.Object("serviceAccount");
        Put("replicas", Whole(runtime.Scalar("replicas")), "deploymentTemplate", "spec", "replicas");
        Put("serviceAccount.name", account?.Scalar("name"), "serviceAccountTemplate", "metadata", "name");
        foreach (var (key, value) in account?.Mapping("annotations")?.Entries ?? [])
            Put($"serviceAccount.annotations.{Excerpt.Of(key.Text)}", value, "serviceAccountTemplate", "metadata", "annotations", key.Text);

        return new(runtime.Scalar("name") is { } name ? new(name.Text, name.Span) : null, spec);

        void Put(string shorthand, YamlNode? value, params ReadOnlySpan<string> path)
        {
            if (value is null)
                return;

            if (With(spec, value, path) is { } whole)
            {
                spec = whole;
                return;
            }

            var place = At(spec, path);
            bag.Add(
                Rules.RuntimeContradiction,
                value.Span,
                $"'{shorthand}' and '{string.Join('.', path.ToArray().Select(key => Excerpt.Of(key)))}' at line {place.Span.Start.Line} do not agree.",
                "Keep one of them."
            );
        }
    }

    /// <summary>The mapping with a value at a path; <see langword="null"/> where another value is there already.</summary>
    public static YamlMapping? With(YamlMapping mapping, YamlNode value, ReadOnlySpan<string> path)
    {
        var there = mapping[path[0]];
        var replacement =
            path.Length > 1 ? ((there ?? new YamlMapping([], value.Span)) is YamlMapping below ? With(below, value, path[1..]) : null)
            : there is null || NodeEquality.Instance.Equals(there, value) ? value
            : null;
        return replacement is null ? null : mapping.With(path[0], replacement);
    }

    /// <summary>The innermost value that is there on the way.</summary>
    public static YamlNode At(YamlMapping mapping, ReadOnlySpan<string> path) =>
        mapping[path[0]] switch
        {
            YamlMapping below when path.Length > 1 => At(below, path[1..]),
            { } there => there,
            null => mapping,
        };

    // 2.0 is a whole number to a schema, but not to the int32 that Crossplane reads it into.
    private static YamlScalar? Whole(YamlScalar? number) =>
        number?.ToInteger() is { } whole ? new(ScalarKind.Integer, whole.ToString(CultureInfo.InvariantCulture), number.Span) : null;
}
