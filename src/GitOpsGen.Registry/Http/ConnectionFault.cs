using System.Net.Sockets;
using System.Security.Authentication;

namespace GitOpsGen.Registry.Http;

/// <summary>
/// What went wrong below HTTP, in our words: the framework's messages differ by platform, and under NativeAOT may be resource keys only.
/// </summary>
/// <param name="Cause">A clause without a full stop.</param>
/// <param name="MayRetry">Whether another try may succeed.</param>
/// <param name="IsContent">Whether there was a response, and the response is wrong.</param>
internal sealed record ConnectionFault(string Cause, bool MayRetry = true, bool IsContent = false)
{
    /// <summary>Whether the network explains an exception, and not a bug.</summary>
    public static bool Explains(Exception e) => e is HttpRequestException or IOException or SocketException or AuthenticationException;

    public static ConnectionFault Of(Exception e, string authority) =>
        e switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => new($"no address is known for {authority}"),
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or AuthenticationException => new(
                $"no trusted TLS connection to {authority} can be made (a certificate that this machine does not trust needs 'caFile', and the machine the right time)",
                MayRetry: false
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => new($"the proxy makes no connection to {authority}"),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(
                $"the headers of the answer of {authority} are too long",
                MayRetry: false,
                IsContent: true
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => new(
                $"what {authority} answers is not HTTP",
                IsContent: true
            ),
            HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => new($"the answer of {authority} ends in the middle"),
            _ => new($"the connection to {authority} {Socket(e)}"),
        };

    private static string Socket(Exception? e) =>
        e switch
        {
            null => "failed",
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "is refused",
            SocketException { SocketErrorCode: SocketError.TimedOut } => "is not made in time",
            SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable } => "has no route",
            SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown } => "was cut",
            _ => Socket(e.InnerException),
        };
}
