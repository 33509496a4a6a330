using System.Collections.Immutable;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace GitOpsGen.Rendering;

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
