using GitOpsGen.Importing.Installed;
using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Writing;

/// <summary>The text of <c>.config/gitopsgen.yaml</c>. What all environments have in common is said once.</summary>
internal static class SettingsText
{
    private const string Intro = "# Where the packages of packages.lock.yaml run, and what they are pulled from, as 'gitopsgen import' found it.\n";

    // Defaults replace these as a whole, or they are clearer in one place.
    private static readonly string[] Whole = ["registry", "destination", "values", "nodes", "source"];
    private static readonly string[] DefaultOrder =
    [
        "registry",
        "upstreams",
        "metadata",
        "install",
        "pin",
        "gitops",
        "crossplane",
        "iam",
        "packages",
    ];

    /// <param name="environments">The environments, in their order.</param>
    /// <param name="schema">Where the schema is, from the file's folder.</param>
    public static string Of(ImmutableArray<ImportedEnvironment> environments, string schema)
    {
        var all = environments.Select(environment => (environment.Name, Settings: Of(environment))).ToList();
        var common = all.Count > 1 ? Common([.. all.Select(one => one.Settings)], isPackages: false) : null;
        var document = NodePaths.Empty(SourceSpan.Nowhere).With("settingsVersion", new YamlScalar(ScalarKind.Integer, "1", SourceSpan.Nowhere));
        if (common is not null)
        {
            document = document.With(
                "defaults",
                new YamlMapping([.. common.Entries.OrderBy(entry => Array.IndexOf(DefaultOrder, entry.Key.Text))], SourceSpan.Nowhere)
            );
        }

        foreach (var (name, settings) in all)
            document = document.WithAt(common is null ? settings : Rest(settings, common), "environments", name);

        var text = new StringBuilder($"# yaml-language-server: $schema={schema}\n{Intro}");
        YamlWriter.Write(text, Spelled(document), 0);
        return text.ToString();
    }

    private static YamlMapping Of(ImportedEnvironment environment)
    {
        var settings = NodePaths.Empty(SourceSpan.Nowhere);
        if (environment.Registry is { } registry)
        {
            var place = RegistryImport.PlaceOf(registry.Host);
            foreach (var (host, prefix) in registry.Prefixes)
                place = host.Length == 0 ? place.With("prefix", Text(prefix)) : place.WithAt(Text(prefix), "prefix", host);

            settings = settings.With("registry", registry.PullSecret is { } secret ? place.With("pullSecret", Text(secret)) : place);
        }

        foreach (var (prefix, route) in environment.Upstreams)
            settings = settings.WithAt(route, "upstreams", prefix);

        settings = environment.Metadata is { } metadata ? settings.With("metadata", metadata) : settings;
        settings = environment.IsDirect ? settings.With("install", Text("direct")) : settings;
        settings = environment.PinsDigests ? settings.With("pin", Text("digest")) : settings;
        settings = environment.Core is { } core ? WithCore(settings, core) : settings;
        settings = environment.Iam is { } iam ? settings.With("iam", iam) : settings;
        ImmutableArray<YamlEntry> packages =
        [
            .. environment
                .Packages.GroupBy(package => package.Name)
                .OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => new YamlEntry(Text(same.Key), same.Aggregate(NodePaths.Empty(SourceSpan.Nowhere), WithPackage)))
                .Where(entry => entry.Value is YamlMapping { Entries.IsEmpty: false }),
        ];
        settings = packages.IsEmpty ? settings : settings.With("packages", new YamlMapping(packages, SourceSpan.Nowhere));

        if (environment.Engine.Kind != "none")
        {
            settings = settings.WithAt(Text(environment.Engine.Kind), "gitops", "engine");
            settings = environment.Engine.Settings is { } engine ? settings.WithAt(engine, "gitops", environment.Engine.Kind) : settings;
        }

        return settings;
    }

    private static YamlMapping WithPackage(YamlMapping settings, ImportedPackage package)
    {
        settings = package.Metadata is { } metadata ? settings.With("metadata", metadata) : settings;
        settings = package.Spec is { } spec ? settings.With("spec", spec) : settings;
        return Runtime(package) is { } runtime ? settings.With("runtime", runtime) : settings;
    }

    private static YamlMapping WithCore(YamlMapping settings, ImportedCore core)
    {
        settings = core.Namespace == CoreImport.DefaultNamespace ? settings : settings.WithAt(Text(core.Namespace), "crossplane", "namespace");
        settings = core.Release == "crossplane" ? settings : settings.WithAt(Text(core.Release), "crossplane", "release");
        settings =
            core.ChartRepository == core.LockedRepository
                ? settings
                : settings.WithAt(Text(core.ChartRepository), "crossplane", "chart", "repository");
        return core.Values is { } values ? settings.WithAt(values, "crossplane", "values") : settings;
    }

    // The shorthands that people read first, and then the rest as it is.
    private static YamlMapping? Runtime(ImportedPackage package)
    {
        var runtime = NodePaths.Empty(SourceSpan.Nowhere);
        runtime = package.RuntimeName is { } name ? runtime.With("name", Text(name)) : runtime;
        if (package.Runtime is not { } spec)
            return runtime.Entries.IsEmpty ? null : runtime;

        (string[] From, string[] To)[] shorthands =
        [
            (["serviceAccountTemplate", "metadata", "name"], ["serviceAccount", "name"]),
            (["serviceAccountTemplate", "metadata", "annotations"], ["serviceAccount", "annotations"]),
            (["deploymentTemplate", "spec", "replicas"], ["replicas"]),
        ];
        foreach (var (from, to) in shorthands)
        {
            if (spec.At(from) is { } value)
            {
                runtime = runtime.WithAt(value, to);
                spec = spec.Without(from);
            }
        }

        return runtime.Merged(spec);
    }

    /// <summary>What all of these have; <see langword="null"/> where they have nothing in common.</summary>
    private static YamlMapping? Common(ImmutableArray<YamlMapping> all, bool isPackages)
    {
        var common = NodePaths.Empty(SourceSpan.Nowhere);
        foreach (var (key, value) in all[0].Entries)
        {
            var values = all.Select(settings => settings[key.Text]).ToList();
            if (values.TrueForAll(other => other is not null && NodeEquality.Instance.Equals(other, value)))
            {
                common = common.With(key.Text, value);
            }
            else if (
                !isPackages
                && !Whole.Contains(key.Text)
                && values.TrueForAll(other => other is YamlMapping)
                && Common([.. values.Cast<YamlMapping>()], key.Text == "packages") is { } inner
            )
            {
                common = common.With(key.Text, inner);
            }
        }

        return common.Entries.IsEmpty ? null : common;
    }

    private static YamlMapping Rest(YamlMapping settings, YamlMapping common) =>
        new(
            [
                .. settings
                    .Entries.Select(entry =>
                        (
                            entry.Key,
                            Value: common[entry.Key.Text] switch
                            {
                                null => entry.Value,
                                var shared when NodeEquality.Instance.Equals(shared, entry.Value) => null,
                                var shared => Rest((YamlMapping)entry.Value, (YamlMapping)shared),
                            }
                        )
                    )
                    .Where(entry => entry.Value is not null)
                    .Select(entry => new YamlEntry(entry.Key, entry.Value!)),
            ],
            settings.Span
        );

    // What Kubernetes reads as a boolean or a number, as YAML 1.2 spells it.
    private static YamlNode Spelled(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => new YamlMapping(
                [.. mapping.Entries.Select(entry => new YamlEntry(entry.Key, Spelled(entry.Value)))],
                mapping.Span
            ),
            YamlSequence list => new YamlSequence([.. list.Items.Select(Spelled)], list.Span),
            YamlScalar { Kind: ScalarKind.Boolean } flag => YamlScalar.Boolean(
                flag.Text.ToUpperInvariant() is "TRUE" or "YES" or "ON" or "Y",
                flag.Span
            ),
            YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Float } number when CoreSchema.KindOf(number.Text) != number.Kind =>
                YamlScalar.String(number.Text, number.Span),
            _ => node,
        };

    private static YamlScalar Text(string text) => YamlScalar.String(text, SourceSpan.Nowhere);
}
