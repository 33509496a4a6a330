namespace GitOpsGen.Yaml.Shapes;

/// <summary>
/// What a value of a file may look like. The reader (<see cref="ShapeChecker"/>) and the schema for editors
/// (<see cref="JsonSchemaWriter"/>) share this description, so that they cannot disagree.
/// </summary>
internal abstract record Shape;

/// <summary>A string; with a grammar, one of that form. A broken form is reported under <see cref="FormRule"/>.</summary>
internal sealed record StringShape(Grammar? Grammar = null) : Shape
{
    public Rule FormRule { get; init; } = Rules.WrongForm;

    /// <summary>A more telling rule for a value of another type: an account id that was not quoted.</summary>
    public Rule TypeRule { get; init; } = Rules.WrongType;

    /// <summary>Whether <c>""</c> has a meaning; otherwise an empty string is a mistake.</summary>
    public bool AllowsEmpty { get; init; }
}

/// <summary>One of a few strings.</summary>
internal sealed record ChoiceShape(ImmutableArray<string> Choices) : Shape;

internal sealed record BooleanShape : Shape;

/// <summary>A whole number from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</summary>
internal sealed record IntegerShape(int Minimum, int Maximum) : Shape;

/// <summary>A list whose items all have one shape.</summary>
internal sealed record ListShape(Shape Item, int MinimumCount = 0) : Shape;

/// <summary>A mapping from keys of the user's choice, all of one form, to values of one shape.</summary>
internal sealed record MapShape(Grammar Keys, Shape Value) : Shape;

/// <summary>A mapping with known keys.</summary>
internal sealed record ObjectShape(ImmutableArray<PropertyShape> Properties) : Shape
{
    /// <summary>Keys of which exactly one is required.</summary>
    public ImmutableArray<string> ExactlyOneOf { get; init; } = [];

    public PropertyShape? Property(string key) => Properties.FirstOrDefault(p => p.Key == key);
}

/// <summary>One shape where the value is a scalar, another where it is a mapping.</summary>
internal sealed record EitherShape(Shape Scalar, Shape Mapping) : Shape;

/// <summary>A mapping whose content belongs to somebody else: Helm values, a Kubernetes spec.</summary>
internal sealed record FreeMappingShape : Shape;

/// <summary>One key of an <see cref="ObjectShape"/>.</summary>
/// <param name="Key">The key as it is written.</param>
/// <param name="Value">The shape of its value.</param>
/// <param name="Description">One or two sentences for editors and the reference.</param>
internal sealed record PropertyShape(string Key, Shape Value, string Description)
{
    public bool IsRequired { get; init; }
}
