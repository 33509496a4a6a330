namespace GitOpsGen.Output;

/// <summary>For how long a run waits for other writers, in all. It counts what it has slept, so it needs no clock.</summary>
internal sealed class Patience(TimeSpan time)
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(50);

    private TimeSpan left = time;

    /// <summary>Waits a moment; <see langword="false"/> at once when the time is over.</summary>
    public bool Wait(CancellationToken cancellation)
    {
        if (left <= TimeSpan.Zero)
            return false;
        cancellation.WaitHandle.WaitOne(Nap);
        cancellation.ThrowIfCancellationRequested();
        left -= Nap;
        return true;
    }
}
