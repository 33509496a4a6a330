namespace GitOpsGen.Output;

/// <summary>How much of a difference is printed.</summary>
/// <param name="LinesPerFile">At most this many lines of one file.</param>
/// <param name="Lines">At most this many lines in all.</param>
public sealed record DiffLimits(int LinesPerFile, int Lines)
{
    /// <summary>Enough for a person to see what happened.</summary>
    public static DiffLimits Default { get; } = new(200, 2000);

    /// <summary>Everything.</summary>
    public static DiffLimits None { get; } = new(int.MaxValue, int.MaxValue);
}
