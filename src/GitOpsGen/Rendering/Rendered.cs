using GitOpsGen.Diagnostics;

namespace GitOpsGen.Rendering;

/// <summary>What became of one template: a file's bytes, none at all where the template says that there is no file, or a failure.</summary>
/// <param name="Content">UTF-8 with LF and a final newline; empty where the template rendered nothing but white space.</param>
/// <param name="Failure">Why there is no content.</param>
/// <param name="Work">What it used, in steps; a failure too.</param>
internal readonly record struct Rendered(ReadOnlyMemory<byte> Content, Diagnostic? Failure, long Work);
