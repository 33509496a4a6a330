using System.Collections;
using GitOpsGen.Rendering.Sandbox;
using Scriban.Runtime;

namespace GitOpsGen.Rendering.Functions;

/// <summary>The <c>object</c> functions, for members that may be absent: reading such a member otherwise is an error.</summary>
internal static class ObjectFunctions
{
    public static ScriptObject Group { get; } =
        FunctionGroup.Of(
            "object",
            ("default", "value otherwise", "The value, or the other one where it is null or empty.", c => c[0] is null or "" ? c[1] : c[0]),
            ("get", "object key otherwise?", "The member of this name, or the other value where it is absent or null.", Get),
            ("has_key", "object key", "Whether there is a member of this name.", c => Of(c).Contains(c.Text(1))),
            ("keys", "object", "The names of the members.", c => new ScriptArray(Of(c).GetMembers())),
            ("size", "value", "How many members or items there are.", c => c[0] is IList list ? list.Count : Of(c).Count)
        );

    private static IScriptObject Of(TemplateCall call) =>
        call[0] as IScriptObject ?? throw call.Error($"'{call.Context.GetTypeName(call[0])}' is not an object");

    private static object? Get(TemplateCall call) =>
        Of(call).TryGetValue(call.Context, call.Span, call.Text(1), out var value) && value is not null ? value : call[2];
}
