namespace GitOpsGen.Iam.Access;

/// <summary>
/// An answer about a policy that may not be known: an operator that is not looked into, a policy variable, a point that AWS leaves
/// open. In order, so that <c>and</c> is the smaller and <c>or</c> the greater (Kleene's three values).
/// </summary>
internal enum Certainty
{
    No,
    Maybe,
    Yes,
}

/// <summary>The logic of three values.</summary>
internal static class Certain
{
    public static Certainty Of(bool value) => value ? Certainty.Yes : Certainty.No;

    public static Certainty Not(Certainty value) => Certainty.Yes - (int)value;

    public static Certainty Not(Certainty value, bool isNegated) => isNegated ? Not(value) : value;

    public static Certainty And(Certainty one, Certainty other) => one < other ? one : other;

    public static Certainty Or(Certainty one, Certainty other) => one > other ? one : other;

    /// <summary>Whether one is so; no for nothing.</summary>
    public static Certainty Any<T>(IEnumerable<T> items, Func<T, Certainty> test) =>
        items.Aggregate(Certainty.No, (sum, item) => Or(sum, test(item)));

    /// <summary>Whether all are so; yes for nothing.</summary>
    public static Certainty All<T>(IEnumerable<T> items, Func<T, Certainty> test) =>
        items.Aggregate(Certainty.Yes, (sum, item) => And(sum, test(item)));
}
