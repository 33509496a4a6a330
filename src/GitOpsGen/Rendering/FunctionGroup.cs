using Scriban.Runtime;

namespace GitOpsGen.Rendering;

/// <summary>Functions under one name, such as <c>string</c>. Read-only: it is shared by all renders.</summary>
internal static class FunctionGroup
{
    public static ScriptObject Of(string group, params ReadOnlySpan<(string Name, string Parameters, Func<TemplateCall, object?> Body)> functions)
    {
        var members = new ScriptObject(functions.Length);
        foreach (var (name, parameters, body) in functions)
            members.SetValue(name, new TemplateFunction($"{group}.{name}", parameters, body), readOnly: true);
        members.IsReadOnly = true;
        return members;
    }
}
