namespace GitOpsGen.Yaml.Editing;

/// <summary>An item of a list as it shall be.</summary>
/// <param name="Origin">Its number in the list as it is; <see langword="null"/> for a new one.</param>
/// <param name="Wanted">What it shall be.</param>
internal readonly record struct ListItem(int? Origin, YamlNode Wanted);
