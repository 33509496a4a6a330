using GitOpsGen.Output;

namespace GitOpsGen.Inputs;

/// <summary>Files of which some have other contents than those that are there: what is not written yet.</summary>
internal sealed class FilesWithTexts(IInputFiles files, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> texts) : IInputFiles
{
    public DiskEntryKind KindOf(string full) => texts.ContainsKey(full) ? DiskEntryKind.File : files.KindOf(full);

    public IEnumerable<InputEntry> FilesBelow(string full) => files.FilesBelow(full);

    public void Load(IEnumerable<string> paths, CancellationToken cancellation) =>
        files.Load(paths.Where(path => !texts.ContainsKey(path)), cancellation);

    public SourceFile Read(string full, string shown, CancellationToken cancellation) =>
        texts.TryGetValue(full, out var text) ? new(shown, text, null) : files.Read(full, shown, cancellation);

    public IOutputFiles Output(OutputFolder folder, CancellationToken cancellation) => files.Output(folder, cancellation);
}
