namespace GitOpsGen;

/// <summary>How far a run is: <paramref name="Done"/> of <paramref name="Total"/>, environments where it renders.</summary>
public readonly record struct RunProgress(int Done, int Total);
