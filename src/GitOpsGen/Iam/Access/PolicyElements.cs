namespace GitOpsGen.Iam.Access;

/// <summary>The parts of an IAM document: mappings with known keys, one string or a list of them, principals, conditions.</summary>
internal sealed class PolicyElements(DiagnosticBag bag)
{
    private static readonly Dictionary<string, PrincipalKind> PrincipalKeys = new(StringComparer.Ordinal)
    {
        ["AWS"] = PrincipalKind.Aws,
        ["Service"] = PrincipalKind.Service,
        ["Federated"] = PrincipalKind.Federated,
        ["CanonicalUser"] = PrincipalKind.CanonicalUser,
    };

    public void Refuse(SourceSpan at, string message, string fix) => bag.Add(Rules.NoIamDocument, at, message, fix);

    public void Refuse(YamlNode at, string message, string fix) => Refuse(at.Span, message, fix);

    public T Refuse<T>(YamlNode at, string message, string fix, T instead)
    {
        Refuse(at.Span, message, fix);
        return instead;
    }

    /// <summary>The node as a mapping that has no other than these keys, which IAM compares with case.</summary>
    public YamlMapping? Mapping(YamlNode node, string what, IReadOnlyCollection<string> keys)
    {
        if (node is not YamlMapping mapping)
            return Refuse<YamlMapping?>(node, $"{what} is not an object.", "Write { … }.", null);

        foreach (var key in mapping.Entries.Select(entry => entry.Key).Where(key => !keys.Contains(key.Text)))
            Refuse(key, $"{what} has no element '{Excerpt.Of(key.Text)}'.", $"Use one of {string.Join(", ", keys)}.");

        return mapping;
    }

    public YamlScalar? OptionalString(YamlMapping mapping, string key) =>
        mapping[key] switch
        {
            null => null,
            YamlScalar { Kind: ScalarKind.String } text => text,
            var other => Refuse<YamlScalar?>(other, $"The {key} is not a string.", "Quote it.", null),
        };

    /// <summary>An element in the one form or the other; <see langword="null"/> where it is absent or unusable.</summary>
    public Selection<T>? Selection<T>(YamlMapping statement, string key, Func<YamlNode, string, ImmutableArray<Located<T>>> read)
    {
        var (listed, except) = (statement[key], statement["Not" + key]);
        if (listed is not null && except is not null)
            Refuse(except, $"A statement has both {key} and Not{key}.", "Keep one of them.");

        return (listed ?? except) is { } node ? new(read(node, key), listed is null) : null;
    }

    /// <summary>One string, or a list of strings that is not empty.</summary>
    public ImmutableArray<Located<string>> Strings(YamlNode node, string what)
    {
        ImmutableArray<YamlNode> items = node is YamlSequence list ? list.Items : [node];
        if (items.IsEmpty)
            Refuse(node, $"The list of {what} is empty.", "Name at least one.");

        foreach (var item in items.Where(item => item is not YamlScalar { Kind: ScalarKind.String, Text.Length: > 0 }))
            Refuse(item, $"An item of {what} is not a string, or is empty.", "Write a string.");

        return [.. items.OfType<YamlScalar>().Select(item => new Located<string>(item.Text, item.Span))];
    }

    /// <summary><c>"*"</c>, or an object from kinds to one or more values.</summary>
    public ImmutableArray<Located<PolicyPrincipal>> Principals(YamlNode node, string what)
    {
        if (node is YamlScalar { Kind: ScalarKind.String, Text: "*" })
            return [new(PolicyPrincipal.Anyone, node.Span)];

        if (Mapping(node, what, PrincipalKeys.Keys) is not { } mapping)
            return [];

        if (mapping.Entries.IsEmpty)
            Refuse(node, "The principal names nobody.", "Name somebody.");

        return
        [
            .. mapping
                .Entries.Where(entry => PrincipalKeys.ContainsKey(entry.Key.Text))
                .SelectMany(entry =>
                    Strings(entry.Value, entry.Key.Text).Select(item => item.With(new PolicyPrincipal(PrincipalKeys[entry.Key.Text], item.Value)))
                ),
        ];
    }

    /// <summary>Operators, their keys, and the values of each: strings, numbers or booleans.</summary>
    public IEnumerable<PolicyCondition> Conditions(YamlNode? node)
    {
        foreach (var operation in Entries(node, "A Condition"))
        {
            foreach (var key in Entries(operation.Value, "An operator of a Condition"))
                yield return new(ConditionOperator.Parse(operation.Key.Text), key.Key.Text, Values(key.Value));
        }
    }

    private ImmutableArray<YamlEntry> Entries(YamlNode? node, string what) =>
        node switch
        {
            null => [],
            YamlMapping mapping => mapping.Entries,
            _ => Refuse<ImmutableArray<YamlEntry>>(node, $"{what} is not an object.", "Write { … }.", []),
        };

    private ImmutableArray<string> Values(YamlNode node)
    {
        ImmutableArray<YamlNode> items = node is YamlSequence list ? list.Items : [node];
        if (items.IsEmpty || items.Any(item => item is not YamlScalar { Kind: not ScalarKind.Null }))
            Refuse(node, "A condition's values are not strings, numbers or booleans.", "Write one of them, or a list.");

        return [.. items.OfType<YamlScalar>().Select(item => item.Text)];
    }
}
