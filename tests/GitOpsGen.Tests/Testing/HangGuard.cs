namespace GitOpsGen.Tests.Testing;

/// <summary>
/// What tells an algorithm that ends from one that does not: far above what the slowest machine needs for hostile input, far below what
/// quadratic or exponential work on it takes. It does not measure speed; the benchmarks measure.
/// </summary>
internal static class HangGuard
{
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);
}
