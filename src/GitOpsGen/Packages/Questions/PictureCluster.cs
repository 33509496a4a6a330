using System.Collections.Immutable;

namespace GitOpsGen.Packages.Questions;

/// <summary>Boxes of a picture with a frame around them: a wave.</summary>
internal sealed record PictureCluster(string Id, string Title, ImmutableArray<PictureNode> Nodes);
