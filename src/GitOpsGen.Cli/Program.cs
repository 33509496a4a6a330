using GitOpsGen.Cli;

var exitCode = ExitCode.Failed;
try
{
    // The first thread has the stack that 'ulimit -s' gives it, all others have what the project file says.
    var work = new Thread(Run);
    work.Start();
    work.Join();
}
catch (OutOfMemoryException e)
{
    Failure.End(e);
}

return exitCode;

void Run()
{
    Failure.EndWhatNobodyCatches();
    try
    {
        // Not disposed: a signal to a program that has done its work and is about to end does not make it a failure.
        var termination = new TerminationSignals();
        exitCode = new CommandLine(StandardStreams.Open(), termination.Token) { CalledAs = CalledAs.From(AppContext.BaseDirectory) }.Run(args);
        GC.KeepAlive(termination);
    }
    catch (Exception e)
    {
        Failure.End(e);
    }
}
