namespace GitOpsGen.Cli.Reporting;

/// <summary>The texts that are embedded in the program.</summary>
internal static class EmbeddedText
{
    /// <summary>One of them, with line feeds, whatever a checkout made of the source file.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
