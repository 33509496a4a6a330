using System.Collections;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;
using SourceSpan = Scriban.Parsing.SourceSpan;

namespace GitOpsGen.Rendering.Sandbox;

/// <summary>Lists in templates. Scriban's own accessor fills a list up to any index that is assigned; here only functions make lists grow, and they count.</summary>
internal sealed class BoundedListAccessor : IListAccessor, IObjectAccessor
{
    public static readonly BoundedListAccessor Instance = new();

    public bool HasIndexer => false;

    public Type? IndexType => null;

    public int GetLength(TemplateContext context, SourceSpan span, object target) => ((IList)target).Count;

    public object? GetValue(TemplateContext context, SourceSpan span, object target, int index) => ((IList)target)[index];

    public void SetValue(TemplateContext context, SourceSpan span, object target, int index, object? value)
    {
        if (target is not IList { IsReadOnly: false } list)
            throw new ScriptRuntimeException(span, "A list of the model cannot be changed");
        if (index < 0 || index >= list.Count)
            throw new ScriptRuntimeException(span, $"The list has {list.Count} items; add another one with array.add");
        list[index] = value;
    }

    public int GetMemberCount(TemplateContext context, SourceSpan span, object target) => 1;

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => ["size"];

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => member == "size";

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        value = null;
        if (member == "size")
            value = ((IList)target).Count;
        else if (target is not IScriptObject named || !named.TryGetValue(context, span, member, out value))
            return false;
        return true;
    }

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value) => false;

    public bool TryGetItem(TemplateContext context, SourceSpan span, object target, object index, out object? value)
    {
        value = null;
        return false;
    }

    public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value) => false;
}

/// <summary>The <c>key</c> and <c>value</c> of an entry, in a loop over an object. Scriban's own accessor uses reflection.</summary>
internal sealed class PairAccessor : IObjectAccessor
{
    public static readonly PairAccessor Instance = new();

    private static readonly string[] Members = ["key", "value"];

    public bool HasIndexer => false;

    public Type? IndexType => null;

    public int GetMemberCount(TemplateContext context, SourceSpan span, object target) => Members.Length;

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => Members;

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => Members.Contains(member);

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        var pair = (KeyValuePair<string, object?>)target;
        value = member switch
        {
            "key" => pair.Key,
            "value" => pair.Value,
            _ => null,
        };
        return Members.Contains(member);
    }

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value) => false;

    public bool TryGetItem(TemplateContext context, SourceSpan span, object target, object index, out object? value)
    {
        value = null;
        return false;
    }

    public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value) => false;
}
