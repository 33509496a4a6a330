namespace GitOpsGen.Publishing;

/// <summary>Where a repository is. What authorizes in it is used, and never shown.</summary>
internal sealed partial class RemoteAddress
{
    private readonly string[] secrets;

    /// <param name="text">A URL, the form <c>user@host:path</c>, or a folder.</param>
    public RemoteAddress(string text)
    {
        Text = text;
        var user = UserInfo().Match(text);
        var (scheme, info) = (user.Groups["scheme"].Value, user.Groups["info"].Value);
        var password = info.Contains(':', StringComparison.Ordinal) ? info[(info.IndexOf(':', StringComparison.Ordinal) + 1)..] : "";
        // The only word before the @ is a user, with ssh, and may be a token, with http.
        var token = password.Length > 0 || scheme.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? info : "";
        secrets =
        [
            .. new[] { token, password }
                .SelectMany(secret => new[] { secret, Uri.UnescapeDataString(secret) })
                .Where(secret => secret.Length > 0)
                .Distinct()
                .OrderByDescending(secret => secret.Length),
        ];
    }

    /// <summary>As it was given, for git alone.</summary>
    public string Text { get; }

    /// <summary>For everybody else.</summary>
    public string Shown => Excerpt.Of(WithoutUser(Text), 300);

    /// <summary>A text in which no URL names a user.</summary>
    public static string WithoutUser(string text) => UserInfo().Replace(text, "${scheme}://");

    /// <summary>What git says, without what must not be shown.</summary>
    public string Hide(string text) =>
        secrets.Aggregate(WithoutUser(text), (hidden, secret) => hidden.Replace(secret, "***", StringComparison.Ordinal));

    [GeneratedRegex(@"(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<info>[^/\s?#]*)@", RegexOptions.ExplicitCapture)]
    private static partial Regex UserInfo();
}
