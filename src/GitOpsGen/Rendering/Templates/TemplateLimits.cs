using Scriban.Syntax;
using ScribanSpan = Scriban.Parsing.SourceSpan;

namespace GitOpsGen.Rendering.Templates;

/// <summary>
/// What a template may use. All are counts, so that a template fails at the same place on every machine; the time limit only
/// catches what the counts miss. Real templates use less than a hundredth of each.
/// </summary>
internal static class TemplateLimits
{
    /// <summary>UTF-16 units of one template's text: a page of Lua or Markdown is 10,000.</summary>
    public const int SourceLength = 256 * 1024;

    /// <summary>Characters of one number in a template, and its largest exponent.</summary>
    public const int NumberLength = 1000;

    /// <summary>Levels of the syntax tree. Walks over the tree recurse, and a stack overflow cannot be caught.</summary>
    public const int SyntaxDepth = 200;

    /// <summary>Brackets, calls and blocks inside each other while parsing, for the same reason.</summary>
    public const int ParserDepth = 64;

    /// <summary>Syntax errors reported for one template; the rest are usually consequences of the first.</summary>
    public const int SyntaxErrors = 10;

    /// <summary>Evaluated nodes, in one render. A loop over a thousand packages with fifty nodes each uses 50,000.</summary>
    public const int Steps = 1_000_000;

    /// <summary>Nodes being evaluated inside each other, over functions and includes.</summary>
    public const int Depth = 400;

    /// <summary>Iterations of loops, in one render.</summary>
    public const int Iterations = 100_000;

    /// <summary>Functions called inside each other.</summary>
    public const int Calls = 64;

    /// <summary>Includes inside each other.</summary>
    public const int Includes = 16;

    /// <summary>Items of one list that a template makes.</summary>
    public const int Items = 10_000;

    /// <summary>UTF-16 units of one string that a template makes.</summary>
    public const int StringLength = 1024 * 1024;

    /// <summary>UTF-16 units of output, captured text included. Argo CD and etcd refuse objects far smaller than this.</summary>
    public const int OutputLength = 4 * 1024 * 1024;

    /// <summary>UTF-16 units of all strings that expressions yield, in one render, lists counted by <see cref="ItemWeight"/>: bounds memory.</summary>
    public const long Volume = 32 * 1024 * 1024;

    /// <summary>What a list's item counts towards <see cref="Volume"/>: a reference is eight bytes, a UTF-16 unit two.</summary>
    public const int ItemWeight = 4;

    /// <summary>How many pairs of characters a search may compare for one unit of <see cref="Volume"/>.</summary>
    public const int SearchWeight = 64;

    /// <summary>Bits of an integer. Loops that square a number would otherwise reach a million of them.</summary>
    public const int IntegerBits = 128;

    /// <summary>Levels of a value that is printed as YAML or JSON: what our own reader accepts.</summary>
    public const int ValueDepth = 64;

    /// <summary>What all renders of a run may take together, see <see cref="RunBudget"/>. A thousand environments with sixty packages each take a tenth.</summary>
    public const long RunWork = 100_000_000;

    /// <summary>Bytes of all files of a run, which are in memory at one time.</summary>
    public const long RunOutput = 512L * 1024 * 1024;

    /// <summary>How many units of <see cref="Volume"/> are as much work as a step.</summary>
    public const int StepVolume = 32;

    /// <summary>The last resort, for one render.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(30);
}

/// <summary>A template went over one of <see cref="TemplateLimits"/>. It never leaves this folder: the renderer makes a diagnostic of it.</summary>
internal sealed class TemplateLimitException(ScribanSpan span, string message) : ScriptRuntimeException(span, message);
