using GitOpsGen.Rendering.Sandbox;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Variables;
using Scriban.Runtime;

namespace GitOpsGen.Rendering.Functions;

/// <summary>The <c>array</c> functions: Scriban's names and meanings, but every result is a new list, never a lazy one.</summary>
internal static class ArrayFunctions
{
    public static ScriptObject Group { get; } =
        FunctionGroup.Of(
            "array",
            ("add", "list item", "The list with one more item.", c => New(c, Items(c).Append(c[1]))),
            ("any", "list function", "Whether the function holds for an item.", c => Items(c).Any(item => Holds(c, item))),
            ("compact", "list", "The items that are not null.", c => New(c, Items(c).Where(item => item is not null))),
            ("concat", "list other", "The items of both lists.", c => New(c, Items(c).Concat(Items(c, 1)))),
            ("contains", "list item", "Whether an item equals this one.", c => Items(c).Contains(c[1], ValueEquality.Instance)),
            ("each", "list function", "The function's result for each item.", c => New(c, Items(c).Select(item => c.Apply(1, item)))),
            ("filter", "list function", "The items for which the function holds.", c => New(c, Items(c).Where(item => Holds(c, item)))),
            ("first", "list", "The first item, or null.", c => Items(c).FirstOrDefault()),
            ("join", "list separator", "The items as one text.", Join),
            ("last", "list", "The last item, or null.", c => Items(c).LastOrDefault()),
            ("limit", "list count", "The first items.", c => New(c, Items(c).Take(c.Number(1)))),
            ("map", "list member", "The member of each item.", c => New(c, Items(c).Select(item => Member(c, item, c.Text(1))))),
            ("offset", "list count", "The items without the first ones.", c => New(c, Items(c).Skip(c.Number(1)))),
            ("reverse", "list", "The items, last first.", c => New(c, Items(c).Reverse())),
            ("size", "list", "How many items there are.", c => c.List(0).Count),
            ("sort", "list member?", "The items, or these by a member, in ordinal order: only texts, or only whole numbers.", Sort),
            ("uniq", "list", "Each item once.", c => New(c, Items(c).Distinct(ValueEquality.Instance)))
        );

    private static IEnumerable<object?> Items(TemplateCall call, int index = 0) => call.List(index).Cast<object?>();

    private static ScriptArray New(TemplateCall call, IEnumerable<object?> items)
    {
        var list = new ScriptArray();
        foreach (var item in items)
        {
            if (list.Count == TemplateLimits.Items)
                throw new TemplateLimitException(call.Span, $"A list has more than {TemplateLimits.Items} items");
            list.Add(item);
        }

        return list;
    }

    private static bool Holds(TemplateCall call, object? item) => call.Context.ToBool(call.Span, call.Apply(1, item));

    private static object? Member(TemplateCall call, object? item, string member)
    {
        if (item is null)
            throw call.Error($"an item is null and has no '{member}'");
        var found = call.Context.GetMemberAccessor(item).TryGetValue(call.Context, call.Span, item, member, out var value);
        return found ? value : throw call.Error($"an item has no member '{member}'");
    }

    private static string Join(TemplateCall call)
    {
        var separator = call.Text(1);
        var texts = new List<string>();
        long length = 0;
        foreach (var item in Items(call))
        {
            var text = call.Context.ObjectToString(item) ?? "";
            length += text.Length + separator.Length;
            if (length > TemplateLimits.StringLength)
                throw call.TooLong();
            texts.Add(text);
        }

        return string.Join(separator, texts);
    }

    private static ScriptArray Sort(TemplateCall call)
    {
        object? Key(object? item) => call.Has(1) ? Member(call, item, call.Text(1)) : item;
        var keys = Items(call).Select(Key).ToList();
        if (keys.TrueForAll(key => key is string))
            return New(call, Items(call).OrderBy(item => (string)Key(item)!, StringComparer.Ordinal));
        if (keys.TrueForAll(key => key is int or long))
            return New(call, Items(call).OrderBy(item => Convert.ToInt64(Key(item), null)));
        throw call.Error("only texts can be sorted, or only whole numbers");
    }
}

/// <summary>When two items of a list are equal: texts, numbers and flags by value, objects of the model by record, what a template made by reference.</summary>
internal sealed class ValueEquality : IEqualityComparer<object?>
{
    public static readonly ValueEquality Instance = new();

    public new bool Equals(object? x, object? y) => IsPlain(x) && IsPlain(y) ? object.Equals(Plain(x), Plain(y)) : ReferenceEquals(x, y);

    public int GetHashCode(object? obj) =>
        IsPlain(obj) ? Plain(obj)?.GetHashCode() ?? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);

    private static bool IsPlain(object? value) => value is null or string or bool or int or long or StringBuilderOutput or ModelObject;

    private static object? Plain(object? value) =>
        value switch
        {
            int number => (long)number,
            StringBuilderOutput captured => captured.ToString(),
            _ => value,
        };
}
