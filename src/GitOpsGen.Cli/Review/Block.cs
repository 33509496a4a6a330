namespace GitOpsGen.Cli.Review;

/// <summary>A part of a report, in no form yet. Every form prints the same parts in the same order.</summary>
internal abstract record Block
{
    /// <summary>A heading of a level from 1.</summary>
    internal sealed record Heading(int Level, Words Text) : Block;

    /// <summary>Sentences.</summary>
    internal sealed record Paragraph(Words Text) : Block;

    /// <summary>What nobody may overlook: a title, why, and the steps to take.</summary>
    internal sealed record Caution(ImmutableArray<CautionItem> Items) : Block;

    /// <summary>Rows of cells; all have as many as the head.</summary>
    internal sealed record Table(ImmutableArray<string> Head, ImmutableArray<ImmutableArray<Words>> Rows) : Block;

    /// <summary>Things to do, in order; under each, what belongs to it.</summary>
    internal sealed record Steps(ImmutableArray<Step> Items) : Block;

    /// <summary>Parts that are folded where a form can fold, under a title.</summary>
    internal sealed record Details(Words Title, ImmutableArray<Block> Blocks) : Block;

    /// <summary>Values before and after, line by line.</summary>
    internal sealed record Changes(ImmutableArray<ChangedLine> Lines) : Block;
}

/// <summary>One danger.</summary>
internal sealed record CautionItem(Words Title, Words Why, ImmutableArray<Words> Steps);

/// <summary>One thing to do.</summary>
internal sealed record Step(Words Text, Block? Below = null);

/// <summary>A line of <see cref="Block.Changes"/>.</summary>
/// <param name="Mark"><c>-</c> before, <c>+</c> after, a space for what both are about.</param>
/// <param name="Text">The text.</param>
internal readonly record struct ChangedLine(char Mark, string Text);

/// <summary>A text of which some parts come from files or are to be typed: code. Nothing in code can act in any form.</summary>
internal sealed class Words
{
    private readonly ImmutableArray<Word> words;

    private Words(ImmutableArray<Word> words) => this.words = words;

    public static Words None { get; } = new([]);

    public IEnumerable<Word> All => words;

    /// <summary>Text of the program's own.</summary>
    public static Words Of(string text) => new([new(text, WordStyle.Plain)]);

    /// <summary>Text of the program's own that matters.</summary>
    public static Words Bold(string text) => new([new(text, WordStyle.Bold)]);

    /// <summary>Text that comes from a file, or is to be typed.</summary>
    public static Words Code(string text) => new([new(text, WordStyle.Code)]);

    /// <summary>The first of some texts as code, and how many there are beside them.</summary>
    public static Words Code(IReadOnlyCollection<string> texts, int most) =>
        Join(", ", texts.Take(most).Select(Code)) + (texts.Count > most ? $" and {texts.Count - most} more" : "");

    /// <summary>A text in which code is between backticks.</summary>
    public static Words Parse(string text) =>
        new([
            .. text.Split('`')
                .Select((part, number) => new Word(part, number % 2 == 0 ? WordStyle.Plain : WordStyle.Code))
                .Where(word => word.Text.Length > 0),
        ]);

    /// <summary>Texts with another one between them.</summary>
    public static Words Join(string separator, IEnumerable<Words> parts) =>
        parts.Aggregate(None, (joined, part) => joined.words.IsEmpty ? part : joined + Of(separator) + part);

    public static Words operator +(Words left, Words right) => new([.. left.words, .. right.words]);

    public static Words operator +(Words left, string right) => left + Of(right);

    /// <summary>All of it without styles.</summary>
    public override string ToString() => string.Concat(words.Select(word => word.Text));
}

/// <summary>A part of a text.</summary>
internal readonly record struct Word(string Text, WordStyle Style);

/// <summary>How a part of a text is set off.</summary>
internal enum WordStyle
{
    Plain,
    Bold,
    Code,
}
