namespace GitOpsGen.Yaml.Editing;

/// <summary>Compares what nodes say, whatever their places. The order of keys says nothing; numbers are not compared by value.</summary>
internal static class NodeValues
{
    public static bool Same(YamlNode? left, YamlNode? right) =>
        (left, right) switch
        {
            (null, null) => true,
            (YamlScalar l, YamlScalar r) => l.Kind == r.Kind && l.Text == r.Text,
            (YamlSequence l, YamlSequence r) => l.Items.Length == r.Items.Length && l.Items.Zip(r.Items).All(pair => Same(pair.First, pair.Second)),
            (YamlMapping l, YamlMapping r) => l.Entries.Length == r.Entries.Length && l.Entries.All(entry => Same(entry.Value, r[entry.Key.Text])),
            _ => false,
        };
}
