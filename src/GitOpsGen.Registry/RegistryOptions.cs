using System.Collections.Immutable;

namespace GitOpsGen.Registry;

/// <summary>How to reach registries.</summary>
internal sealed record RegistryOptions
{
    /// <summary>What the settings say, by the host that references begin with.</summary>
    public ImmutableDictionary<string, RegistryAccess> Registries { get; init; } = ImmutableDictionary<string, RegistryAccess>.Empty;

    /// <summary>How many requests one host gets at a time.</summary>
    public int RequestsPerHost { get; init; } = 16;

    /// <summary>How often a request is repeated that may succeed later; at least once.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The longest <c>Retry-After</c> that is waited for; past it, the registry counts as unreachable.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    public TimeLimits Limits { get; init; } = new();

    /// <summary>Told of every request, on any thread: method, address and outcome, and nothing that is secret. <see langword="null"/>: nobody is.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>The product and its version. It says nothing about the machine.</summary>
    public string UserAgent { get; init; } = "gitopsgen";
}
