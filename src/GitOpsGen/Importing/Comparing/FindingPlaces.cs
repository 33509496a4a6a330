namespace GitOpsGen.Importing.Comparing;

/// <summary>The findings about the sources, by place: why something was not carried over.</summary>
internal sealed class FindingPlaces(ImmutableArray<Diagnostic> found)
{
    private readonly ILookup<string, (SourcePosition At, string Code)> codes = found
        .Where(finding => finding is { Severity: not Severity.Info, Span: not null })
        .ToLookup(finding => finding.Span!.Value.File, finding => (finding.Span!.Value.Start, finding.Rule.Code));

    /// <summary>The difference with the place of a value, and with the first finding inside of it.</summary>
    /// <param name="difference">What differs.</param>
    /// <param name="place">The existing value.</param>
    /// <param name="shown">Where the difference is shown, where the value is a whole object.</param>
    public ImportDifference Complete(ImportDifference difference, YamlNode place, SourceSpan shown)
    {
        var span = place.Span;
        var code = codes[span.File ?? ""]
            .Where(finding => finding.At.CompareTo(span.Start) >= 0 && finding.At.CompareTo(span.End) <= 0)
            .Select(finding => finding.Code)
            .FirstOrDefault();
        var at = difference.Field.Length == 0 ? shown : span;
        return difference with { Span = at.File is null ? null : at, Code = difference.Verdict is Verdict.Differs or Verdict.Missing ? code : null };
    }
}
