using System.Runtime.InteropServices;

namespace GitOpsGen.Output;

/// <summary>Why the system refused. .NET's own messages are left out of the executable, so the system's are asked for.</summary>
internal static class IoReason
{
    // errno EWOULDBLOCK on Linux and on macOS; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION as HRESULT.
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    // errno EEXIST; ERROR_FILE_EXISTS as HRESULT.
    private static readonly int[] There = [17, unchecked((int)0x80070050)];

    private const int NotOpen = 9; // errno EBADF on Linux and on macOS
    private const int TooLarge = 27; // errno EFBIG on Linux and on macOS

    /// <summary>Whether this is the file system speaking, not a bug.</summary>
    public static bool IsIo(Exception exception) => exception is IOException or UnauthorizedAccessException || IsTooLarge(exception);

    /// <summary>Whether another process holds the file.</summary>
    public static bool IsLocked(Exception exception) => exception is IOException && Array.IndexOf(Locked, exception.HResult) >= 0;

    /// <summary>Whether a stream of the process is not open, as with <c>&gt;&amp;-</c> in a shell.</summary>
    public static bool IsClosed(Exception exception) => (exception.InnerException ?? exception) is IOException { HResult: NotOpen };

    /// <summary>Whether something is where a new file was to be.</summary>
    public static bool IsThere(Exception exception) => exception is IOException && Array.IndexOf(There, exception.HResult) >= 0;

    /// <summary>The reason as the end of a sentence, without its full stop.</summary>
    public static string Of(Exception exception) =>
        exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "it does not exist",
            NotRegularFileException or NoSuchFolderException => exception.Message,
            _ when IsTooLarge(exception) => Message(TooLarge),
            PathTooLongException => "its path is too long",
            UnauthorizedAccessException { InnerException: { } inner } => Of(inner),
            { HResult: > 0 and < 4096 and var errno } => Message(errno),
            _ when OperatingSystem.IsWindows() => Message(exception.HResult & 0xffff),
            UnauthorizedAccessException => "permission denied",
            _ => "input/output error",
        };

    // What .NET makes of EFBIG: a file beyond the limit of the process or of the file system.
    private static bool IsTooLarge(Exception exception) => exception is ArgumentOutOfRangeException { ParamName: "value" };

    private static string Message(int error) => Marshal.GetPInvokeErrorMessage(error).TrimEnd('.', ' ', '\r', '\n');
}
