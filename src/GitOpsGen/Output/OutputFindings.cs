namespace GitOpsGen.Output;

/// <summary>The sentences of GOG50xx. Paths are relative to the output.</summary>
internal static class OutputFindings
{
    public static Diagnostic Edited(OutputFolder folder, string path, bool isStale) =>
        isStale
            ? new(
                Rules.EditedFile,
                "This file is no longer generated, but it was edited by hand.",
                $"Move the edit elsewhere and {folder.Command.Name} with {folder.Command.Force} to delete the file.",
                folder.Span(path)
            )
            : new(
                Rules.EditedFile,
                "This generated file was edited by hand.",
                $"Move the edit to the settings or a template and {folder.Command.Name} with {folder.Command.Force} to replace the file.",
                folder.Span(path)
            );

    /// <summary>Environments that left the settings.</summary>
    /// <param name="folder">The output.</param>
    /// <param name="gone">Their files, which are deleted; at least one.</param>
    public static Diagnostic EnvironmentsLeft(OutputFolder folder, IReadOnlyCollection<Change> gone)
    {
        var names = gone.Select(change => LedgerScope.Of(change.Path).Environment!).Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        var files = gone.Count(change => !change.IsLedger);
        return new(
            Rules.EnvironmentLeft,
            $"The settings no longer have {EnvironmentName.TextOf([.. names.Select(name => new EnvironmentName(name))])}: {files} {(files == 1 ? "file is" : "files are")} deleted.",
            "If that is not meant, put it back under environments and render again; 'gitopsgen diff' says what its cluster loses.",
            folder.Span(new LedgerScope(names[0]).Ledger.Value)
        )
        {
            Environments = names,
        };
    }

    /// <summary>What a checkout on Windows does to generated files without a <c>.gitattributes</c>.</summary>
    public static Diagnostic LineEndings(OutputFolder folder, string path) =>
        new(
            Rules.EditedFile,
            "This generated file has other line endings than it was written with.",
            $"Add '{folder.Display("**")} text eol=lf' to .gitattributes, and {folder.Command.Name} with {folder.Command.Force} to repair the files.",
            folder.Span(path)
        );

    public static Diagnostic OutOfDate(OutputFolder folder, Change change) =>
        new(
            Rules.OutOfDate,
            change.Kind switch
            {
                ChangeKind.Added => "This file is missing.",
                ChangeKind.Removed => "This file is no longer generated.",
                _ => "This file is not what its inputs give.",
            },
            "Run 'gitopsgen render' and commit the result.",
            SourceSpan.StartOf(folder.Display(change.Path.Value), change.FirstLine)
        );

    public static Diagnostic LfsPointer(OutputFolder folder, string path) =>
        new(
            Rules.LfsPointer,
            "This is a pointer of Git LFS, not the generated file.",
            $"Take {folder.Display(path)} out of LFS: what an engine reads has to be in the commit.",
            folder.Span(path)
        );

    public static Diagnostic Foreign(OutputFolder folder, string path) =>
        new(
            Rules.ForeignFile,
            "This file is not listed in a ledger, so GitOpsGen did not write it, but it is where a generated file must be written.",
            $"Move or delete the file; {folder.Command.Force} does not touch it.",
            folder.Span(path)
        );

    public static Diagnostic LedgerTooLarge(OutputFolder folder, string path) =>
        new(Rules.LedgerMalformed, "This file is larger than any ledger.", "Restore the ledger from Git.", folder.Span(path));

    /// <summary>A symbolic link at a path as printed.</summary>
    public static Diagnostic Link(string display) =>
        new(
            Rules.SymbolicLink,
            "This is a symbolic link: a file written through it could be anywhere.",
            "Replace the link with a real file or folder.",
            SourceSpan.StartOf(display)
        );

    /// <summary>A file at a path as printed, where a folder must be.</summary>
    public static Diagnostic NotFolder(string display) =>
        new(Rules.WrongFileType, "This is a file, but a folder must be here.", "Move or delete the file.", SourceSpan.StartOf(display));

    public static Diagnostic NotFile(OutputFolder folder, string path) =>
        new(
            Rules.WrongFileType,
            "This is a folder with files that GitOpsGen does not own, but a file must be written here.",
            "Move or delete the folder.",
            folder.Span(path)
        );

    public static Diagnostic NotReadable(OutputFolder folder, string path, Exception exception) =>
        new(
            Rules.OutputFailed,
            $"'{folder.Display(path)}' cannot be read: {IoReason.Of(exception)}.",
            "Make the output readable for this user.",
            folder.Span(path)
        );

    public static Diagnostic NotWritable(OutputFolder folder, string path, Exception exception) =>
        new(
            Rules.OutputFailed,
            $"'{folder.Display(path)}' cannot be written: {IoReason.Of(exception)}.",
            "Remove the cause and render again, without --force.",
            folder.Span(path)
        );

    public static Diagnostic ChangedMeanwhile(OutputFolder folder) =>
        new(
            Rules.AnotherWriter,
            $"'{folder.Path}' changed after it was compared, so nothing was written.",
            "Render again, when nothing else writes to the folder.",
            folder.Span("")
        );

    public static Diagnostic AnotherWriter(OutputFolder folder) =>
        new(
            Rules.AnotherWriter,
            $"Another gitopsgen is writing to '{folder.Path}'.",
            "Wait until it is done and render again.",
            folder.Span(OutputFolder.Lock)
        );
}
