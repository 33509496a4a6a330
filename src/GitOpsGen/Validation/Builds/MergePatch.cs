namespace GitOpsGen.Validation.Builds;

/// <summary>
/// A strategic-merge patch as Kustomize applies it to custom resources, whose lists have no merge keys: mappings merge key by key,
/// scalars and lists replace, null removes. That is a JSON merge patch (RFC 7386), except that nothing replaces a value of another
/// shape, and that a scalar without quotes gets those of the one that it replaces: <c>1</c> over <c>"2"</c> is <c>"1"</c>.
/// </summary>
internal static class MergePatch
{
    // https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/, with the strategies behind it.
    private static readonly string[] Directives = ["$patch", "$retainKeys", "$setElementOrder/", "$deleteFromPrimitiveList/"];

    /// <summary>The patched mapping; each value keeps its place in the files. What Kustomize refuses goes to <paramref name="bag"/>.</summary>
    public static YamlMapping Apply(YamlMapping target, YamlMapping patch, DiagnosticBag bag)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>(target.Entries.Length + patch.Entries.Length);
        foreach (var entry in target.Entries)
        {
            switch (patch[entry.Key.Text])
            {
                case null:
                    entries.Add(entry);
                    break;
                case YamlScalar { Kind: ScalarKind.Null }:
                    break;
                case var value:
                    entries.Add(new(entry.Key, Merged(entry, value, bag)));
                    break;
            }
        }

        foreach (var entry in patch.Entries.Where(e => target[e.Key.Text] is null && !IsNull(e.Value)))
            entries.Add(entry.Value is YamlMapping inner ? new(entry.Key, Apply(Empty(inner), inner, bag)) : entry);

        return new(entries.ToImmutable(), patch.Span);
    }

    /// <summary>A patch without what it cannot change: an object keeps its kind, its name and its namespace, also <c>default</c>.</summary>
    public static YamlMapping WithoutIdentity(YamlMapping patch) =>
        new(
            [
                .. patch
                    .Entries.Where(entry => entry.Key.Text is not ("apiVersion" or "kind"))
                    .Select(entry =>
                        entry is { Key.Text: "metadata", Value: YamlMapping metadata }
                            ? new(
                                entry.Key,
                                new YamlMapping([.. metadata.Entries.Where(e => e.Key.Text is not ("name" or "namespace"))], metadata.Span)
                            )
                            : entry
                    ),
            ],
            patch.Span
        );

    /// <summary>The first key that makes a patch more than a merge; <see langword="null"/> where there is none.</summary>
    public static YamlScalar? DirectiveIn(YamlNode patch) =>
        patch switch
        {
            YamlMapping mapping => mapping
                .Entries.Select(entry => IsDirective(entry.Key.Text) ? entry.Key : DirectiveIn(entry.Value))
                .FirstOrDefault(found => found is not null),
            YamlSequence list => list.Items.Select(DirectiveIn).FirstOrDefault(found => found is not null),
            _ => null,
        };

    private static YamlNode Merged(YamlEntry target, YamlNode patch, DiagnosticBag bag)
    {
        if (!IsNull(target.Value) && target.Value is not YamlUnreadable && patch is not YamlUnreadable && target.Value.GetType() != patch.GetType())
        {
            bag.Add(
                Rules.KustomizationBroken,
                patch.Span,
                $"The patch has {Shape(patch)} under '{Excerpt.Of(target.Key.Text)}', where the patched object has {Shape(target.Value)}.",
                "Give both the same shape; Kustomize does not replace a value by one of another shape."
            );
            return target.Value;
        }

        return patch switch
        {
            YamlMapping inner => Apply(target.Value as YamlMapping ?? Empty(inner), inner, bag),
            YamlScalar { IsPlain: true } plain when target.Value is YamlScalar { IsPlain: false } => YamlScalar.String(plain.Text, plain.Span),
            _ => patch,
        };
    }

    private static string Shape(YamlNode node) =>
        node switch
        {
            YamlMapping => "a mapping",
            YamlSequence => "a list",
            _ => "a scalar",
        };

    private static bool IsDirective(string key) =>
        key.Length > 0
        && key[0] == '$'
        && Directives.Any(directive => directive[^1] == '/' ? key.StartsWith(directive, StringComparison.Ordinal) : key == directive);

    private static bool IsNull(YamlNode node) => node is YamlScalar { Kind: ScalarKind.Null };

    private static YamlMapping Empty(YamlMapping at) => new([], at.Span);
}
