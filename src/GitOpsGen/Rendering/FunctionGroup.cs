using Scriban.Runtime;

namespace GitOpsGen.Rendering;

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
