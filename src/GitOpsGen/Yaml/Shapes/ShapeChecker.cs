namespace GitOpsGen.Yaml.Shapes;

/// <summary>Compares a document with its shape and reports every difference, each at its place.</summary>
internal sealed class ShapeChecker
{
    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);

    private ShapeChecker() { }

    public static ImmutableArray<Diagnostic> Check(YamlNode node, Shape shape)
    {
        var checker = new ShapeChecker();
        checker.Check(node, shape, "The document");
        return checker.bag.ToImmutable();
    }

    private void Check(YamlNode node, Shape shape, string what)
    {
        switch (node, shape)
        {
            case (YamlUnreadable, _):
                break;
            case (YamlScalar scalar, StringShape text):
                CheckString(scalar, text, what);
                break;
            case (YamlScalar, EitherShape either):
                Check(node, either.Scalar, what);
                break;
            case (YamlMapping, EitherShape either):
                Check(node, either.Mapping, what);
                break;
            case (YamlScalar { Kind: ScalarKind.String } scalar, ChoiceShape choice):
                if (!choice.Choices.Contains(scalar.Text))
                {
                    bag.Add(
                        Rules.WrongForm,
                        node.Span,
                        $"{what} is '{Excerpt.Of(scalar.Text)}'.",
                        $"Use one of {string.Join(", ", choice.Choices)}."
                    );
                }

                break;
            case (YamlScalar { Kind: ScalarKind.Boolean }, BooleanShape):
                break;
            case (YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Float } scalar, IntegerShape range):
                if (scalar.ToInteger() is not { } value || value < range.Minimum || value > range.Maximum)
                    bag.Add(Rules.WrongForm, node.Span, $"{what} is {Excerpt.Of(scalar.Text)}.", $"It must be {NameOf(range)}.");

                break;
            case (YamlSequence list, ListShape shapeOfList):
                CheckList(list, shapeOfList, what);
                break;
            case (YamlMapping mapping, MapShape map):
                CheckMap(mapping, map);
                break;
            case (YamlMapping mapping, ObjectShape known):
                CheckObject(mapping, known, what);
                break;
            case (YamlMapping, FreeMappingShape):
                break;
            default:
                bag.Add(RuleForType(shape), node.Span, $"{what} is {NameOf(node)}.", $"It must be {NameOf(shape)}.");
                break;
        }
    }

    private void CheckString(YamlScalar scalar, StringShape shape, string what)
    {
        if (scalar.Kind != ScalarKind.String)
        {
            bag.Add(
                shape.TypeRule,
                scalar.Span,
                $"{what} is {NameOf(scalar)}.",
                $"It must be {NameOf(shape)}; put it in quotes if it is meant as text."
            );
        }
        else if (shape.Grammar is { } grammar && !grammar.Matches(scalar.Text))
        {
            bag.Add(shape.FormRule, scalar.Span, $"{what} is '{Excerpt.Of(scalar.Text)}'.", $"It must be {grammar.Expectation}.");
        }
        else if (scalar.Text.Length == 0 && !shape.AllowsEmpty)
        {
            bag.Add(shape.FormRule, scalar.Span, $"{what} is empty.", "Give it a value, or remove the key.");
        }
    }

    private void CheckList(YamlSequence list, ListShape shape, string what)
    {
        if (list.Items.Length < shape.MinimumCount)
        {
            bag.Add(
                Rules.WrongForm,
                list.Span,
                $"{what} has {list.Items.Length} items.",
                $"It needs at least {shape.MinimumCount}; remove the key to leave it out."
            );
        }

        foreach (var item in list.Items)
            Check(item, shape.Item, $"An item of {Lower(what)}");
    }

    private void CheckMap(YamlMapping mapping, MapShape shape)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (!shape.Keys.Matches(key.Text))
                bag.Add(Rules.WrongForm, key.Span, $"The key is '{Excerpt.Of(key.Text)}'.", $"It must be {shape.Keys.Expectation}.");

            Check(value, shape.Value, $"'{Excerpt.Of(key.Text)}'");
        }
    }

    private void CheckObject(YamlMapping mapping, ObjectShape shape, string what)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            if (shape.Property(key.Text) is { } property)
            {
                Check(value, property.Value, $"'{property.Key}'");
            }
            else
            {
                var known = string.Join(", ", shape.Properties.Select(p => p.Key));
                bag.Add(Rules.UnknownKey, key.Span, $"'{Excerpt.Of(key.Text)}' has no meaning here.", $"Known keys are {known}.");
            }
        }

        foreach (var property in shape.Properties.Where(p => p.IsRequired && mapping[p.Key] is null))
            bag.Add(Rules.MissingKey, StartOf(mapping), $"{what} has no '{property.Key}'.", $"Add '{property.Key}': {property.Description}");

        if (shape.ExactlyOneOf.Length > 0 && shape.ExactlyOneOf.Count(k => mapping[k] is not null) != 1)
        {
            bag.Add(
                Rules.MissingKey,
                StartOf(mapping),
                $"{what} needs exactly one of {string.Join(", ", shape.ExactlyOneOf)}.",
                "Give one of them and remove the others."
            );
        }
    }

    private static SourceSpan StartOf(YamlMapping mapping) => mapping.Entries is [var first, ..] ? first.Key.Span : mapping.Span;

    private static Rule RuleForType(Shape shape) => shape is StringShape text ? text.TypeRule : Rules.WrongType;

    private static string NameOf(YamlNode node) =>
        node switch
        {
            YamlMapping => "a mapping",
            YamlSequence => "a list",
            YamlScalar { Kind: ScalarKind.Integer } => "a whole number",
            YamlScalar { Kind: ScalarKind.Float } => "a decimal number",
            YamlScalar { Kind: ScalarKind.Boolean } => "a boolean",
            YamlScalar { Kind: ScalarKind.Null } => "empty (null)",
            _ => "a string",
        };

    private static string NameOf(Shape shape) =>
        shape switch
        {
            StringShape { Grammar: { } grammar } => grammar.Expectation,
            StringShape => "a string",
            ChoiceShape choice => "one of " + string.Join(", ", choice.Choices),
            BooleanShape => "true or false",
            IntegerShape { Minimum: var low, Maximum: var high } => low == high ? $"{low}" : $"a whole number from {low} to {high}",
            ListShape => "a list",
            EitherShape => "a string or a mapping",
            _ => "a mapping",
        };

    private static string Lower(string what) => what.StartsWith("An item", StringComparison.Ordinal) ? "an" + what[2..] : what;
}
