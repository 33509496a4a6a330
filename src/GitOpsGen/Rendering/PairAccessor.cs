using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace GitOpsGen.Rendering;

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
