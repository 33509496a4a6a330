using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>What GitOpsGen decides of the crossplane chart's values.</summary>
/// <param name="Repository">The image of the core, which runs the RBAC manager too.</param>
/// <param name="Tag">Its tag, and the digest where the environment pins it.</param>
internal sealed record GeneratedValues(string Repository, string Tag)
{
    private const string RoleAnnotation = "eks.amazonaws.com/role-arn";

    /// <summary>The Secret with which the core's pods and packages are pulled.</summary>
    public string? PullSecret { get; init; }

    /// <summary>The package manager's role. It stands on the pods, so that they roll when it changes: a running pod keeps the old one.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether the role also stands on the service account, where IRSA's webhook reads it.</summary>
    public bool AnnotatesServiceAccount { get; init; }

    /// <summary>The values, keys in ordinal order, as if they were written at one place.</summary>
    public YamlMapping At(SourceSpan span)
    {
        var values = ImmutableArray.CreateBuilder<YamlEntry>();
        if (RoleArn is not null)
        {
            values.Add(Entry("customAnnotations", Role(RoleArn)));
        }

        values.Add(Entry("image", Mapping(Entry("repository", Text(Repository)), Entry("tag", Text(Tag)))));
        if (PullSecret is not null)
        {
            values.Add(Entry("imagePullSecrets", new YamlSequence([Text(PullSecret)], span)));
        }

        if (RoleArn is not null && AnnotatesServiceAccount)
        {
            values.Add(Entry("serviceAccount", Mapping(Entry("customAnnotations", Role(RoleArn)))));
        }

        return new(values.ToImmutable(), span);

        YamlMapping Role(string arn) => Mapping(Entry(RoleAnnotation, Text(arn)));
        YamlMapping Mapping(params ImmutableArray<YamlEntry> entries) => new(entries, span);
        YamlEntry Entry(string key, YamlNode value) => new(Text(key), value);
        YamlScalar Text(string text) => YamlScalar.String(text, span);
    }
}
