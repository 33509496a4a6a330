namespace GitOpsGen.Tests.Laws;

/// <summary>One package of a random project. <paramref name="Needs"/> are taken modulo the packages before it.</summary>
internal sealed record RandomPackage(int Kind, int Organisation, int Version, bool HasOther, int[] Needs, bool IsNamed);
