using System.Net;

namespace GitOpsGen.Registry.Http;

/// <summary>The machine's proxy variables, but never for the machine itself: no proxy can reach that.</summary>
internal sealed class LoopbackIsDirect(IWebProxy machine) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => machine.Credentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : machine.GetProxy(destination);

    public bool IsBypassed(Uri host) => Origin.IsLoopback(host.Authority) || machine.IsBypassed(host);
}
