namespace GitOpsGen.Registry.Http;

/// <summary>One try of one question: everything that is sent for it, to the registry, its token server and its store.</summary>
/// <param name="Inquiry">What is asked.</param>
/// <param name="Access">How the registry is reached.</param>
/// <param name="Time">The user's cancellation and the end of the time for it.</param>
internal sealed record Conversation(Inquiry Inquiry, RegistryAccess? Access, CancellationToken Time)
{
    /// <summary>Whom we speak to at the moment, for whoever tells that there was no answer.</summary>
    public string Authority { get; set; } = Inquiry.Origin.Authority;

    /// <summary>The failure that a server's status means; <see langword="null"/> for a success.</summary>
    public Attempt<T>? Refusal<T>(Reply reply, RetryAdvice advice, string? code)
        where T : class
    {
        var status = (int)reply.Status;
        var answers = $"{Authority} answers {status}{(code is null ? "" : $" {code}")}";
        return status switch
        {
            200 => null,
            401 or 403 => new(Inquiry.Refused(answers)),
            404 => new(Inquiry.NotFound(answers)),
            408 or 429 or 500 or 502 or 503 or 504 => new(Inquiry.Unreachable(answers + advice.Told))
            {
                MayRetry = advice.MayRetry,
                RetryAfter = advice.Wait,
            },
            _ => new(Inquiry.Invalid(answers)),
        };
    }
}
