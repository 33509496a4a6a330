using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GitOpsGen.Output;

/// <summary>
/// A folder that is held open. What is done below <see cref="Path"/> is done in this very folder, even where somebody has put a link in
/// its place since. The path leads through the handle, which only Linux can; elsewhere it is the folder's own path.
/// </summary>
internal sealed class HeldFolder : IDisposable
{
    private const int NoEntry = 2; // errno ENOENT
    private const int NotFolder = 20; // errno ENOTDIR: a file, or a link that was not followed

    // O_PATH, O_CLOEXEC and O_DIRECTORY. The last one and O_NOFOLLOW have other numbers on some processors.
    private static readonly bool HasArmNumbers =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le;
    private static readonly int Folder = 0x200000 | 0x80000 | (HasArmNumbers ? 0x4000 : 0x10000);
    private static readonly int RealFolder = Folder | (HasArmNumbers ? 0x8000 : 0x20000);

    // A sandbox may have no /proc.
    private static readonly bool CanHold = OperatingSystem.IsLinux() && Directory.Exists("/proc/self/fd");

    private readonly SafeFileHandle? handle;

    private HeldFolder(string path) => Path = path;

    private HeldFolder(int descriptor)
    {
        handle = new(descriptor, ownsHandle: true);
        Path = $"/proc/self/fd/{descriptor}";
    }

    /// <summary>Leads into the folder while it is held.</summary>
    public string Path { get; }

    /// <summary>A folder that exists, by its path on this machine, in which links are followed.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static HeldFolder Open(string full) => CanHold ? new(Opened(open(Encoding.UTF8.GetBytes(full + '\0'), Folder))) : new HeldFolder(full);

    /// <summary>A folder in or below this one. No link is followed on the way.</summary>
    /// <param name="relative">Its path; this folder itself for the empty text.</param>
    /// <param name="creates">Whether folders that are missing are created.</param>
    /// <exception cref="NoSuchFolderException">There is none, or there is something else.</exception>
    /// <exception cref="IOException">It cannot be opened or created.</exception>
    public HeldFolder Below(string relative, bool creates = false)
    {
        if (handle is null)
        {
            var full = relative.Length == 0 ? Path : At(relative);
            return new(creates ? Directory.CreateDirectory(full).FullName : full);
        }

        var slash = relative.IndexOf('/');
        if (slash < 0)
            return Enter(relative.Length == 0 ? "." : relative, creates);
        using var next = Enter(relative[..slash], creates);
        return next.Below(relative[(slash + 1)..], creates);
    }

    /// <summary>The path of something directly in the folder.</summary>
    public string At(string name) => $"{Path}/{name}";

    public void Dispose() => handle?.Dispose();

    private HeldFolder Enter(string name, bool creates)
    {
        if (creates)
            Directory.CreateDirectory(At(name));
        return new(Opened(openat(handle!, Encoding.UTF8.GetBytes(name + '\0'), RealFolder)));
    }

    private static int Opened(int descriptor) =>
        descriptor >= 0 ? descriptor
        : Marshal.GetLastPInvokeError() is var error && error is NoEntry or NotFolder ? throw new NoSuchFolderException()
        : throw new IOException(null, error);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int openat(SafeFileHandle folder, byte[] path, int flags);
}

/// <summary>Where a folder must be there is nothing, a file or a link.</summary>
internal sealed class NoSuchFolderException() : IOException("a folder of its path is gone, or a link or a file is in its place");

/// <summary>The folder of the last step, held: the next step is mostly in the same one, and to open it takes a call for each folder above it.</summary>
/// <param name="output">The output.</param>
internal sealed class LastFolder(HeldFolder output) : IDisposable
{
    private string path = "";
    private HeldFolder? folder;

    /// <summary>A folder of the output; it is held until another one is asked for.</summary>
    /// <inheritdoc cref="HeldFolder.Below"/>
    public HeldFolder Below(string relative, bool creates)
    {
        if (folder is not null && path == relative)
            return folder;
        Dispose();
        (path, folder) = (relative, output.Below(relative, creates));
        return folder;
    }

    public void Dispose()
    {
        folder?.Dispose();
        folder = null;
    }
}
