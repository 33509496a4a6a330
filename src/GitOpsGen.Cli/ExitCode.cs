namespace GitOpsGen.Cli;

/// <summary>What the process says to scripts (DESIGN.md, section 6). 1 beats 3 beats 2.</summary>
internal static class ExitCode
{
    /// <summary>Done; nothing differs.</summary>
    public const int Done = 0;

    /// <summary>An error in what the user gave: input, rule, template, ownership, I/O.</summary>
    public const int Failed = 1;

    /// <summary>What stands on disk is not what would be written.</summary>
    public const int Differs = 2;

    /// <summary>The command line itself is wrong (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>SIGINT or SIGTERM: 128 and the number of SIGINT, as shells say it.</summary>
    public const int Cancelled = 130;
}
