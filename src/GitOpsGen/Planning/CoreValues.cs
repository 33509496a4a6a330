using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>The Helm values of the crossplane chart: what GitOpsGen decides, merged with what the user adds.</summary>
internal sealed class CoreValues(DiagnosticBag bag)
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
