using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOpsGen.Yaml;

/// <summary>
/// What sigs.k8s.io/yaml, the reader of kubectl and Crossplane, allows beyond our own files: anchors, aliases, merge keys and tags. It is
/// goyaml v2: plain scalars are those of YAML 1.1, and of several equal keys the last one counts, also where one comes from a merge. A value
/// that several aliases stand for is held once, but counts as often as it stands there.
/// </summary>
internal sealed class KubernetesDialect(bool tellsDuplicates)
{
    private const string MergeKey = "<<";

    private readonly Dictionary<string, Anchored> anchors = new(StringComparer.Ordinal);

    /// <summary>Whether a key that is written twice is a finding.</summary>
    public bool TellsDuplicates => tellsDuplicates;

    /// <summary>Anchors do not outlive their document.</summary>
    public void BeginDocument() => anchors.Clear();

    /// <summary>Where a value has an anchor, what aliases behind this place stand for; it has no value before it ends.</summary>
    public Anchored? Begin(NodeEvent node) => node.Anchor.IsEmpty ? null : anchors[node.Anchor.Value] = new();

    /// <summary>What an alias stands for.</summary>
    /// <exception cref="SyntaxErrorException">No value that has ended has this anchor.</exception>
    public Anchored Find(AnchorAlias alias) =>
        anchors.GetValueOrDefault(alias.Value.Value) is { Value: not null } anchored
            ? anchored
            : throw new SyntaxErrorException(
                alias.Start,
                alias.End,
                $"No value before it has the anchor of the alias *{Excerpt.Of(alias.Value.Value)}"
            );

    /// <summary>The type of a scalar.</summary>
    /// <exception cref="SyntaxErrorException">The value does not have the type of its tag.</exception>
    public static ScalarKind KindOf(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
            return scalar.Style == ScalarStyle.Plain ? CoreSchema.KubernetesKindOf(scalar.Value) : ScalarKind.String;

        var kind = CoreSchema.KubernetesKindOf(scalar.Value);
        return scalar.Tag.Value switch
        {
            "tag:yaml.org,2002:bool" when kind == ScalarKind.Boolean => kind,
            "tag:yaml.org,2002:null" when kind == ScalarKind.Null => kind,
            "tag:yaml.org,2002:int" when kind == ScalarKind.Integer => kind,
            "tag:yaml.org,2002:float" when kind is ScalarKind.Float or ScalarKind.Integer => ScalarKind.Float,
            "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" =>
                throw new SyntaxErrorException(scalar.Start, scalar.End, "A value does not have the type of its tag"),
            _ => ScalarKind.String,
        };
    }

    /// <summary>Whether a key merges its value into the mapping.</summary>
    public static bool IsMerge(YamlScalar key) => key is { IsPlain: true, Text: MergeKey };

    /// <summary>What a merge key brings: of several mappings the first counts most, so that it comes last.</summary>
    /// <returns>The entries; <see langword="null"/> where the value is not a mapping or a list of them.</returns>
    public static IEnumerable<YamlEntry>? Merged(YamlNode value) =>
        value switch
        {
            YamlMapping mapping => mapping.Entries,
            YamlSequence list when list.Items.All(item => item is YamlMapping) => list
                .Items.Reverse()
                .SelectMany(item => ((YamlMapping)item).Entries),
            _ => null,
        };

    /// <summary>A value with an anchor.</summary>
    internal sealed class Anchored
    {
        /// <summary>The value; <see langword="null"/> before it ends.</summary>
        public YamlNode? Value { get; private set; }

        /// <summary>How many events it counts.</summary>
        public int Events { get; private set; }

        /// <summary>The value ends here.</summary>
        public void End(YamlNode value, int events) => (Value, Events) = (value, events);
    }
}
