namespace GitOpsGen.Cli.Review;

/// <summary>
/// Writes HTML that is also well-formed XML. Every text and every value of an attribute is escaped here and nowhere else, and every element is
/// closed.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder written = new();

    public override string ToString() => written.ToString();

    /// <summary>An element without content, of those that HTML knows as such.</summary>
    public void Empty(string tag, params HtmlAttribute[] attributes)
    {
        Start(tag, attributes);
        written.Append(" />\n");
    }

    public void Element(string tag, Action inside) => Element(tag, [], inside);

    public void Element(string tag, HtmlAttribute[] attributes, Action inside)
    {
        Start(tag, attributes);
        written.Append('>');
        inside();
        written.Append("</").Append(tag).Append(">\n");
    }

    public void Element(string tag, Words words, params HtmlAttribute[] attributes)
    {
        Start(tag, attributes);
        written.Append('>');
        Text(words);
        written.Append("</").Append(tag).Append('>');
    }

    public void Element(string tag, string text, params HtmlAttribute[] attributes) => Element(tag, Words.Of(text), attributes);

    public void Text(string text) => Escape(text);

    public void Text(Words words)
    {
        foreach (var word in words.All)
        {
            switch (word.Style)
            {
                case WordStyle.Code:
                    Tagged("code", word.Text);
                    break;
                case WordStyle.Bold:
                    Tagged("strong", word.Text);
                    break;
                default:
                    Escape(word.Text);
                    break;
            }
        }
    }

    /// <summary>What this writer has written before, or a part of the program: never what comes from a file.</summary>
    public void Markup(string trusted) => written.Append(trusted);

    private void Tagged(string tag, string text)
    {
        written.Append('<').Append(tag).Append('>');
        Escape(text, afterSlash: tag == "code" ? "<wbr />" : "");
        written.Append("</").Append(tag).Append('>');
    }

    private void Start(string tag, HtmlAttribute[] attributes)
    {
        written.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                written.Append(' ').Append(name).Append("=\"");
                Escape(value);
                written.Append('"');
            }
        }
    }

    // A long path breaks where a reader would break it.
    private void Escape(string text, string afterSlash = "")
    {
        foreach (var c in VisibleText.OneLine(text))
        {
            _ = c switch
            {
                '&' => written.Append("&amp;"),
                '<' => written.Append("&lt;"),
                '>' => written.Append("&gt;"),
                '"' => written.Append("&quot;"),
                '\'' => written.Append("&#39;"),
                '/' => written.Append('/').Append(afterSlash),
                _ => written.Append(c),
            };
        }
    }
}

/// <summary>An attribute; without a value it is not written.</summary>
internal readonly record struct HtmlAttribute(string Name, string? Value)
{
    public static implicit operator HtmlAttribute((string Name, string? Value) pair) => new(pair.Name, pair.Value);
}
