namespace GitOpsGen.Validation.Builds;

/// <summary>A JSON patch (RFC 6902) with the operations add, replace, remove and test, as Kustomize applies it.</summary>
internal static class JsonPatch
{
    private static readonly string[] Operations = ["add", "replace", "remove", "test"];

    /// <summary>The patched object; or why Kustomize refuses the patch; or neither, where it is not followed here.</summary>
    public static (YamlMapping? Object, string? Problem) Apply(YamlMapping target, YamlSequence patch)
    {
        if (IsAmbiguous(patch))
            return default;

        YamlNode patched = target;
        foreach (var item in patch.Items)
        {
            if (
                item is not YamlMapping operation
                || YamlScalar.TextOf(operation["op"]) is not { } name
                || !Operations.Contains(name, StringComparer.Ordinal)
                || YamlScalar.TextOf(operation["path"]) is not { } path
                || !path.StartsWith('/')
                || (name != "remove" && operation["value"] is null or YamlScalar { Kind: ScalarKind.Null })
            )
            {
                return default;
            }

            var steps = path[1..]
                .Split('/')
                .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
            if (Edited(patched, [.. steps], name, operation["value"]) is not { } edited)
                return (null, $"'{name}' does not apply at '{Excerpt.Of(path)}'");

            patched = edited;
        }

        return (patched as YamlMapping, null);
    }

    // Kustomize reads JSON patches as YAML 1.1, where a plain "y" is true.
    private static bool IsAmbiguous(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => scalar.IsPlain && CoreSchema.IsAmbiguousIn11(scalar.Text),
            YamlSequence list => list.Items.Any(IsAmbiguous),
            YamlMapping mapping => mapping.Entries.Any(entry => IsAmbiguous(entry.Key) || IsAmbiguous(entry.Value)),
            _ => true,
        };

    private static YamlNode? Edited(YamlNode node, ImmutableArray<string> steps, string operation, YamlNode? value) =>
        node switch
        {
            YamlMapping mapping => Edited(mapping, steps, operation, value),
            YamlSequence list => Edited(list, steps, operation, value),
            _ => null,
        };

    private static YamlMapping? Edited(YamlMapping mapping, ImmutableArray<string> steps, string operation, YamlNode? value)
    {
        var there = mapping[steps[0]];
        if (steps.Length > 1)
            return there is not null && Edited(there, steps[1..], operation, value) is { } edited ? With(edited) : null;

        return operation switch
        {
            // Kustomize replaces a key that is not there, too.
            "add" or "replace" => With(value!),
            "remove" when there is not null => new([.. mapping.Entries.Where(entry => entry.Key.Text != steps[0])], mapping.Span),
            "test" when NodeEquality.Instance.Equals(there, value) => mapping,
            _ => null,
        };

        YamlMapping With(YamlNode node) =>
            there is null
                ? new(mapping.Entries.Add(new(YamlScalar.String(steps[0], node.Span), node)), mapping.Span)
                : new([.. mapping.Entries.Select(entry => entry.Key.Text == steps[0] ? new(entry.Key, node) : entry)], mapping.Span);
    }

    private static YamlSequence? Edited(YamlSequence list, ImmutableArray<string> steps, string operation, YamlNode? value)
    {
        var isLast = steps.Length == 1;
        if (isLast && operation == "add" && steps[0] == "-")
            return new(list.Items.Add(value!), list.Span);

        if (!int.TryParse(steps[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > list.Items.Length)
            return null;

        if (isLast && operation == "add")
            return new(list.Items.Insert(at, value!), list.Span);

        if (at == list.Items.Length)
            return null;

        return (isLast, operation) switch
        {
            (false, _) => Edited(list.Items[at], steps[1..], operation, value) is { } edited ? new(list.Items.SetItem(at, edited), list.Span) : null,
            (_, "replace") => new(list.Items.SetItem(at, value!), list.Span),
            (_, "remove") => new(list.Items.RemoveAt(at), list.Span),
            _ => NodeEquality.Instance.Equals(list.Items[at], value) ? list : null,
        };
    }
}
