using GitOpsGen;
using GitOpsGen.Inputs;
var o = args[0] == "check" ? Generator.Check(new InputTree(args[1]), new RunOptions(), null, default) : Generator.Render(new InputTree(args[1]), new RunOptions(), null, default);
foreach (var d in o.Diagnostics) Console.WriteLine($"{d.Span?.File}({d.Span?.Start.Line},{d.Span?.Start.Column}): {d.Severity} {d.Rule.Code}: {d.Message} {d.Fix}");
foreach (var c in o.Changes) Console.WriteLine($"{c.Kind} {c.Path}");
return 0;
