namespace GitOpsGen.Importing.HandingOver;

/// <summary>How a team goes from what it has to what is rendered, without deleting anything that runs.</summary>
/// <param name="Steps">The steps that apply, in their order.</param>
/// <param name="Stays">What is left alone, by kind; it stays in its folder, and with the engine's object that applies it.</param>
internal sealed record HandOver(ImmutableArray<HandOverStep> Steps, ImmutableSortedDictionary<string, int> Stays);

/// <summary>One step.</summary>
/// <param name="Title">What is done, and why.</param>
/// <param name="Parts">What it is for each environment; one with an empty name is for all.</param>
internal sealed record HandOverStep(string Title, ImmutableArray<HandOverPart> Parts);

/// <summary>A step in one environment.</summary>
/// <param name="Environment">The environment; empty for all of them.</param>
/// <param name="Notes">What a person does, a sentence each.</param>
/// <param name="Commands">What a shell does.</param>
internal sealed record HandOverPart(string Environment, ImmutableArray<string> Notes, ImmutableArray<string> Commands);
