namespace GitOpsGen.Packages.Questions;

/// <summary>An arrow of a picture, from who asks to what is asked for.</summary>
/// <param name="From">The box where it begins.</param>
/// <param name="To">The box where it ends.</param>
/// <param name="Label">The constraint, and what is wrong with it.</param>
/// <param name="IsBroken">Whether what is asked for is not there.</param>
internal sealed record PictureEdge(string From, string To, string Label, bool IsBroken);
