namespace GitOpsGen.Registry.Http;

/// <summary>
/// A connection would go to a host that the settings do not allow; it was not made. An exception, so that nobody takes it for "there is
/// nothing": what was asked cannot be known without a change of the settings.
/// </summary>
/// <param name="request">What was asked.</param>
/// <param name="host">The host: that of the repository, or one that a registry leads to.</param>
internal sealed class HostNotListedException(RegistryRequest request, string host) : Exception($"{host} is not in 'onlyHosts'")
{
    /// <summary>What to report.</summary>
    public Diagnostic Finding { get; } =
        new(
            Rules.HostNotListed,
            $"{request.Repository}, {request.Asked}, was not read: "
                + (
                    host == request.Repository.Host
                        ? $"{host} is not in 'onlyHosts' of the settings."
                        : $"it leads to {Excerpt.Of(host)}, which is not in 'onlyHosts' of the settings."
                ),
            "Add the host there, if it may be connected to.",
            null
        );
}
