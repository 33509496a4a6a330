using GitOpsGen.Importing.Installed;

namespace GitOpsGen.Importing.Writing;

/// <summary>The text of <c>packages.lock.yaml</c>: one entry for each package, version and name.</summary>
internal static class LockfileText
{
    private const string Intro =
        "# Which Crossplane packages run where, as 'gitopsgen import' found them. Edit it like a go.mod; then run 'gitopsgen lock'.\n";

    private static readonly string[] Order = ["Crossplane", "Provider", "Function", "Configuration"];

    /// <param name="environments">The environments, in their order.</param>
    /// <param name="schema">Where the schema is, from the file's folder.</param>
    public static string Of(ImmutableArray<ImportedEnvironment> environments, string schema)
    {
        var text = new StringBuilder($"# yaml-language-server: $schema={schema}\n{Intro}lockfileVersion: 1\npackages:\n");
        var entries = environments.SelectMany((environment, at) => EntriesOf(environment).Select(entry => (Entry: entry, At: at))).ToList();
        foreach (
            var package in entries
                .GroupBy(pair => (Order: Array.IndexOf(Order, pair.Entry.Kind), pair.Entry.Package))
                .OrderBy(group => group.Key.Order)
                .ThenBy(group => group.Key.Package, StringComparer.Ordinal)
        )
        {
            var versions = package
                .GroupBy(pair => (pair.Entry.Version, pair.Entry.Name, pair.Entry.Chart))
                .OrderBy(group => group.Min(pair => pair.At))
                .ToList();
            var isEverywhere = versions is [var only] && only.Count() == environments.Length;
            foreach (var version in versions)
            {
                var all = version.Select(pair => pair.Entry).ToList();
                Append(
                    text,
                    all[0] with
                    {
                        Digest = all.Select(entry => entry.Digest).FirstOrDefault(digest => digest is not null),
                        DependsOn = all.Select(entry => entry.DependsOn).FirstOrDefault(dependencies => dependencies is not null),
                        IsIndirect = all.TrueForAll(entry => entry.IsIndirect),
                    },
                    isEverywhere ? [] : [.. version.OrderBy(pair => pair.At).Select(pair => environments[pair.At].Name)]
                );
            }
        }

        return text.ToString();
    }

    private static IEnumerable<Entry> EntriesOf(ImportedEnvironment environment)
    {
        if (environment.Core is { } core)
        {
            yield return new("Crossplane", core.Package, core.Version.Value)
            {
                Digest = core.Digest,
                Chart = (core.LockedRepository, core.ChartVersion),
            };
        }

        foreach (var package in environment.Packages)
        {
            yield return new(package.Kind.ToString(), package.Package, package.Version)
            {
                Digest = package.Digest,
                IsIndirect = package.IsIndirect,
                DependsOn = package.DependsOn,
                Name = package.Name == package.DerivedName ? null : package.Name,
            };
        }
    }

    private static void Append(StringBuilder text, Entry entry, ImmutableArray<string> environments)
    {
        text.Append("  - package: ").Append(Plain(entry.Package)).Append('\n');
        Line("kind", entry.Kind);
        Line("version", Plain(entry.Version));
        if (entry.Digest is { } digest && PackageVersion.TryParse(entry.Version, out _) && GitOpsGen.Model.Digest.TryParse(digest, out _))
            Line("locked", Plain($"{entry.Version}@{digest}"));

        if (entry.Chart is { } chart)
            Line("chart", $"{{ repository: {InBrackets(chart.Repository)}, version: {InBrackets(chart.Version)} }}");

        if (entry.IsIndirect)
            Line("indirect", "true");

        if (entry.DependsOn is { } dependencies)
        {
            text.Append("    dependsOn:").Append(dependencies.IsEmpty ? " []\n" : "\n");
            foreach (var (package, kind, constraint) in dependencies)
            {
                text.Append("      - { package: ")
                    .Append(InBrackets(package))
                    .Append(", kind: ")
                    .Append(kind)
                    .Append(", constraint: ")
                    .Append(Quoted(constraint))
                    .Append(" }\n");
            }
        }

        if (entry.Name is { } name)
            Line("name", Plain(name));

        if (!environments.IsEmpty)
            Line("environments", $"[{string.Join(", ", environments.Select(InBrackets))}]");

        void Line(string key, string value) => text.Append("    ").Append(key).Append(": ").Append(value).Append('\n');
    }

    private static string Plain(string value) => ScalarQuoting.Quote(value);

    // In brackets, more characters mean something.
    private static string InBrackets(string value) =>
        ScalarQuoting.Quote(value) is var plain && (plain[0] == '"' || plain.AsSpan().IndexOfAny("{}[],") < 0) ? plain : Quoted(value);

    private static string Quoted(string value)
    {
        var text = new StringBuilder();
        CharacterEscapes.AppendQuoted(text, value, EscapeStyle.Yaml);
        return text.ToString();
    }

    private sealed record Entry(string Kind, string Package, string Version)
    {
        public string? Digest { get; init; }

        public (string Repository, string Version)? Chart { get; init; }

        public bool IsIndirect { get; init; }

        public ImmutableArray<ImportedDependency>? DependsOn { get; init; }

        public string? Name { get; init; }
    }
}
