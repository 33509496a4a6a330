using System.Collections.Concurrent;

namespace GitOpsGen.Registry.Http;

/// <summary>Bounds how many requests a host gets at a time. Nobody holds two slots, so nobody waits in a circle.</summary>
internal sealed class HostSlots(int perHost) : IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> hosts = new(StringComparer.Ordinal);

    /// <summary>Waits for a slot; it is free again when what is returned is disposed.</summary>
    public async Task<IDisposable> EnterAsync(string authority, CancellationToken cancellation)
    {
        var slots = hosts.GetOrAdd(authority, _ => new(perHost));
        await slots.WaitAsync(cancellation).ConfigureAwait(false);
        return new Slot(slots);
    }

    public void Dispose()
    {
        foreach (var slots in hosts.Values)
        {
            slots.Dispose();
        }
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
