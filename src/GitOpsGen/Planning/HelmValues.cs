using GitOpsGen.Iam;
using GitOpsGen.Lockfile;

namespace GitOpsGen.Planning;

/// <summary>The Helm values of the crossplane chart: what GitOpsGen decides, merged with what the user adds.</summary>
/// <param name="core">The core that the chart installs.</param>
/// <param name="bag">Where findings go.</param>
/// <param name="pinsByImageConfig"><inheritdoc cref="Settings.EnvironmentSettings.PinsByImageConfig" path="/summary"/></param>
/// <param name="hasUpstreamChart">Whether the chart has the name of upstream's; the values of any other one are not known.</param>
internal sealed class HelmValues(LockEntry core, DiagnosticBag bag, bool pinsByImageConfig, bool hasUpstreamChart)
{
    /// <summary>Both, keys in ordinal order. A value in both is an error: otherwise one of them would be lost silently.</summary>
    public YamlMapping Merge(YamlMapping generated, YamlMapping? user)
    {
        if (user is null)
            return generated;

        CheckOwnPackages(user);
        CheckArguments(user);
        (hasUpstreamChart ? ChartValues.Of(core) : null)?.Check(user, bag);
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
                "Remove it; it is decided by the lock, 'registry' and 'iam'."
            );
        }

        return generated ?? YamlMapping.Sorted(user!);
    }

    // The core's init container installs packages that are given to the chart: they are in no lock, and nobody chose their names.
    private void CheckOwnPackages(YamlMapping user)
    {
        foreach (var kind in (ReadOnlySpan<string>)["provider", "configuration", "function"])
        {
            if (user.At(kind, "packages") is { } packages && packages is not YamlSequence { Items.Length: 0 })
            {
                bag.Add(
                    Rules.ValueCollision,
                    packages.Span,
                    $"'{kind}.packages' would install packages that are not in the lockfile.",
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
                pinsByImageConfig ? Rules.UpgradesOfPins : Rules.DependencyUpgrades,
                argument.Span,
                pinsByImageConfig
                    ? $"With {argument.Text}, Crossplane's dependency resolution gets stuck, because ImageConfigs pin packages to digests."
                    : $"With {argument.Text}, Crossplane changes package versions by itself, and the cluster no longer runs the locked versions.",
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

/// <summary>The Helm values of the crossplane chart that GitOpsGen generates.</summary>
/// <param name="Core">The image of the core, which runs the RBAC manager too.</param>
/// <param name="Tag">Its tag, and the digest where the environment pins it.</param>
internal sealed record GeneratedValues(RegistryImage Core, string Tag)
{
    /// <summary>The Secret with which the core's pods and packages are pulled.</summary>
    public Located<string>? PullSecret { get; init; }

    /// <summary>The package manager's role. It is an annotation of the pods, so that they restart when it changes: a running pod keeps the old role.</summary>
    public Located<string>? Role { get; init; }

    /// <summary>Whether the role is also an annotation of the service account, where IRSA's webhook reads it.</summary>
    public bool AnnotatesServiceAccount { get; init; }

    /// <summary>The values, keys in ordinal order, each with the place in the user's files that decides it.</summary>
    public YamlMapping ToYaml()
    {
        var values = ImmutableArray.CreateBuilder<YamlEntry>();
        var core = Core.Entry.Version.Span;
        if (Role is { } onPods)
            values.Add(Annotations(onPods));

        values.Add(
            Entry(
                "image",
                Mapping(core, Text("repository", new(Core.Repository.ToString(), Core.Entry.Package.Span)), Text("tag", new(Tag, core))),
                core
            )
        );
        if (PullSecret is { } secret)
            values.Add(Entry("imagePullSecrets", new YamlSequence([YamlScalar.String(secret.Value, secret.Span)], secret.Span), secret.Span));

        if (Role is { } onAccount && AnnotatesServiceAccount)
            values.Add(Entry("serviceAccount", Mapping(onAccount.Span, Annotations(onAccount)), onAccount.Span));

        return Mapping(core, [.. values]);
    }

    private static YamlEntry Annotations(Located<string> role) =>
        Entry("customAnnotations", Mapping(role.Span, Text(IamRoleArn.Annotation, role)), role.Span);

    private static YamlMapping Mapping(SourceSpan span, params ImmutableArray<YamlEntry> entries) => new(entries, span);

    private static YamlEntry Text(string key, Located<string> value) => Entry(key, YamlScalar.String(value.Value, value.Span), value.Span);

    private static YamlEntry Entry(string key, YamlNode value, SourceSpan span) => new(YamlScalar.String(key, span), value);
}
