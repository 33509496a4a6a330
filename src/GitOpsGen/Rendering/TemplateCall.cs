using System.Collections;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace GitOpsGen.Rendering;

/// <summary>One call of a <see cref="TemplateFunction"/>: its arguments, read as what the function expects.</summary>
internal readonly struct TemplateCall(RenderContext context, TemplateFunction function, ScriptNode? caller, ScriptArray arguments)
{
    public RenderContext Context => context;

    public SourceSpan Span => caller?.Span ?? context.CurrentSpan;

    public ScriptArray Arguments => arguments;

    public object? this[int index] => index < arguments.Count ? arguments[index] : null;

    public bool Has(int index) => this[index] is not null;

    /// <summary>A text; numbers and flags are taken as they would be printed.</summary>
    public string Text(int index) => this[index] is { } value ? context.ObjectToString(value) ?? "" : throw Expected(index, "text");

    public string Text(int index, string otherwise) => Has(index) ? Text(index) : otherwise;

    public int Number(int index) => this[index] is int number ? number : throw Expected(index, "a whole number");

    public int Number(int index, int otherwise) => Has(index) ? Number(index) : otherwise;

    /// <summary>A list, counted; no list at all is an empty one.</summary>
    public IList List(int index)
    {
        var list = this[index] switch
        {
            null => Array.Empty<object?>(),
            IList given => given,
            _ => throw Expected(index, "a list"),
        };
        context.Charge(Span, (long)list.Count * TemplateLimits.ItemWeight);
        return list;
    }

    /// <summary>The result of a function that the template passed with <c>@</c>.</summary>
    public object? Apply(int index, object? item)
    {
        var callback = this[index] as IScriptCustomFunction ?? throw Expected(index, "a function, as in @string.upcase");
        context.Charge(Span, TemplateLimits.SearchWeight);
        return ScriptFunctionCall.Call(context, caller, callback, [item]);
    }

    /// <summary>Counts a search, which in the worst case compares every character of one text with every one of another.</summary>
    public void ChargeSearch(string text, string part) => context.Charge(Span, (long)text.Length * part.Length / TemplateLimits.SearchWeight);

    public ScriptRuntimeException Error(string message) => new(Span, $"{function.Name}: {message}");

    public TemplateLimitException TooLong() =>
        new(Span, $"{function.Name}: the result would be longer than {TemplateLimits.StringLength} characters");

    private ScriptRuntimeException Expected(int index, string what) =>
        Error($"'{function.Parameters[index]}' must be {what}, not {(this[index] is { } value ? context.GetTypeName(value) : "null")}");
}
