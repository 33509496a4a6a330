namespace GitOpsGen.Validation;

/// <summary>A file with CustomResourceDefinitions, and perhaps other objects.</summary>
/// <param name="Path">As it is printed in findings.</param>
/// <param name="Bytes">What is in it.</param>
internal readonly record struct CrdFile(string Path, ReadOnlyMemory<byte> Bytes);
