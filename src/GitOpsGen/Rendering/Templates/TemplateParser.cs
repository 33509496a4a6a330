using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;
using SourceSpan = GitOpsGen.Diagnostics.SourceSpan;

namespace GitOpsGen.Rendering.Templates;

/// <summary>Parses a template's text, and reports every syntax error at its place.</summary>
internal static partial class TemplateParser
{
    private const string Fix = "Correct the template at this place.";

    private static readonly ParserOptions Options = new() { ExpressionDepthLimit = TemplateLimits.ParserDepth };

    public static TemplateFile? Parse(TemplateSource source, DiagnosticBag diagnostics)
    {
        if (!TemplatePath.TryParse(source.Name, out var path))
        {
            diagnostics.Add(
                Rules.TemplateSyntax,
                SourceSpan.StartOf(source.File),
                $"The template's path '{source.Name}' is not the path of a file, or has an unknown placeholder.",
                "Use file names that every platform allows, and {environment}, {registry}, {wave}, {object}, {imageconfig}, {runtime} or {part} as placeholders."
            );
            return null;
        }

        if (OutputPlaces.FindProblem(path) is var (problem, fix))
        {
            diagnostics.Add(Rules.OutputPath, SourceSpan.StartOf(source.File), problem, fix);
            return null;
        }

        if (source.Text.Length > TemplateLimits.SourceLength)
        {
            AddLimit(diagnostics, SourceSpan.StartOf(source.File), $"The template is longer than {TemplateLimits.SourceLength} characters.");
            return null;
        }

        var text = Normalize(source.Text, path);
        if (FindLongNumber(text, source.File) is { } number)
        {
            AddLimit(diagnostics, number, $"A number has more than {TemplateLimits.NumberLength} digits, or that many zeros by its exponent.");
            return null;
        }

        var template = Template.Parse(text, source.File, Options);
        if (template.HasErrors)
        {
            foreach (var message in template.Messages.Where(m => m.Type == ParserMessageType.Error).Take(TemplateLimits.SyntaxErrors))
                diagnostics.Add(Rules.TemplateSyntax, ScribanErrors.Locate(message.Span, source.File), ScribanErrors.Sentence(message.Message), Fix);
            return null;
        }

        if (FindTooDeep(template.Page) is not { } tooDeep)
            return new TemplateFile(path, source, template);
        AddLimit(
            diagnostics,
            ScribanErrors.Locate(tooDeep.Span, source.File),
            $"The template is nested more than {TemplateLimits.SyntaxDepth} levels deep."
        );
        return null;
    }

    // An included text is in the middle of another one: the newline that editors put at the end of a file is not part of it.
    private static string Normalize(string text, TemplatePath path)
    {
        var normalized = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return path.IsIncludeOnly && normalized.EndsWith('\n') ? normalized[..^1] : normalized;
    }

    // The parser makes a number of a token in quadratic time, and one with an exponent in a time that grows with the exponent. A text without a
    // long run of letters and digits and without a large exponent has no such token.
    private static SourceSpan? FindLongNumber(string text, string file)
    {
        var longest = 0;
        for (int i = 0, run = 0; i < text.Length; i++)
            longest = Math.Max(longest, run = char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.' ? run + 1 : 0);
        if (longest <= TemplateLimits.NumberLength && !LargeExponent().IsMatch(text))
            return null;
        foreach (var token in new Lexer(text, file))
        {
            if (
                token.Type is TokenType.Integer or TokenType.HexaInteger or TokenType.BinaryInteger or TokenType.Float
                && text[token.Start.Offset..(token.End.Offset + 1)] is var number
                && (
                    number.Length > TemplateLimits.NumberLength
                    || (token.Type is TokenType.Integer or TokenType.Float && LargeExponent().IsMatch(number))
                )
            )
                return ScribanErrors.Locate(new(file, token.Start, token.End), file);
        }

        return null;
    }

    // The parser limits brackets, but "a+a+…" and "a.b.…" make trees as deep as they are long, and evaluating them recurses.
    private static ScriptNode? FindTooDeep(ScriptNode? page)
    {
        if (page is null)
            return null;
        var open = new Stack<(ScriptNode Node, int Depth)>();
        open.Push((page, 1));
        while (open.TryPop(out var top))
        {
            if (top.Depth > TemplateLimits.SyntaxDepth)
                return top.Node;
            foreach (var child in top.Node.Children)
                open.Push((child, top.Depth + 1));
        }

        return null;
    }

    // Of a thousand or more.
    [GeneratedRegex("[eE][+-]?0*[1-9][0-9]{3}")]
    private static partial Regex LargeExponent();

    private static void AddLimit(DiagnosticBag diagnostics, SourceSpan span, string message) =>
        diagnostics.Add(Rules.TemplateLimit, span, message, "Split the template; parts whose name begins with _ can be included.");
}
