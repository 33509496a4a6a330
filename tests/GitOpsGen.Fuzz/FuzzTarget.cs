using System.Collections.Immutable;

namespace GitOpsGen.Fuzz;

/// <summary>Something that reads what it is given, whatever that is.</summary>
/// <param name="Name">As <c>--target</c> names it.</param>
/// <param name="Share">How much of the time it gets, beside the others.</param>
/// <param name="Seeds">What mutations start from.</param>
/// <param name="Run">Runs a case. Returns which invariant it breaks; throwing breaks one too.</param>
internal sealed record FuzzTarget(string Name, int Share, Lazy<ImmutableArray<FuzzCase>> Seeds, Func<FuzzCase, string?> Run)
{
    /// <summary>The most processor time of a case. It does not depend on what else the machine does.</summary>
    public static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(30);

    /// <summary>The most that a case may allocate; what is in memory at one time is less.</summary>
    public const long MostAllocated = 2L << 30;

    /// <summary>The broken invariant, in a few words that do not depend on the input; <see langword="null"/> where all hold.</summary>
    public string? Problem(FuzzCase input)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var used = Environment.CpuUsage.TotalTime;
        string? problem;
        try
        {
            problem = Run(input);
        }
        catch (Exception e)
        {
            problem = $"throws {e.GetType().Name}";
        }

        return problem
            ?? (Environment.CpuUsage.TotalTime - used > LongestCase ? "takes too long" : null)
            ?? (GC.GetTotalAllocatedBytes() - allocated > MostAllocated ? "allocates too much" : null);
    }
}
