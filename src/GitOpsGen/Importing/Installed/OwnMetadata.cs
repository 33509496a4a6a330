using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>
/// Labels and annotations that are a team's own. The settings say them of each package, and of the runtime that it has for itself; of a runtime
/// that packages share, only what all of them have, as the environment's.
/// </summary>
internal static class OwnMetadata
{
    private static readonly string[] Kinds = ["labels", "annotations"];

    /// <summary>Each label and annotation of an object that belongs to no engine or client.</summary>
    public static IEnumerable<(string Kind, string Key, YamlNode Value)> Of(SourceObject item) =>
        Of(item.Metadata).Where(pair => !SourceObject.IsForeign(pair.Key));

    /// <summary>What the settings say of a package's metadata. Flux would replace a variable in every object that is rendered.</summary>
    public static YamlMapping? Read(SourceObject item, DiagnosticBag bag)
    {
        YamlMapping? metadata = null;
        foreach (var kind in Kinds)
        {
            var lost = new List<string>();
            foreach (var (_, key, value) in Of(item).Where(pair => pair.Kind == kind))
            {
                if (value is YamlScalar text && !text.Text.Contains("${", StringComparison.Ordinal))
                    metadata = (metadata ?? NodePaths.Empty(item.Span)).WithAt(YamlScalar.String(text.Text, text.Span), kind, key);
                else
                    lost.Add(key);
            }

            Report(item, kind, lost, "Fill in the variables with --set, or do without.", bag);
        }

        return metadata;
    }

    /// <summary>Gives the environment what a shared runtime and all else has, and tells what of a runtime cannot be said.</summary>
    public static (YamlMapping? Common, ImmutableArray<ImportedPackage> Packages) Divide(ImmutableArray<ImportedPackage> packages, DiagnosticBag bag)
    {
        var runtimes = packages
            .Where(package => package.RuntimeConfig is { Kind: "DeploymentRuntimeConfig" })
            .GroupBy(package => package.RuntimeConfig!.NameSpan)
            .Select(users => (Config: users.First().RuntimeConfig!, Users: users.ToList()))
            .ToList();
        var all = packages.Select(package => Texts(Of(package.Metadata))).Concat(runtimes.Select(runtime => Texts(Of(runtime.Config)))).ToList();
        var common = runtimes.TrueForAll(runtime => runtime.Users.Count < 2) ? [] : all.Aggregate((one, other) => [.. one.Intersect(other)]);
        foreach (var (config, users) in runtimes)
        {
            var said = users is [var only] ? Texts(Of(only.Metadata)) : common;
            foreach (var kind in Kinds)
            {
                var lost = Texts(Of(config)).Except(said).Where(pair => pair.Kind == kind).Select(pair => pair.Key);
                Report(config, kind, [.. lost], "Give them to its package too, or do without.", bag);
            }
        }

        return (
            common.Aggregate((YamlMapping?)null, (made, pair) => With(made, pair)),
            [
                .. packages.Select(package =>
                    package with
                    {
                        Metadata = Texts(Of(package.Metadata)).Except(common).Aggregate((YamlMapping?)null, (made, pair) => With(made, pair)),
                    }
                ),
            ]
        );
    }

    private static IEnumerable<(string Kind, string Key, YamlNode Value)> Of(YamlMapping? metadata) =>
        Kinds.SelectMany(kind => ((metadata?[kind] as YamlMapping)?.Entries ?? []).Select(entry => (kind, entry.Key.Text, entry.Value)));

    private static ImmutableArray<(string Kind, string Key, string Value)> Texts(IEnumerable<(string Kind, string Key, YamlNode Value)> pairs) =>
        [.. pairs.Where(pair => pair.Value is YamlScalar).Select(pair => (pair.Kind, pair.Key, ((YamlScalar)pair.Value).Text))];

    private static YamlMapping With(YamlMapping? metadata, (string Kind, string Key, string Value) pair)
    {
        var nowhere = SourceSpan.StartOf("");
        return (metadata ?? NodePaths.Empty(nowhere)).WithAt(YamlScalar.String(pair.Value, nowhere), pair.Kind, pair.Key);
    }

    private static void Report(SourceObject item, string kind, List<string> lost, string fix, DiagnosticBag bag)
    {
        if (lost.Count > 0)
        {
            bag.Add(
                Rules.ImportMetadata,
                item.Metadata![kind]!.Span,
                $"The {kind} {string.Join(", ", lost.Select(key => Excerpt.Of(key)))} of {item} are not carried over.",
                fix
            );
        }
    }
}
