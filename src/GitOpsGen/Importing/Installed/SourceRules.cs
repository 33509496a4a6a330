using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>What is wrong in the sources of one environment, whether it is imported or not.</summary>
internal static partial class SourceRules
{
    private const int AccountDigits = 12;
    private const string FamilyPrefix = "provider-family-";

    private static readonly string[] DependencyKeys = ["package", "provider", "function", "configuration"];

    // Whose members are known by their names; another family is known where its provider is there.
    private static readonly string[] Families = ["aws", "azure", "gcp"];

    public static void Check(ImportedEnvironment environment, DiagnosticBag bag)
    {
        CheckAccounts(environment.Sources, bag);
        CheckDependencies(environment, bag);
        foreach (var other in environment.Sources.Others)
        {
            if (Policies.In(other.Node) is { } policy)
                Policies.Check(policy, bag);
        }

        var names = Families.Concat(environment.Packages.Select(FamilyOf).OfType<string>()).Distinct().ToList();
        foreach (var family in names)
        {
            ImmutableArray<ImportedPackage> members =
            [
                .. environment.Packages.Where(package => NameOf(package).StartsWith($"provider-{family}-", StringComparison.Ordinal)),
            ];
            ImmutableArray<ImportedPackage> all =
            [
                .. environment.Packages.Where(package => members.Contains(package) || FamilyOf(package) == family),
            ];
            if (!members.IsEmpty)
                CheckFamily($"{FamilyPrefix}{family}", members, all, environment.IsDirect, bag);
        }
    }

    /// <summary>The finding about a placeholder that nothing fills.</summary>
    public static Diagnostic Open(string placeholder, SourceSpan span) =>
        new(
            Rules.ImportPlaceholder,
            $"'{Excerpt.Of(placeholder)}' is a placeholder, and nothing says what it stands for.",
            $"Say it: --set {Name(placeholder)}=VALUE",
            span
        );

    private static string Name(string placeholder) => string.Concat(placeholder.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_'));

    private static void CheckFamily(
        string family,
        ImmutableArray<ImportedPackage> members,
        ImmutableArray<ImportedPackage> all,
        bool isDirect,
        DiagnosticBag bag
    )
    {
        var first = all.MinBy(package => (package.Reference.Span.File, package.Reference.Span.Start))!;
        if (members.Length == all.Length)
        {
            var isSkipped = members.Any(member => member.SkipsDependencies);
            var member = isSkipped ? members.First(one => one.SkipsDependencies) : first;
            bag.Add(
                new Diagnostic(
                    Rules.FamilyMissing,
                    isSkipped
                        ? $"{family} is not installed, and {member.Name} skips dependency resolution: nothing brings it, and its ProviderConfigs are missing."
                        : $"{family} is not declared: Crossplane installs it, at the newest version.",
                    "'gitopsgen lock' adds it to the lockfile.",
                    member.Reference.Span
                )
                {
                    Severity = isSkipped ? Severity.Error : Severity.Info,
                }
            );
        }

        if (all.Select(package => OrganisationOf(package.Repository)).Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 1 } places)
        {
            bag.Add(
                Rules.ImportedFamilySplit,
                first.Reference.Span,
                $"Members of {family} come from {string.Join(", ", places)}: the RBAC manager does not take them for one family.",
                "Take all from one place."
            );
        }

        if (all.Select(package => package.Version).Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 1 } versions)
        {
            bag.Add(
                Rules.FamilyVersions,
                first.Reference.Span,
                $"Members of {family} have different versions: {string.Join(", ", versions)}.",
                "Give all the same version."
            );
        }

        foreach (var member in members.Where(member => isDirect && member is { IsCopy: true, SkipsDependencies: false }))
        {
            bag.Add(
                Rules.SecondFamily,
                member.Reference.Span,
                $"{member.Name} comes from a mirror and does not skip dependency resolution: Crossplane installs a second {family}, from upstream.",
                "Set skipDependencyResolution, as what is rendered does."
            );
        }
    }

    // What a Configuration of the team's own says counts only once it is published, and 'lock' reads it there.
    private static void CheckDependencies(ImportedEnvironment environment, DiagnosticBag bag)
    {
        foreach (var item in environment.Sources.Objects.Where(item => item.Group == "meta.pkg.crossplane.io"))
        {
            foreach (var dependency in item.Spec.ItemsAt("dependsOn"))
            {
                if (
                    DependencyKeys.Select(key => dependency.At(key)).OfType<YamlScalar>().FirstOrDefault() is { } package
                    && !environment.Packages.Any(known => known.Package == package.Text || known.Repository == package.Text)
                )
                {
                    bag.Add(
                        Rules.ImportDependency,
                        package.Span,
                        $"{item} depends on {Excerpt.Of(package.Text)}, which no object declares.",
                        "'gitopsgen lock' adds what the published package needs."
                    );
                }
            }
        }
    }

    private static string? FamilyOf(ImportedPackage package) =>
        NameOf(package).StartsWith(FamilyPrefix, StringComparison.Ordinal) ? NameOf(package)[FamilyPrefix.Length..] : null;

    private static string NameOf(ImportedPackage package) => package.Package[(package.Package.LastIndexOf('/') + 1)..];

    private static string OrganisationOf(string repository) => repository[..Math.Max(repository.LastIndexOf('/'), 0)];

    // Once for each file and account: it is one mistake.
    private static void CheckAccounts(EnvironmentSources sources, DiagnosticBag bag)
    {
        var seen = new HashSet<(string, string)>();
        foreach (
            var node in sources
                .Objects.Where(IsRead)
                .Select(item => (YamlNode)item.Content)
                .Concat(sources.Others.Where(IsRead).Select(other => other.Node))
        )
        {
            foreach (var scalar in node.Scalars())
            {
                foreach (var account in Account().Matches(scalar.Text).Select(match => match.Groups["account"].Value))
                {
                    if (account.Length != AccountDigits && seen.Add((scalar.Span.File, account)))
                    {
                        bag.Add(
                            Rules.AccountDigits,
                            scalar.Span,
                            $"The account '{Excerpt.Of(account)}' has {account.Length} digits; AWS accounts have {AccountDigits}.",
                            "Correct it."
                        );
                    }
                }
            }
        }
    }

    private static bool IsRead(SourceObject item) => item.Group == PackageGroup.Name || CoreObjects.IsCore(item);

    private static bool IsRead(SourceDocument other) =>
        Policies.In(other.Node) is not null || other.Node.At("Role") is not null || CoreObjects.IsChart(other.Node);

    [GeneratedRegex(@"\barn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(?<account>[0-9]+):|\b(?<account>[0-9]+)\.dkr[.-]ecr\b")]
    private static partial Regex Account();
}
