using GitOpsGen.Lockfile;

namespace GitOpsGen.Planning;

/// <summary>
/// The Helm values that one version of the crossplane chart knows (crossplane cluster/charts/crossplane, v1.14 to v2.4; within a minor
/// they never changed). The chart has no schema: Helm silently ignores a mistyped key.
/// </summary>
internal sealed class ChartValues
{
    private const string Upstream = "charts.crossplane.io/";

    private static readonly (int Major, int Minor) Oldest = (1, 14);

    // Forms are those that the chart's templates need, which are not always those of its values.yaml: an empty map there may stand for a list.
    private static readonly ChartValue[] Table =
    [
        new("affinity", ValueForm.Map),
        new("args", ValueForm.List),
        new("configuration", ValueForm.Map),
        new("configuration.packages", ValueForm.Any), // HelmValues takes an empty list alone
        new("customAnnotations", ValueForm.Map),
        new("customLabels", ValueForm.Map),
        new("deploymentStrategy", ValueForm.Scalar),
        new("dnsPolicy", ValueForm.Scalar) { Since = (1, 15) },
        new("extraEnvVarsCrossplane", ValueForm.Map),
        new("extraEnvVarsCrossplaneInit", ValueForm.Map) { Since = (2, 0) },
        new("extraEnvVarsRBACManager", ValueForm.Map),
        new("extraObjects", ValueForm.List),
        new("extraVolumeMountsCrossplane", ValueForm.Any),
        new("extraVolumesCrossplane", ValueForm.Any),
        new("function", ValueForm.Map) { Since = (1, 16) },
        new("function.packages", ValueForm.Any) { Since = (1, 16) },
        new("functionCache", ValueForm.Map) { Since = (1, 20) },
        new("functionCache.medium", ValueForm.Scalar) { Since = (1, 20) },
        new("functionCache.pvc", ValueForm.Scalar) { Since = (1, 20) },
        new("functionCache.sizeLimit", ValueForm.Scalar) { Since = (1, 20) },
        new("global", ValueForm.Any), // Helm itself passes it to every chart
        new("hostNetwork", ValueForm.Flag),
        new("image", ValueForm.Map),
        new("image.ignoreTag", ValueForm.Flag) { Since = (2, 0) },
        new("image.pullPolicy", ValueForm.Scalar),
        new("image.repository", ValueForm.Scalar),
        new("image.tag", ValueForm.Scalar),
        new("imagePullSecrets", ValueForm.List),
        new("leaderElection", ValueForm.Flag),
        new("metrics", ValueForm.Map),
        new("metrics.enabled", ValueForm.Flag),
        new("metrics.port", ValueForm.Scalar) { Since = (1, 19) },
        new("nameOverride", ValueForm.Scalar), // read by the chart's helpers, though its values.yaml does not list it
        new("nodeSelector", ValueForm.Map),
        new("packageCache", ValueForm.Map),
        new("packageCache.configMap", ValueForm.Scalar),
        new("packageCache.medium", ValueForm.Scalar),
        new("packageCache.pvc", ValueForm.Scalar),
        new("packageCache.sizeLimit", ValueForm.Scalar),
        new("packageManager", ValueForm.Map) { Since = (1, 19), Before = (1, 20) },
        new("packageManager.enableAutomaticDependencyDowngrade", ValueForm.Flag) { Since = (1, 19), Before = (1, 20) },
        new("podSecurityContextCrossplane", ValueForm.Map),
        new("podSecurityContextRBACManager", ValueForm.Map),
        new("priorityClassName", ValueForm.Scalar),
        new("provider", ValueForm.Map),
        new("provider.defaultActivations", ValueForm.List) { Since = (2, 0) },
        new("provider.packages", ValueForm.Any),
        new("rbacManager", ValueForm.Map),
        new("rbacManager.affinity", ValueForm.Map),
        new("rbacManager.args", ValueForm.List),
        new("rbacManager.deploy", ValueForm.Flag),
        new("rbacManager.leaderElection", ValueForm.Flag),
        new("rbacManager.managementPolicy", ValueForm.Scalar) { Before = (1, 15) },
        new("rbacManager.nodeSelector", ValueForm.Map),
        new("rbacManager.replicas", ValueForm.Scalar),
        new("rbacManager.revisionHistoryLimit", ValueForm.Scalar) { Since = (1, 18) },
        new("rbacManager.skipAggregatedClusterRoles", ValueForm.Flag),
        new("rbacManager.tolerations", ValueForm.List),
        new("rbacManager.topologySpreadConstraints", ValueForm.List) { Since = (1, 17) },
        new("readiness", ValueForm.Map) { Since = (1, 19) },
        new("readiness.port", ValueForm.Scalar) { Since = (1, 19) },
        new("registryCaBundleConfig", ValueForm.Map),
        new("registryCaBundleConfig.key", ValueForm.Scalar),
        new("registryCaBundleConfig.name", ValueForm.Scalar),
        new("replicas", ValueForm.Scalar),
        new("resourcesCrossplane", ValueForm.Map),
        new("resourcesRBACManager", ValueForm.Map),
        new("revisionHistoryLimit", ValueForm.Scalar) { Since = (1, 18) },
        new("runtimeClassName", ValueForm.Scalar) { Since = (1, 20) },
        new("secrets", ValueForm.Map) { Since = (2, 2) },
        new("secrets.customAnnotations", ValueForm.Map) { Since = (2, 2) },
        new("securityContextCrossplane", ValueForm.Map),
        new("securityContextRBACManager", ValueForm.Map),
        new("service", ValueForm.Map) { Since = (1, 16) },
        new("service.customAnnotations", ValueForm.Map) { Since = (1, 16) },
        new("serviceAccount", ValueForm.Map),
        new("serviceAccount.create", ValueForm.Flag) { Since = (1, 19) },
        new("serviceAccount.customAnnotations", ValueForm.Map),
        new("serviceAccount.name", ValueForm.Scalar) { Since = (1, 19) },
        new("sidecarsCrossplane", ValueForm.List) { Since = (2, 2) },
        new("tolerations", ValueForm.List),
        new("topologySpreadConstraints", ValueForm.List) { Since = (1, 17) },
        new("webhooks", ValueForm.Map),
        new("webhooks.enabled", ValueForm.Flag),
        new("webhooks.port", ValueForm.Scalar) { Since = (1, 19) },
    ];

    private readonly string chart;
    private readonly Dictionary<string, ChartValue> known;

    private ChartValues(string chart, (int Major, int Minor) minor)
    {
        this.chart = chart;
        known = Table.Where(value => value.IsIn(minor)).ToDictionary(value => value.Path, StringComparer.Ordinal);
    }

    /// <summary>
    /// The values of the chart that installs a core; <see langword="null"/> where that is not known: a chart of others may have any. A chart of
    /// the core's own version is taken for a copy of upstream's.
    /// </summary>
    public static ChartValues? Of(LockEntry core)
    {
        var version = core.Chart?.Value.Version.Text ?? core.Version.Value.Text;
        var isUpstreams =
            core.Chart?.Value.Repository.HostAndPath.StartsWith(Upstream, StringComparison.Ordinal) != false
            || version.TrimStart('v') == core.Version.Value.Text.TrimStart('v');
        return isUpstreams ? OfVersion(version) : null;
    }

    /// <summary>The values of upstream's chart in a version; <see langword="null"/> for a version that is older than the table.</summary>
    public static ChartValues? OfVersion(string version)
    {
        var parts = version.TrimStart('v').Split('.');
        var minor = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        return minor.CompareTo(Oldest) < 0 ? null : new($"crossplane chart {version}", minor);
    }

    /// <summary>The dotted paths of the values that are known, two keys deep at most.</summary>
    public IEnumerable<string> Paths => known.Keys;

    /// <summary>Warns about every key of the user's values that would have no effect, and about values of a form that the chart cannot use.</summary>
    public void Check(YamlMapping values, DiagnosticBag bag)
    {
        foreach (var (key, value) in values.Entries)
        {
            CheckOne(key, value, key.Text, bag);
            if (value is YamlMapping below && known.Keys.Any(path => path.StartsWith(key.Text + ".", StringComparison.Ordinal)))
            {
                foreach (var (inner, content) in below.Entries)
                    CheckOne(inner, content, $"{key.Text}.{inner.Text}", bag);
            }
        }
    }

    private void CheckOne(YamlScalar key, YamlNode value, string path, DiagnosticBag bag)
    {
        if (!known.TryGetValue(path, out var expected))
        {
            bag.Add(
                Rules.UnknownValue,
                key.Span,
                $"The {chart} has no value '{Excerpt.Of(path)}': Helm would ignore it.",
                "Correct the key (helm show values lists them)."
            );
        }
        else if (!expected.Takes(value))
        {
            bag.Add(
                Rules.ValueOfWrongForm,
                value.Span,
                $"The {chart} wants {expected.Wanted} as '{path}'.",
                "Correct the value (helm show values lists them with an example)."
            );
        }
    }

    private enum ValueForm
    {
        Any,
        Map,
        List,
        Scalar,

        /// <summary>True or false. The text "false" is true to a template.</summary>
        Flag,
    }

    /// <summary>One value.</summary>
    /// <param name="Path">Its keys, joined by dots.</param>
    /// <param name="Form">What the templates need; null is taken everywhere, because it removes a default.</param>
    private sealed record ChartValue(string Path, ValueForm Form)
    {
        /// <summary>The first minor version that has it.</summary>
        public (int Major, int Minor) Since { get; init; } = Oldest;

        /// <summary>The first minor version that no longer has it.</summary>
        public (int Major, int Minor) Before { get; init; } = (int.MaxValue, 0);

        public string Wanted =>
            Form switch
            {
                ValueForm.Map => "a mapping",
                ValueForm.List => "a list",
                ValueForm.Flag => "true or false",
                _ => "text or a number",
            };

        public bool IsIn((int Major, int Minor) minor) => Since.CompareTo(minor) <= 0 && minor.CompareTo(Before) < 0;

        public bool Takes(YamlNode value) =>
            value is YamlScalar { Kind: ScalarKind.Null }
            || Form switch
            {
                ValueForm.Any => true,
                ValueForm.Map => value is YamlMapping,
                ValueForm.List => value is YamlSequence,
                ValueForm.Flag => value is YamlScalar { Kind: ScalarKind.Boolean },
                _ => value is YamlScalar,
            };
    }
}
