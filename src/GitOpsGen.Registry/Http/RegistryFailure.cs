namespace GitOpsGen.Registry.Http;

/// <summary>Why a registry did not give what was asked for. Contains no header, query or body, so nothing secret.</summary>
/// <param name="Kind">What sort of failure.</param>
/// <param name="Repository">The repository that was asked about, by its upstream name.</param>
/// <param name="Asked">What was asked for: <c>tag v1.2.3</c>, <c>the list of tags</c>, <c>blob sha256:…</c>.</param>
/// <param name="Cause">What happened, a clause to follow a colon, without a full stop.</param>
internal sealed record RegistryFailure(FailureKind Kind, Repository Repository, string Asked, string Cause)
{
    /// <summary>Whether nothing is known, so that another run may help: exit code 3 and not 1.</summary>
    public bool IsUnknown => Kind is FailureKind.Refused or FailureKind.Unreachable;

    /// <summary>Whether another try may succeed.</summary>
    public bool MayRetry { get; init; }

    /// <summary>How long the registry asks not to be asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The finding that a person reads.</summary>
    /// <param name="span">The entry of the lockfile that led to the request.</param>
    public Diagnostic ToDiagnostic(SourceSpan? span = null) =>
        Kind switch
        {
            FailureKind.NotFound => new(
                Rules.RegistryHasNot,
                Message("does not have"),
                "Check the name and the version, and that the package was not removed.",
                span
            ),
            FailureKind.Refused => new(
                Rules.RegistryRefuses,
                Message("refuses"),
                "Log in to the registry as for docker, skopeo or crane, with an account that may read the repository.",
                span
            ),
            FailureKind.Unreachable => new(
                Rules.RegistrySilent,
                Message("did not give"),
                "Check the network, the proxy variables and 'registries' in the settings, and try again.",
                span
            ),
            _ => new(
                Rules.RegistryAnswer,
                Message("gave no valid answer about"),
                "Try again; if that does not help, tell the registry's operator, or check the proxy in between.",
                span
            ),
        };

    private string Message(string verb) => $"{Repository.Host} {verb} {Repository.Path}, {Asked}: {Cause}.";
}

/// <summary>The sort of a failure. After <see cref="Refused"/> and <see cref="Unreachable"/> nothing is known.</summary>
internal enum FailureKind
{
    /// <summary>It says that there is no such thing: <see cref="Rules.RegistryHasNot"/>.</summary>
    NotFound,

    /// <summary>It asks for a login, or does not allow the request (401, 403): <see cref="Rules.RegistryRefuses"/>.</summary>
    Refused,

    /// <summary>No connection, no response in time, one that ends in the middle, or "come back later" to the last try: <see cref="Rules.RegistrySilent"/>.</summary>
    Unreachable,

    /// <summary>A response that cannot be true or cannot be read: <see cref="Rules.RegistryAnswer"/>.</summary>
    InvalidResponse,
}

/// <summary>What was asked for, or why it could not be had.</summary>
internal abstract class RegistryResult
{
    public abstract RegistryFailure? Failure { get; }
}

internal sealed class RegistryResult<T> : RegistryResult
    where T : class
{
    private RegistryResult(T? value, RegistryFailure? failure) => (Value, Failure) = (value, failure);

    public T? Value { get; }

    public override RegistryFailure? Failure { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Value is not null;

    public static implicit operator RegistryResult<T>(T value) => new(value, null);

    public static implicit operator RegistryResult<T>(RegistryFailure failure) => new(null, failure);
}
