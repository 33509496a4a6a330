using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>A package object as <c>base/</c> has it: kind and name.</summary>
internal sealed record BasePackage(PackageKind Kind, ObjectName Name);
