using System.Globalization;
using System.Net.Http.Headers;

namespace GitOpsGen.Registry.Http;

/// <summary>What <c>Retry-After</c> asks for.</summary>
/// <param name="MayRetry">Whether it is worth waiting for.</param>
/// <param name="Wait">How long; <see langword="null"/> where the registry does not say.</param>
/// <param name="Told">The end of a clause that says so.</param>
internal sealed record RetryAdvice(bool MayRetry, TimeSpan? Wait, string Told)
{
    public static RetryAdvice Of(RetryConditionHeaderValue? header, DateTimeOffset now, TimeSpan longest)
    {
        if ((header?.Delta ?? header?.Date - now) is not { } wait || wait < TimeSpan.Zero)
        {
            return new(true, null, "");
        }

        var told = string.Create(CultureInfo.InvariantCulture, $" and asks to be left alone for {wait.TotalSeconds:0} seconds");
        return new(wait <= longest, wait, told);
    }
}
