using GitOpsGen.Cli;
using GitOpsGen.Cli.Reporting;

using var termination = new TerminationSignals();
var streams = StandardStreams.Open();
return new CommandLine(streams, termination.Token) { CalledAs = CalledAs.From(AppContext.BaseDirectory) }.Run(args);
