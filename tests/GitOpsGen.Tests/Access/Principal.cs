using GitOpsGen.Tests.Scenarios;

namespace GitOpsGen.Tests.Access;

/// <summary>Somebody who may do something in one registry.</summary>
/// <param name="Document">The path of the first document.</param>
/// <param name="Registry">The registry.</param>
/// <param name="FoldsResources">Whether the documents may use patterns.</param>
/// <param name="Actions">What the table grants, on the repositories.</param>
/// <param name="Repositories">Their ARNs.</param>
internal sealed record Principal(string Document, ExpectedRegistry Registry, bool FoldsResources, IReadOnlySet<string> Actions, IReadOnlySet<string> Repositories);
