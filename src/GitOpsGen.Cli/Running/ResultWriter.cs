using GitOpsGen.Output;

namespace GitOpsGen.Cli.Running;

/// <summary>Writes a report where the options say: files first, so that the console can tell of one that failed.</summary>
internal sealed class ResultWriter(RunSettings settings, StandardStreams streams, ReportGuard guard)
{
    /// <summary>Writes the files, and returns what is left to be written to the console.</summary>
    public ConsoleResult Prepare(CommandReport report)
    {
        var written = WriteFiles(report);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        switch (settings.Format)
        {
            case ReportForm.Text:
                var text = new TextReporter(settings.Quiet, streams.OutputWidth());
                text.WriteDiagnostics(written, error, streams.ErrorHasColor && !settings.NoColor);
                text.WriteResult(written, output, streams.OutputHasColor && !settings.NoColor);
                break;
            case ReportForm.GitHub:
                GitHubReporter.Write(written, output, settings.Quiet);
                break;
            case ReportForm.Mermaid or ReportForm.Dot or ReportForm.Markdown or ReportForm.Html:
                new TextReporter(settings.Quiet).WriteDiagnostics(written, error, streams.ErrorHasColor && !settings.NoColor);
                output.Write(Reporter.Render(written, settings.Format));
                break;
            default:
                output.Write(Reporter.Render(written, settings.Format));
                break;
        }

        return new(output.ToString(), error.ToString(), written.ExitCode);
    }

    private CommandReport WriteFiles(CommandReport report)
    {
        var failed = new List<Diagnostic>();
        // After a failure the list of inputs may lack some: a build would take it for whole.
        foreach (var file in settings.Reports.Where(file => file.Form != ReportForm.Inputs || report.IsSuccess))
        {
            if (guard.Refuses(file))
                continue;

            // Only now is it known: this must not be replaced either.
            if (guard.FindRead(file) is { } isRead)
            {
                failed.Add(isRead);
                continue;
            }

            var content = Reporter.Render(report, file.Form);
            try
            {
                file.Write(content);
            }
            catch (Exception e) when (IoReason.IsIo(e))
            {
                failed.Add(
                    new(
                        Rules.OutputFailed,
                        $"The report '{file.Path}' cannot be written: {IoReason.Of(e)}.",
                        "Name a file in a folder that can be written.",
                        null
                    )
                );
            }
        }

        return failed is []
            ? report
            : report with
            {
                Diagnostics = [.. report.Diagnostics, .. failed],
                ExitCode = report.ExitCode == ExitCode.Cancelled ? ExitCode.Cancelled : ExitCode.Failed,
            };
    }
}

/// <summary>What a command prints, and how it ends.</summary>
internal sealed record ConsoleResult(string Output, string Error, int ExitCode)
{
    /// <summary>Prints it and returns the exit code.</summary>
    public int WriteTo(StandardStreams streams)
    {
        streams.Error.Write(Error);
        streams.Output.Write(Output);
        return ExitCode;
    }
}
