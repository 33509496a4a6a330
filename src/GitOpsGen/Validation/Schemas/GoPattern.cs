namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// A regular expression as Go understands it (https://github.com/google/re2/wiki/Syntax). It is a machine that is in several states at
/// one time, so a match takes as many steps as the pattern has states and the text has characters, whatever they are: .NET's
/// <c>NonBacktracking</c> takes seconds and gigabytes for some that Go accepts.
/// </summary>
internal sealed class GoPattern
{
    /// <summary>Longer than any pattern of a real CRD.</summary>
    private const int LongestPattern = 4096;

    /// <summary>The most states, when repetitions are written out.</summary>
    private const int MostStates = 10_000;

    /// <summary>The most steps of one match: the states of the pattern times the characters of the text; they take about a tenth of a second.</summary>
    private const long MostSteps = 8_000_000;

    private readonly List<State> states = [];
    private readonly int start;

    private GoPattern(PatternNode? node, string? problem)
    {
        Problem = problem;
        if (node is not null)
        {
            start = Add(node, Add(new(StateKind.Match)));
            Problem = states.Count > MostStates ? $"the pattern has more than {MostStates} states" : null;
        }
    }

    /// <summary>Why it cannot be evaluated, as the end of a sentence.</summary>
    public string? Problem { get; }

    /// <summary>Why <see cref="IsMatch"/> did not know.</summary>
    public string WhyNotMatched => Problem ?? "the pattern has too many states for a text of this length";

    private enum StateKind
    {
        /// <summary>Reads a code point.</summary>
        Rune,

        /// <summary>Goes on where something holds.</summary>
        Assertion,

        /// <summary>Goes on at two places.</summary>
        Fork,

        /// <summary>The text matches.</summary>
        Match,
    }

    public static GoPattern Translate(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return new(null, $"the pattern has more than {LongestPattern} characters");

        var (node, problem) = PatternParser.Parse(pattern);
        return new(node, problem);
    }

    /// <summary>Whether the pattern is found in the text; nothing where that cannot be known.</summary>
    public bool? IsMatch(string text) =>
        Problem is not null || (long)states.Count * text.Length > MostSteps ? null : new Search(this).IsFoundIn(text);

    // Adds what reads a part and goes on at a state; returns where it begins.
    private int Add(PatternNode node, int next) =>
        node switch
        {
            _ when states.Count > MostStates => next,
            RuneNode rune => Add(new(StateKind.Rune, next, Runes: rune.Runes)),
            AssertionNode assertion => Add(new(StateKind.Assertion, next, Assertion: assertion.Assertion)),
            SequenceNode sequence => sequence.Parts.Reverse().Aggregate(next, (after, part) => Add(part, after)),
            ChoiceNode choice => choice.Parts.Select(part => Add(part, next)).Aggregate((one, other) => Add(new(StateKind.Fork, one, other))),
            RepeatNode repeat => Add(repeat, next),
            _ => throw new ArgumentException($"{node.GetType().Name} is not a part of a pattern.", nameof(node)),
        };

    private int Add(RepeatNode repeat, int next)
    {
        var begin = next;
        if (repeat.Most is { } most)
        {
            for (var optional = repeat.Least; optional < most; optional++)
                begin = Add(new(StateKind.Fork, Add(repeat.Part, begin), next));
        }
        else
        {
            begin = Add(new(StateKind.Fork, next, next));
            states[begin] = states[begin] with { Next = Add(repeat.Part, begin) };
        }

        for (var needed = 0; needed < repeat.Least; needed++)
            begin = Add(repeat.Part, begin);

        return begin;
    }

    private int Add(State state)
    {
        states.Add(state);
        return states.Count - 1;
    }

    private readonly record struct State(StateKind Kind, int Next = 0, int Other = 0, RuneSet? Runes = null, PatternAssertion Assertion = default);

    /// <summary>A search in a text, code point by code point, with the states that the machine is in.</summary>
    private sealed class Search(GoPattern pattern)
    {
        private const int Nothing = -1;

        // The last place at which the machine came to a state; the first place is 1.
        private readonly int[] seenAt = new int[pattern.states.Count];
        private readonly Stack<int> open = new();
        private readonly List<State> readers = [];
        private readonly List<int> reached = [];
        private int before = Nothing;
        private int after;

        public bool IsFoundIn(string text)
        {
            for (var (at, place) = (0, 1); ; place++)
            {
                Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
                after = at == text.Length ? Nothing : rune.Value;
                reached.Add(pattern.start); // a match may begin anywhere
                if (Enter(place))
                    return true;

                if (after == Nothing)
                    return false;

                reached.AddRange(readers.Where(state => state.Runes!.Contains(after)).Select(state => state.Next));
                before = after;
                at += length;
            }
        }

        // Goes on from what was reached to the states that read; true where the text matches.
        private bool Enter(int place)
        {
            readers.Clear();
            reached.ForEach(open.Push);
            reached.Clear();
            while (open.TryPop(out var index))
            {
                if (seenAt[index] == place)
                    continue;

                seenAt[index] = place;
                var state = pattern.states[index];
                switch (state.Kind)
                {
                    case StateKind.Match:
                        return true;
                    case StateKind.Rune:
                        readers.Add(state);
                        break;
                    case StateKind.Fork:
                        open.Push(state.Next);
                        open.Push(state.Other);
                        break;
                    case StateKind.Assertion when Holds(state.Assertion):
                        open.Push(state.Next);
                        break;
                }
            }

            return false;
        }

        private bool Holds(PatternAssertion assertion) =>
            assertion switch
            {
                PatternAssertion.Start => before == Nothing,
                PatternAssertion.End => after == Nothing,
                PatternAssertion.WordBoundary => IsWord(before) != IsWord(after),
                _ => IsWord(before) == IsWord(after),
            };

        private static bool IsWord(int rune) => rune is '_' or (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z');
    }
}
