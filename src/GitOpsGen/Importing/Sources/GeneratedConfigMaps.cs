using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Sources;

/// <summary>The ConfigMaps that a kustomization makes of literals and files, under the names by which its other objects know them.</summary>
internal static class GeneratedConfigMaps
{
    public static IEnumerable<SourceObject> Of(SourceTree tree, string folder)
    {
        if (tree.KustomizationOf(folder) is not { ConfigMaps: YamlSequence generators } kustomization)
            yield break;

        foreach (var generator in generators.Items.OfType<YamlMapping>())
        {
            if ((generator["name"] as YamlScalar)?.Text is not { } name)
                continue;

            var data = new YamlMapping([], generator.Span);
            foreach (var literal in Texts(generator, "literals"))
            {
                if (literal.Text.Split('=', 2) is [var key, var value])
                    data = data.With(key, YamlScalar.String(value, literal.Span));
            }

            foreach (var entry in Texts(generator, "files"))
            {
                var (key, path) = entry.Text.Split('=', 2) is [var named, var at]
                    ? (named, at)
                    : (entry.Text[(entry.Text.LastIndexOf('/') + 1)..], entry.Text);
                if (kustomization.Resolve(path) is { } file && tree.File(file) is { } content)
                    data = data.With(key, YamlScalar.String(Encoding.UTF8.GetString(content.Bytes.Span), new(content.Shown, new(1, 1), new(1, 1))));
            }

            var metadata = new YamlMapping([], generator.Span).With("name", YamlScalar.String(name, generator.Span));
            yield return new("v1", "ConfigMap", null, name, new YamlMapping([], generator.Span).With("metadata", metadata).With("data", data));
        }
    }

    private static IEnumerable<YamlScalar> Texts(YamlMapping generator, string key) =>
        ((generator[key] as YamlSequence)?.Items ?? []).OfType<YamlScalar>();
}
