using System.Collections.Immutable;

namespace GitOpsGen.Yaml.Editing;

/// <summary>Adds and removes the keys of a mapping with a line for each. Comment lines above a key that goes stay.</summary>
internal sealed class BlockMappingEdit(EditedText text, YamlMapping mapping)
{
    // The offset of what took the place of removed keys behind the dash of an item.
    private int pulledUp = -1;

    /// <summary>How far the keys are indented.</summary>
    public int Indent { get; } = mapping.Span.Start.Column - 1;

    /// <summary>Adds a key behind another one.</summary>
    /// <param name="behind">The number of the other key.</param>
    /// <param name="entry">The new one, of which the first line is not indented.</param>
    public void Insert(int behind, string entry) =>
        text.Insert(text.BehindLine(LastLineOf(mapping.Entries[behind])), new string(' ', Indent) + entry + text.NewLine);

    /// <summary>Removes a key with its lines, from the first to the last; returns the comments that go with it.</summary>
    public ImmutableArray<string> Remove(YamlEntry entry)
    {
        var (start, end, last) = (text.RangeOf(entry.Key).Start, text.RangeOf(entry.Value).End, LastLineOf(entry));
        if (text.IsFirstInLine(start) && start != pulledUp)
        {
            text.RemoveLines(text.LineOf(start), last);
        }
        else
        {
            pulledUp = text.BehindLine(last);
            while (char.IsWhiteSpace(text[pulledUp]))
            {
                pulledUp++;
            }

            text.Remove(start, pulledUp);
        }

        return Comments.In(text, end, text.EndOfLine(last), null);
    }

    private int LastLineOf(YamlEntry entry) => text.LastLineOf(text.RangeOf(entry.Value).End, Indent);
}
