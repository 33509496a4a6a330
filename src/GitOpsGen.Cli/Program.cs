using GitOpsGen.Cli;
using GitOpsGen.Cli.Reporting;

// Not disposed: a signal to a program that has done its work and is about to end does not make it a failure.
var termination = new TerminationSignals();
var streams = StandardStreams.Open();
var exitCode = new CommandLine(streams, termination.Token) { CalledAs = CalledAs.From(AppContext.BaseDirectory) }.Run(args);
GC.KeepAlive(termination);
return exitCode;
