using System.Collections.Immutable;

namespace GitOpsGen.Registry.Authentication;

/// <summary>How a server wants to be convinced (RFC 9110, section 11.6.1): a scheme and its parameters, names in any case.</summary>
internal sealed record Challenge(string Scheme, ImmutableDictionary<string, string> Parameters)
{
    public const string Bearer = "Bearer";
    public const string Basic = "Basic";

    public string? this[string parameter] => Parameters.GetValueOrDefault(parameter);

    public bool Is(string scheme) => Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);
}
