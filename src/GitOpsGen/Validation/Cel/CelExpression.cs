namespace GitOpsGen.Validation.Cel;

/// <summary>
/// An expression of the Common Expression Language (https://github.com/google/cel-spec), as far as CRDs of the kinds that we render use
/// it; what is in the subset stands at <see cref="CelParser"/>.
/// </summary>
internal abstract record CelExpression
{
    /// <summary>Never throws; what fails is a value of <see cref="CelKind.Error"/>.</summary>
    public abstract CelValue Evaluate(CelScope scope);
}
