using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Settings;

/// <summary>Reads <c>.config/gitopsgen.yaml</c>: either all of it, or every reason why not, each at its place.</summary>
internal static class SettingsReader
{
    public const string DefaultLockfile = "packages.lock.yaml";
    public const string DefaultTemplates = "templates";
    public const string DefaultOutput = "manifests";

    public static Result<ProjectSettings> Read(string file, ReadOnlySpan<byte> bytes) => Read(file, bytes, ToolVersion.Text);

    /// <param name="file">The path as it is printed.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="tool">The version of the program. If the file asks for another, nothing else is said about it: its shape may have changed.</param>
    public static Result<ProjectSettings> Read(string file, ReadOnlySpan<byte> bytes, string tool) =>
        ShapedFile.Read(file, bytes, SettingsShape.Document, Read, settings => ToolRequirement.Check(settings, tool));

    private static ProjectSettings Read(Fields root, DiagnosticBag bag)
    {
        if (ToolRequirement.CheckForm(root) is { } unreadable)
            bag.Add(unreadable);

        var severities = ReadSeverities(root, bag);
        var lockfile = ReadPath(root, "lockfile", DefaultLockfile, bag);
        var templates = ReadPath(root, "templates", DefaultTemplates, bag);
        var output = ReadPath(root, "output", DefaultOutput, bag);
        ProtectInputs(root, output, [lockfile, templates], bag);
        var defaults = root.Mapping("defaults");
        FreeValues.Check(defaults, bag);
        bag.AddRange(KustomizeTexts.FindProblems(defaults));
        var environments = ImmutableArray.CreateBuilder<EnvironmentSettings>();
        foreach (var (key, value) in root.Mapping("environments")!.Entries)
        {
            var own = (YamlMapping)value;
            FreeValues.Check(own, bag);
            bag.AddRange(KustomizeTexts.FindProblems(own));
            var merged = defaults is null ? own : DefaultsMerge.Under(own, defaults);
            if (EnvironmentReader.Read(key, new(merged), output, bag) is { } environment)
                environments.Add(environment);
        }

        if (root.Mapping("environments") is { Entries.IsEmpty: true } none)
        {
            bag.Add(
                Rules.NoEnvironments,
                none.Span,
                "There are no environments: everything that was rendered for one will be removed.",
                "Add an environment, or set GOG1107 to off if that is meant."
            );
        }

        return new()
        {
            Severities = severities,
            Lockfile = lockfile,
            Templates = templates,
            TemplatesNamed = root.Scalar("templates")?.Span,
            Output = output,
            OnlyHosts = root.Has("onlyHosts") ? [.. root.List("onlyHosts").Cast<YamlScalar>().Select(host => host.Text)] : null,
            Registries = [.. ReadRegistries(root, bag)],
            Crds = [.. root.List("crds").Cast<YamlScalar>().Select(path => new Located<string>(path.Text, path.Span))],
            Environments = [.. environments.OrderBy(e => e.Name.Value)],
        };
    }

    private static SeverityPolicy ReadSeverities(Fields root, DiagnosticBag bag)
    {
        var severities = new Dictionary<Rule, Severity>();
        foreach (var (key, value) in root.Mapping("rules")?.Entries ?? [])
        {
            if (!Rules.ByCode.TryGetValue(key.Text, out var rule))
            {
                bag.Add(Rules.UnknownRule, key.Span, $"There is no rule {key.Text}.", "See docs/rules.md for the codes.");
            }
            else if (!rule.CanChange)
            {
                bag.Add(
                    Rules.UnknownRule,
                    key.Span,
                    $"The severity of {key.Text} cannot be changed.",
                    "Remove the line; shapes, cycles, collisions and ownership are always errors."
                );
            }
            else
            {
                severities.Add(rule, Enum.Parse<Severity>(((YamlScalar)value).Text, ignoreCase: true));
            }
        }

        return new(severities);
    }

    private static IEnumerable<RegistryRoute> ReadRegistries(Fields root, DiagnosticBag bag)
    {
        foreach (var (host, value) in root.Mapping("registries")?.Entries ?? [])
        {
            var fields = new Fields((YamlMapping)value);
            var endpoint = fields.Scalar("endpoint") is { } url ? new Uri(url.Text) : null;
            yield return new(new(host.Text, host.Span), endpoint, fields.Scalar("caFile") is { } caFile ? LocatePath(caFile, "caFile", bag) : null)
            {
                Availability = fields.Object("availability") is { } periods ? ReadAvailability(periods) : null,
            };
        }
    }

    private static RegistryAvailability ReadAvailability(Fields periods)
    {
        var main = periods.Required<RetentionPeriod>("main", RetentionPeriod.TryParse).Value;
        return new(main, periods.Optional<RetentionPeriod>("backport", RetentionPeriod.TryParse)?.Value ?? main);
    }

    private static Located<RelativePath>? LocatePath(YamlScalar scalar, string key, DiagnosticBag bag) =>
        ParsePath(scalar, key, bag) is { } path ? new(path, scalar.Span) : null;

    // A bad path is reported, and the default is used, so that the rest of the file is read too.
    private static RelativePath ReadPath(Fields root, string key, string fallback, DiagnosticBag bag) =>
        (root.Scalar(key) is { } scalar ? ParsePath(scalar, key, bag) : null) ?? RelativePath.Parse(fallback);

    private static RelativePath? ParsePath(YamlScalar scalar, string key, DiagnosticBag bag)
    {
        if (!TryParsePath(scalar.Text, out var path))
        {
            bag.Add(
                Rules.PathEscapes,
                scalar.Span,
                $"'{key}' is '{Excerpt.Of(scalar.Text)}', which is not a folder or file below the root.",
                $"Use a relative path with / and without '..', such as platform/{key}."
            );
        }

        return path;
    }

    // A shell completes manifests to ./manifests/.
    internal static bool TryParsePath(string text, [NotNullWhen(true)] out RelativePath? path)
    {
        var trimmed = text.TrimEnd('/');
        return RelativePath.TryParse(trimmed.StartsWith("./", StringComparison.Ordinal) ? trimmed[2..] : trimmed, out path);
    }

    // The writer deletes what it once wrote, so its folder must not hold files that people write.
    private static void ProtectInputs(Fields root, RelativePath output, ReadOnlySpan<RelativePath> inputs, DiagnosticBag bag)
    {
        foreach (var input in (ReadOnlySpan<RelativePath>)[.. inputs, RelativePath.Parse(".config"), RelativePath.Parse(".git")])
        {
            if (input.Overlaps(output))
            {
                var span = root.Scalar("output")?.Span ?? root.Scalar("lockfile")?.Span ?? root.Scalar("templates")?.Span;
                bag.Add(Rules.PathEscapes, span, $"The output folder '{output}' and '{input}' overlap.", "Give the output a folder of its own.");
            }
        }
    }
}

/// <summary>
/// Merges <c>defaults</c> under an environment: maps key by key, lists and scalars replace. <c>registry</c>, each route of
/// <c>upstreams</c>, <c>destination</c> and <c>kubeConfig</c> replace as a whole, because a mix of two would be a place that nobody meant.
/// </summary>
internal static class DefaultsMerge
{
    public static YamlMapping Under(YamlMapping environment, YamlMapping defaults) => Merge(environment, defaults, "");

    /// <summary>The same, where either may be absent.</summary>
    public static YamlMapping? Over(YamlMapping? under, YamlMapping? said) =>
        under is null ? said
        : said is null ? under
        : Under(said, under);

    private static YamlMapping Merge(YamlMapping own, YamlMapping under, string path)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var entry in under.Entries)
        {
            var inner = path.Length == 0 ? entry.Key.Text : $"{path}.{entry.Key.Text}";
            entries.Add(
                (own[entry.Key.Text], entry.Value) switch
                {
                    (null, _) => entry,
                    (YamlMapping mine, YamlMapping theirs)
                        when path != "upstreams" && inner is not ("registry" or "gitops.argocd.destination" or "gitops.flux.kubeConfig") => new(
                        entry.Key,
                        Merge(mine, theirs, inner)
                    ),
                    ({ } mine, _) => new(entry.Key, mine),
                }
            );
        }

        entries.AddRange(own.Entries.Where(entry => under[entry.Key.Text] is null));
        return new(entries.ToImmutable(), own.Span);
    }
}
