namespace GitOpsGen.Review;

/// <summary>Something in a change that can hurt running control planes.</summary>
/// <param name="Rule">Its code.</param>
/// <param name="Title">What happens, in a few words; where it happens is in the environments.</param>
/// <param name="Why">What that does to a cluster.</param>
/// <param name="Steps">What to do, in order.</param>
/// <remarks>In the texts, what comes from a file and what is to be typed is between backticks.</remarks>
internal sealed record Danger(Rule Rule, string Title, string Why, ImmutableArray<string> Steps) : ReviewItem
{
    public override ImmutableArray<string> Words => [Rule.Code, Title, Why, .. Steps];

    /// <summary>The danger as a finding, at the line that causes it.</summary>
    public Diagnostic ToDiagnostic(string where) =>
        new(Rule, Plain($"{Title} in {where}. {Why}"), Plain(string.Join(' ', Steps.Select((step, i) => $"{i + 1}. {step}"))), Cause);

    /// <summary>A value between backticks.</summary>
    public static string Quote(object value) => $"`{value.ToString()!.Replace('`', '\'')}`";

    private static string Plain(string text) => text.Replace('`', '\'');
}
