namespace GitOpsGen.Cli.Completing;

/// <summary>The scripts beside this file, embedded. All they know is how to ask; what may come next is decided by <see cref="Completion"/>.</summary>
internal static class CompletionScript
{
    /// <summary>The shells that have one.</summary>
    public static string[] Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of one of the <see cref="Shells"/>.</summary>
    public static string For(string shell) => EmbeddedText.Read($"completion.{shell}");
}
