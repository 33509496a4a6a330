namespace GitOpsGen.Testing;

internal static class OutputReading
{
    /// <summary>
    /// Reads what a program writes on a thread of its own: those of the pool may all be waiting for programs, and a new one takes the
    /// pool half a second.
    /// </summary>
    public static Task<string> ReadToEndAside(this StreamReader output) =>
        Task.Factory.StartNew(output.ReadToEnd, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
