using GitOpsGen.Diagnostics;

namespace GitOpsGen.Settings;

/// <summary>The engine that applies the output.</summary>
/// <param name="Path">Where <c>output</c> stands in the repository that the engine reads.</param>
/// <param name="ArgoCd">Argo CD's settings; <see langword="null"/> where no engine is generated for.</param>
internal sealed record GitOpsSettings(string Path, ArgoCdSettings? ArgoCd);

/// <summary>What Applications need to know.</summary>
/// <param name="RepoUrl">The Git repository that holds the output.</param>
/// <param name="Destination">The cluster, under <see cref="DestinationKey"/>: <c>server</c> or <c>name</c>.</param>
internal sealed record ArgoCdSettings(
    string RepoUrl, string Revision, string Project, string Namespace, string DestinationKey, Located<string> Destination);
