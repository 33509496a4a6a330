using System.Collections.Immutable;

namespace GitOpsGen.Inputs;

/// <summary>What stands in and below the folder of the user's templates, by path.</summary>
/// <param name="Templates">The templates, each with its text or with why it cannot be used.</param>
/// <param name="Ignored">Files that are no templates, as they are printed.</param>
internal sealed record TemplateFolder(ImmutableArray<SourceFile> Templates, ImmutableArray<string> Ignored)
{
    /// <summary>How the name of a template ends.</summary>
    public const string Suffix = ".scriban";

    /// <summary>More files than anybody keeps there; past it, the folder is another one than was meant.</summary>
    public const int MaximumFiles = 2_000;

    /// <summary>What all templates together may have.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    public static TemplateFolder Empty { get; } = new([], []);
}
