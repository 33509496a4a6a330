using System.Collections.Immutable;

namespace GitOpsGen.Fuzz;

/// <summary>Something that reads what it is given, whatever that is.</summary>
/// <param name="Name">As <c>--target</c> names it.</param>
/// <param name="Seeds">What mutations start from.</param>
/// <param name="Run">Runs a case. Returns which invariant it breaks; throwing breaks one too.</param>
internal sealed record FuzzTarget(string Name, ImmutableArray<FuzzCase> Seeds, Func<FuzzCase, string?> Run)
{
    /// <summary>The longest that a case may take, on a machine that does other things too.</summary>
    public static readonly TimeSpan LongestCase = TimeSpan.FromSeconds(30);

    /// <summary>The most that a case may allocate; what is in memory at one time is less.</summary>
    public const long MostAllocated = 2L << 30;

    /// <summary>The broken invariant, in a few words that do not depend on the input; <see langword="null"/> where all hold.</summary>
    public string? Problem(FuzzCase input)
    {
        var before = GC.GetTotalAllocatedBytes();
        var clock = System.Diagnostics.Stopwatch.StartNew();
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
            ?? (clock.Elapsed > LongestCase ? "takes too long" : null)
            ?? (GC.GetTotalAllocatedBytes() - before > MostAllocated ? "allocates too much" : null);
    }
}
