namespace GitOpsGen.Cli.Starter;

/// <summary>What <c>init</c> writes: the texts beside this file, embedded, and the lines of <c>.gitattributes</c>.</summary>
internal static class StarterFiles
{
    /// <summary>Without it, a checkout on Windows could change the line endings of files that are compared byte by byte.</summary>
    private const string AttributesLine = "manifests/** text eol=lf";

    /// <summary>The lockfile.</summary>
    /// <param name="schema">Where its schema is, from its own folder.</param>
    public static string Lockfile(string schema) => WithSchema(EmbeddedText.Read("packages.lock.yaml"), schema);

    /// <summary>The settings.</summary>
    /// <param name="project">What was said about them.</param>
    /// <param name="schema">Where their schema is, from their own folder.</param>
    public static string Settings(StarterProject project, string schema) => WithSchema(project.In(SettingsFor(ToolVersion.Text)), schema);

    /// <summary>The settings that a version of the program writes. A build without a version cannot ask for itself.</summary>
    public static string SettingsFor(string tool)
    {
        const string Key = "gitopsgen:";
        var text = EmbeddedText.Read("gitopsgen.yaml");
        return ToolVersion.Constraint(tool) is { } constraint
            ? text.Replace($"\n{Key} ", $"\n{Key} \"{constraint}\" ", StringComparison.Ordinal)
            : string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(Key, StringComparison.Ordinal)));
    }

    /// <summary>A schema as a file.</summary>
    public static string Schema(string schema) => $"{schema.TrimEnd('\n')}\n";

    // A file, not an address: an editor without a network reads it too.
    private static string WithSchema(string text, string schema) => text.Replace("$schema=SCHEMA\n", $"$schema={schema}\n", StringComparison.Ordinal);

    /// <summary>
    /// What has to be appended to a <c>.gitattributes</c> with this text, in its own line endings; empty where its lines say
    /// it already.
    /// </summary>
    public static string MissingAttributes(string existing)
    {
        if (existing.Split('\n').Any(SaysIt))
            return "";

        var newLine = existing.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var before = existing.Length > 0 && !existing.EndsWith('\n') ? newLine : "";
        return $"{before}{AttributesLine}{newLine}";
    }

    private static bool SaysIt(string line)
    {
        var words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words is ["manifests/**", .. var attributes] && attributes.Contains("eol=lf");
    }
}
