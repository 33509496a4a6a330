using GitOpsGen.Rendering.Sandbox;
using Scriban.Runtime;

namespace GitOpsGen.Rendering.Functions;

/// <summary>
/// Everything that templates can call. There is no clock, no randomness, no regular expression, no evaluation of text as code and no
/// file access: what is not here does not exist for a template.
/// </summary>
internal static class BuiltIns
{
    public static ScriptObject Object { get; } = Create();

    /// <summary>Every function, by name.</summary>
    public static IEnumerable<TemplateFunction> Functions =>
        Object
            .Values.SelectMany(value => value is ScriptObject group ? group.Values.OfType<TemplateFunction>() : [(TemplateFunction)value!])
            .OrderBy(function => function.Name, StringComparer.Ordinal);

    private static ScriptObject Create()
    {
        var all = new ScriptObject();
        foreach (var function in (TemplateFunction[])[DataFunctions.Yaml, DataFunctions.Json, Include])
            all.SetValue(function.Name, function, readOnly: true);
        all.SetValue("string", StringFunctions.Group, readOnly: true);
        all.SetValue("array", ArrayFunctions.Group, readOnly: true);
        all.SetValue("math", MathFunctions.Group, readOnly: true);
        all.SetValue("object", ObjectFunctions.Group, readOnly: true);
        all.IsReadOnly = true;
        return all;
    }

    private static TemplateFunction Include =>
        new("include", "template", IncludeTemplate, isStatement: true)
        {
            Meaning = "Writes what a template whose name begins with _ renders; further arguments, name: value, are $name there.",
        };

    private static object? IncludeTemplate(TemplateCall call)
    {
        call.Context.Include(call.Span, call.Text(0), call.Arguments);
        return null;
    }
}
