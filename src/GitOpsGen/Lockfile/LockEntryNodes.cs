namespace GitOpsGen.Lockfile;

/// <summary>Lock entries as YAML: only the keys that have a value, in the order of the format.</summary>
internal static class LockEntryNodes
{
    public static YamlMapping Of(LockEntry entry) =>
        Mapping(
            ("package", Text(entry.Package)),
            ("kind", Text(entry.Kind)),
            ("version", Text(entry.Version)),
            ("locked", Text(entry.Locked)),
            ("digest", Text(entry.UnboundDigest)),
            ("published", Date(entry.Published)),
            ("attached", List(entry.Attached, Of)),
            ("chart", entry.Chart is { Value: var chart } ? Mapping(("repository", Text(chart.Repository)), ("version", Text(chart.Version))) : null),
            ("indirect", entry.IsIndirect ? YamlScalar.Boolean(true, SourceSpan.Nowhere) : null),
            ("requiresCrossplane", Text(entry.RequiresCrossplane)),
            ("dependsOn", List(entry.DependsOn, Of)),
            ("environments", List(entry.Environments, pattern => Text(pattern)!)),
            ("name", Text(entry.Name))
        );

    private static YamlMapping Of(Attachment attachment) =>
        Mapping(
            ("kind", Text(attachment.Kind.Word())),
            ("tag", Text((attachment as Attachment.Sibling)?.Tag)),
            ("digest", Text((attachment as Attachment.Referrer)?.Digest))
        );

    private static YamlMapping Of(Dependency dependency) =>
        Mapping(("package", Text(dependency.Package)), ("kind", Text(dependency.Kind)), ("constraint", Text(dependency.Constraint)));

    private static YamlScalar? Text<T>(T value) => value?.ToString() is { } text ? YamlScalar.String(text, SourceSpan.Nowhere) : null;

    // Without quotes, although YAML 1.1 has a type for it: every reader shows the same day.
    private static YamlScalar? Date(Located<PublicationDate>? date) =>
        date is null ? null : new(ScalarKind.String, date.Value.ToString()!, SourceSpan.Nowhere) { IsPlain = true };

    private static YamlSequence? List<T>(ImmutableArray<T>? items, Func<T, YamlNode> node) =>
        items is { } list ? new([.. list.Select(node)], SourceSpan.Nowhere) : null;

    private static YamlMapping Mapping(params ReadOnlySpan<(string Key, YamlNode? Value)> entries)
    {
        var present = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var (key, value) in entries)
        {
            if (value is not null)
                present.Add(new(YamlScalar.String(key, SourceSpan.Nowhere), value));
        }

        return new(present.ToImmutable(), SourceSpan.Nowhere);
    }
}
