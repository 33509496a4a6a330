namespace GitOpsGen.Registry.Packages;

/// <summary>A document of <c>package.yaml</c> that may be the package object, and the line where it begins.</summary>
internal sealed record MetaDocument(ReadOnlyMemory<byte> Bytes, int FirstLine);
