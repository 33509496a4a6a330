using System.Collections.Immutable;

namespace GitOpsGen.Packages.Questions;

/// <summary>The part of a picture for environments with the same packages.</summary>
/// <param name="Id">Letters and digits, unique in the picture.</param>
/// <param name="Title">The environments.</param>
/// <param name="Loose">The boxes in no wave: the core, and what is missing.</param>
/// <param name="Waves">The waves, the last one first, as the arrows go.</param>
internal sealed record PictureGroup(string Id, string Title, ImmutableArray<PictureNode> Loose, ImmutableArray<PictureCluster> Waves);
