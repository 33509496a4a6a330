using Scriban.Runtime;

namespace GitOpsGen.Rendering;

/// <summary>When two items of a list are the same: texts, numbers and flags by value, objects of the model by record, what a template made by identity.</summary>
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
