namespace GitOpsGen.Model;

/// <summary>Work on many values at once. Parallel LINQ would do it too, and is half a megabyte of the native executable.</summary>
internal static class SideBySide
{
    /// <summary>What a function gives for each value, in their order. It is called on all processors.</summary>
    /// <exception cref="AggregateException">The function threw.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static TResult[] SelectSideBySide<T, TResult>(
        this IEnumerable<T> values,
        Func<T, TResult> function,
        CancellationToken cancellation = default
    )
    {
        T[] given = [.. values];
        var results = new TResult[given.Length];
        Parallel.For(0, given.Length, new() { CancellationToken = cancellation }, i => results[i] = function(given[i]));
        return results;
    }
}
