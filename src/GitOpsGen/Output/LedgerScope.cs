namespace GitOpsGen.Output;

/// <summary>
/// The paths that one ledger may list. The path alone decides: <c>overlays/&lt;env&gt;/</c> and
/// <c>iam/&lt;env&gt;/</c> belong to that environment's ledger, everything else (<c>iam/registries/</c> too) to the one in
/// <c>base/</c>. So a path never moves from one ledger to another, whatever the settings say.
/// </summary>
/// <param name="Environment">The environment, or <see langword="null"/> for the rest.</param>
internal readonly record struct LedgerScope(string? Environment)
{
    public const string FileName = ".gitopsgen";

    /// <summary>The folder that holds one folder per environment, each with its ledger.</summary>
    public const string Overlays = "overlays";

    /// <summary>The path of the ledger, below the output.</summary>
    public RelativePath Ledger => RelativePath.Parse(Environment is null ? $"base/{FileName}" : $"{Overlays}/{Environment}/{FileName}");

    /// <summary>The only scope that holds this path.</summary>
    public static LedgerScope Of(RelativePath path)
    {
        var segments = path.Value.Split('/', 3);
        var isEnvironments = segments is [Overlays, _, _] || (segments is ["iam", not "registries", _]);
        return new(isEnvironments ? segments[1] : null);
    }

    /// <summary>Whether a generated file may have this path and be listed in this scope's ledger.</summary>
    public bool Holds(RelativePath path) => !IsReserved(path) && Of(path) == this;

    /// <summary>Ledgers, the lock and the staging folder: GitOpsGen's own, never a generated file.</summary>
    public static bool IsReserved(RelativePath path) =>
        path.Value.Split('/') is [OutputFolder.Staging or OutputFolder.Lock, ..] or ["base", FileName, ..] or [Overlays, _, FileName, ..];
}
