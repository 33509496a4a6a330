using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Registry;

/// <summary>A question that a registry did not answer as hoped. Holds no header, no query, no body: nothing in it is secret.</summary>
/// <param name="Kind">What sort of failure.</param>
/// <param name="Repository">The repository that was asked about, by its upstream name.</param>
/// <param name="Asked">What was asked for: <c>tag v1.2.3</c>, <c>the list of tags</c>, <c>blob sha256:…</c>.</param>
/// <param name="Cause">What happened, a clause to follow a colon, without a full stop.</param>
internal sealed record RegistryFailure(FailureKind Kind, Repository Repository, string Asked, string Cause)
{
    /// <summary>Whether nothing is known, so that another try may help: exit code 3 and not 1.</summary>
    public bool IsUnknown => Kind is FailureKind.Refused or FailureKind.Unreachable;

    /// <summary>The finding that a person reads.</summary>
    /// <param name="span">The entry of the lockfile that led to the question.</param>
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
                "Try again; if it stays, tell the registry's operator, or check the proxy between.",
                span
            ),
        };

    private string Message(string verb) => $"{Repository.Host} {verb} {Repository.Path}, {Asked}: {Cause}.";
}
