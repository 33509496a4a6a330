namespace GitOpsGen.Validation.Schemas;

/// <summary>A part of a regular expression.</summary>
internal abstract record PatternNode;

/// <summary>One code point of a set.</summary>
internal sealed record RuneNode(RuneSet Runes) : PatternNode;

/// <summary>No text, at a place where something holds.</summary>
internal sealed record AssertionNode(PatternAssertion Assertion) : PatternNode;

/// <summary>One part after the other; none is the empty text.</summary>
internal sealed record SequenceNode(ImmutableArray<PatternNode> Parts) : PatternNode;

/// <summary>One of several parts.</summary>
internal sealed record ChoiceNode(ImmutableArray<PatternNode> Parts) : PatternNode;

/// <summary>A part several times.</summary>
/// <param name="Part">What is repeated.</param>
/// <param name="Least">The fewest times.</param>
/// <param name="Most">The most times; <see langword="null"/> where there is no bound.</param>
internal sealed record RepeatNode(PatternNode Part, int Least, int? Most) : PatternNode;

/// <summary>What holds at a place between two code points.</summary>
internal enum PatternAssertion
{
    /// <summary><c>^</c> and <c>\A</c>: it is the start of the text.</summary>
    Start,

    /// <summary><c>$</c> and <c>\z</c>: it is the end of the text.</summary>
    End,

    /// <summary><c>\b</c>: a word of ASCII begins or ends there.</summary>
    WordBoundary,

    /// <summary><c>\B</c>: no word of ASCII begins or ends there.</summary>
    NoWordBoundary,
}
