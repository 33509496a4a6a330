namespace GitOpsGen.Output;

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
