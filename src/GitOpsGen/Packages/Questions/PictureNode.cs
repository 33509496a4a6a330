using System.Collections.Immutable;

namespace GitOpsGen.Packages.Questions;

/// <summary>A box of a picture.</summary>
/// <param name="Id">Letters and digits, unique in the picture.</param>
/// <param name="Lines">What is written in it.</param>
/// <param name="Look">What it stands for.</param>
internal sealed record PictureNode(string Id, ImmutableArray<string> Lines, NodeLook Look);
