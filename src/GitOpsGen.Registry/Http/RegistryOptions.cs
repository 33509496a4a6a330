using System.Security.Cryptography.X509Certificates;

namespace GitOpsGen.Registry.Http;

/// <summary>How to reach registries.</summary>
internal sealed record RegistryOptions
{
    /// <summary>What the settings say, by the host that references begin with.</summary>
    public ImmutableDictionary<string, RegistryConnection> Registries { get; init; } = ImmutableDictionary<string, RegistryConnection>.Empty;

    /// <summary>The only hosts that may be connected to, besides the endpoints of <see cref="Registries"/>; <see langword="null"/>: every host.</summary>
    public ImmutableHashSet<string>? OnlyHosts { get; init; }

    /// <summary>How many requests one host gets at a time.</summary>
    public int RequestsPerHost { get; init; } = 16;

    /// <summary>How often a request that may succeed later is repeated; at least once.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The longest <c>Retry-After</c> that we wait for; beyond it, the registry counts as unreachable.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    public TimeLimits Limits { get; init; } = new();

    /// <summary>Called for every request, on any thread, with method, address and outcome; nothing in it is secret.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>The product and its version. It says nothing about the machine.</summary>
    public string UserAgent { get; init; } = "gitopsgen";
}

/// <summary>How one registry is reached, as <c>registries:</c> of the settings says it.</summary>
internal sealed record RegistryConnection
{
    /// <summary>
    /// The proxy to ask instead. Its path is the prefix of the repository there: <c>https://proxy.example.com/xpkg</c> is asked at
    /// <c>/v2/xpkg/…</c>. With <c>v2</c> as a segment it is the address of the API itself (<c>https://nexus.example.com/repository/xpkg/v2</c>).
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Certificate authorities that are trusted beside the machine's; see <see cref="CertificateFile"/>.</summary>
    public X509Certificate2Collection? Authorities { get; init; }
}

/// <summary>How long the client waits, by the machine's own clock, before it calls a registry unreachable.</summary>
internal sealed record TimeLimits
{
    /// <summary>For a connection, TLS included.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the request to the head of the response.</summary>
    public TimeSpan Response { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two pieces of a body.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one question, with all its tries and pages, because a body may trickle without end.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromMinutes(15);
}
