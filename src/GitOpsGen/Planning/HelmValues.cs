using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>The Helm values of the crossplane chart: what GitOpsGen decides, merged with what the user adds.</summary>
internal sealed class HelmValues(DiagnosticBag bag)
{
    /// <summary>Both, keys in ordinal order. A value that both decide is an error: silently, one of them would lose.</summary>
    public YamlMapping Merge(YamlMapping generated, YamlMapping? user)
    {
        if (user is null)
        {
            return generated;
        }

        CheckOwnPackages(user);
        CheckArguments(user);
        ChartValues.CheckKnown(user, bag);
        return (YamlMapping)Merge(generated, user, "");
    }

    /// <summary>
    /// The service account that the chart runs the core under: <c>serviceAccount.name</c> with <c>create: false</c>, else
    /// <c>nameOverride</c>, else <c>crossplane</c>. The release's name does not matter (chart _helpers.tpl).
    /// </summary>
    public static ServiceAccount ServiceAccount(YamlMapping? user)
    {
        var account = user?["serviceAccount"] as YamlMapping;
        return account?["create"] is YamlScalar { Kind: ScalarKind.Boolean } create
            && create.Text.StartsWith("f", StringComparison.OrdinalIgnoreCase)
            && YamlScalar.TextOf(account["name"]) is { Length: > 0 } name
                ? new(name, Origin.At(account["name"]!.Span))
            : YamlScalar.TextOf(user?["nameOverride"]) is { Length: > 0 } other ? new(other, Origin.At(user!["nameOverride"]!.Span))
            : new("crossplane", Origin.Of("crossplane/values/nameOverride"));
    }

    private YamlNode Merge(YamlNode? generated, YamlNode? user, string path)
    {
        if (generated is YamlMapping left && user is YamlMapping right)
        {
            var entries = left
                .Entries.Where(e => right[e.Key.Text] is null)
                .Concat(right.Entries.Select(e => new YamlEntry(e.Key, Merge(left[e.Key.Text], e.Value, $"{path}.{e.Key.Text}"))));
            return new YamlMapping([.. entries.OrderBy(e => e.Key.Text, StringComparer.Ordinal)], left.Span);
        }

        if (generated is not null && user is not null)
        {
            bag.Add(
                Rules.ValueCollision,
                user.Span,
                $"The Helm value '{path[1..]}' is generated.",
                "Remove it; it follows from the lock, 'registry' and 'iam'."
            );
        }

        return generated ?? YamlMapping.Sorted(user!);
    }

    // Packages given to the chart are installed by the core's init container: in no lock, under names nobody chose.
    private void CheckOwnPackages(YamlMapping user)
    {
        foreach (var kind in (ReadOnlySpan<string>)["provider", "configuration", "function"])
        {
            if ((user[kind] as YamlMapping)?["packages"] is { } packages && packages is not YamlSequence { Items.Length: 0 })
            {
                bag.Add(
                    Rules.ValueCollision,
                    packages.Span,
                    $"'{kind}.packages' would install packages that the lock does not know.",
                    "Add them to the lockfile instead."
                );
            }
        }
    }

    private void CheckArguments(YamlMapping user)
    {
        foreach (var argument in ((user["args"] as YamlSequence)?.Items ?? []).OfType<YamlScalar>().Where(a => ChangesVersions(a.Text)))
        {
            bag.Add(
                Rules.DependencyUpgrades,
                argument.Span,
                $"With {argument.Text}, Crossplane changes package versions by itself: the cluster would no longer run what the lock says.",
                "Remove the argument; change versions in the lockfile."
            );
        }
    }

    private static bool ChangesVersions(string argument) =>
        (
            argument.StartsWith("--enable-dependency-version-upgrades", StringComparison.Ordinal)
            || argument.StartsWith("--enable-dependency-version-downgrades", StringComparison.Ordinal)
        ) && !argument.EndsWith("=false", StringComparison.Ordinal);
}

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
