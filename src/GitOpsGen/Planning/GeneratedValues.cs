using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>What GitOpsGen decides of the crossplane chart's values.</summary>
/// <param name="Core">The image of the core, which runs the RBAC manager too.</param>
/// <param name="Tag">Its tag, and the digest where the environment pins it.</param>
internal sealed record GeneratedValues(RegistryImage Core, string Tag)
{
    private const string RoleAnnotation = "eks.amazonaws.com/role-arn";

    /// <summary>The Secret with which the core's pods and packages are pulled.</summary>
    public Located<string>? PullSecret { get; init; }

    /// <summary>The package manager's role. It stands on the pods, so that they roll when it changes: a running pod keeps the old one.</summary>
    public Located<string>? Role { get; init; }

    /// <summary>Whether the role also stands on the service account, where IRSA's webhook reads it.</summary>
    public bool AnnotatesServiceAccount { get; init; }

    /// <summary>The values, keys in ordinal order, each at the place of what decides it.</summary>
    public YamlMapping ToYaml()
    {
        var values = ImmutableArray.CreateBuilder<YamlEntry>();
        var core = Core.Entry.Version.Span;
        if (Role is { } onPods)
        {
            values.Add(Annotations("customAnnotations", onPods));
        }

        values.Add(
            Entry(
                "image",
                Mapping(core, Text("repository", new(Core.Repository.ToString(), Core.Entry.Package.Span)), Text("tag", new(Tag, core))),
                core
            )
        );
        if (PullSecret is { } secret)
        {
            values.Add(Entry("imagePullSecrets", new YamlSequence([YamlScalar.String(secret.Value, secret.Span)], secret.Span), secret.Span));
        }

        if (Role is { } onAccount && AnnotatesServiceAccount)
        {
            values.Add(Entry("serviceAccount", Mapping(onAccount.Span, Annotations("customAnnotations", onAccount)), onAccount.Span));
        }

        return Mapping(core, [.. values]);
    }

    private static YamlEntry Annotations(string key, Located<string> role) => Entry(key, Mapping(role.Span, Text(RoleAnnotation, role)), role.Span);

    private static YamlMapping Mapping(SourceSpan span, params ImmutableArray<YamlEntry> entries) => new(entries, span);

    private static YamlEntry Text(string key, Located<string> value) => Entry(key, YamlScalar.String(value.Value, value.Span), value.Span);

    private static YamlEntry Entry(string key, YamlNode value, SourceSpan span) => new(YamlScalar.String(key, span), value);
}
