namespace GitOpsGen.Cli.Reporting;

/// <summary>What the process says to scripts. 1 beats 3 beats 2.</summary>
internal static class ExitCode
{
    private static readonly Rule[] LeaveUnknown =
    [
        Rules.RegistryRefuses,
        Rules.RegistrySilent,
        Rules.RemoteSilent,
        Rules.TargetSilent,
        Rules.TargetBusy,
    ];

    /// <summary>Done; nothing differs.</summary>
    public const int Done = 0;

    /// <summary>An error in what the user gave: input, rule, template, ownership, I/O.</summary>
    public const int Failed = 1;

    /// <summary>The files on disk are not what would be written.</summary>
    public const int Differs = 2;

    /// <summary>A registry, the remote of a partial clone or the target of publish could not be reached, or refused: nothing is known, and a retry may help.</summary>
    public const int Unknown = 3;

    /// <summary>The command line itself is wrong (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>SIGINT or SIGTERM: 128 and the number of SIGINT, as shells say it.</summary>
    public const int Cancelled = 130;

    /// <summary>The code of a command that asks registries or a remote.</summary>
    /// <param name="found">Its findings, with their final severities.</param>
    /// <param name="differs">Whether it found a difference that it was to look for.</param>
    public static int Of(IEnumerable<Diagnostic> found, bool differs = false)
    {
        var errors = found.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Rule).ToHashSet();
        return errors.Except(LeaveUnknown).Any() ? Failed
            : errors.Count > 0 ? Unknown
            : differs ? Differs
            : Done;
    }
}
