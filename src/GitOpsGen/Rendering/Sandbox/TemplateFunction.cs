using System.Collections;
using GitOpsGen.Rendering.Templates;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;
using SourceSpan = Scriban.Parsing.SourceSpan;

namespace GitOpsGen.Rendering.Sandbox;

/// <summary>
/// A function that templates can call. Scriban's own depend on the culture in places (starts_with, sort), are lazy, and are found by
/// reflection; these are ordinal, eager, counted and listed.
/// </summary>
internal sealed class TemplateFunction : IScriptCustomFunction
{
    private const string Optional = "?";

    private readonly Func<TemplateCall, object?> body;
    private readonly ScriptParameterInfo[] infos;

    /// <param name="name">The name as templates write it, for messages.</param>
    /// <param name="parameters">Names separated by spaces; those that end in <c>?</c> may be left out.</param>
    /// <param name="body">What it does.</param>
    /// <param name="isStatement">Whether it writes instead of returning something, and takes any further named arguments.</param>
    public TemplateFunction(string name, string parameters, Func<TemplateCall, object?> body, bool isStatement = false)
    {
        Name = name;
        this.body = body;
        var names = parameters.Split(' ');
        Parameters = [.. names.Select(n => n.TrimEnd('?'))];
        infos =
        [
            .. names.Select(n =>
                n.EndsWith(Optional, StringComparison.Ordinal)
                    ? new ScriptParameterInfo(typeof(object), n.TrimEnd('?'), null)
                    : new ScriptParameterInfo(typeof(object), n)
            ),
        ];
        RequiredParameterCount = infos.Count(i => !i.HasDefaultValue);
        VarParamKind = isStatement ? ScriptVarParamKind.Direct : ScriptVarParamKind.None;
        ReturnType = isStatement ? typeof(void) : typeof(object);
    }

    public string Name { get; }

    /// <summary>What it returns or does, in one sentence: a line of the reference for template authors.</summary>
    public required string Meaning { get; init; }

    public ImmutableArray<string> Parameters { get; }

    public int RequiredParameterCount { get; }

    public int ParameterCount => infos.Length;

    public ScriptVarParamKind VarParamKind { get; }

    public Type ReturnType { get; }

    public ScriptParameterInfo GetParameterInfo(int index) =>
        index < infos.Length ? infos[index] : new ScriptParameterInfo(typeof(object), "argument");

    public object? Invoke(TemplateContext context, ScriptNode? callerContext, ScriptArray arguments, ScriptBlockStatement? blockStatement)
    {
        var call = new TemplateCall((RenderContext)context, this, callerContext, arguments);
        return blockStatement is null ? body(call) : throw call.Error("it cannot wrap a block");
    }

    public ValueTask<object?> InvokeAsync(
        TemplateContext context,
        ScriptNode? callerContext,
        ScriptArray arguments,
        ScriptBlockStatement? blockStatement
    ) => ValueTask.FromResult(Invoke(context, callerContext, arguments, blockStatement));
}

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

/// <summary>Functions under one name, such as <c>string</c>. Read-only: it is shared by all renders.</summary>
internal static class FunctionGroup
{
    public static ScriptObject Of(
        string group,
        params ReadOnlySpan<(string Name, string Parameters, string Meaning, Func<TemplateCall, object?> Body)> functions
    )
    {
        var members = new ScriptObject(functions.Length);
        foreach (var (name, parameters, meaning, body) in functions)
            members.SetValue(name, new TemplateFunction($"{group}.{name}", parameters, body) { Meaning = meaning }, readOnly: true);
        members.IsReadOnly = true;
        return members;
    }
}
