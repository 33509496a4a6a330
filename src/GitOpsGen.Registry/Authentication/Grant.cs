using System.Net.Http.Headers;
using GitOpsGen.Registry.Http;

namespace GitOpsGen.Registry.Authentication;

/// <summary>What came of a challenge: a header that answers it, or why there is none.</summary>
internal sealed class Grant
{
    private Grant(AuthenticationHeaderValue? header, Attempt<Grant>? failed, TimeSpan? lifetime)
    {
        Header = header;
        Failed = failed;
        Lifetime = lifetime;
    }

    public AuthenticationHeaderValue? Header { get; }

    /// <summary>Why there is no header.</summary>
    public Attempt<Grant>? Failed { get; }

    /// <summary>How long the header is good for; <see langword="null"/>: as long as we run.</summary>
    public TimeSpan? Lifetime { get; }

    public static Grant Of(AuthenticationHeaderValue header, TimeSpan? lifetime = null) => new(header, null, lifetime);

    public static Grant None(RegistryFailure failure) => None(new Attempt<Grant>(failure));

    public static Grant None(Attempt<Grant> failed) => new(null, failed, null);
}
