using GitOpsGen.Model;

namespace GitOpsGen.Registry.Http;

/// <summary>What is asked about a repository, and how its failures are told.</summary>
/// <param name="Repository">The repository by its upstream name.</param>
/// <param name="Origin">Where it is asked.</param>
/// <param name="Asked">In words; see <see cref="RegistryFailure.Asked"/>.</param>
internal sealed record Inquiry(Repository Repository, Origin Origin, string Asked)
{
    public RegistryFailure NotFound(string cause) => new(FailureKind.NotFound, Repository, Asked, cause);

    public RegistryFailure Refused(string cause) => new(FailureKind.Refused, Repository, Asked, cause);

    public RegistryFailure Unreachable(string cause) => new(FailureKind.Unreachable, Repository, Asked, cause);

    public RegistryFailure Invalid(string cause) => new(FailureKind.InvalidAnswer, Repository, Asked, cause);
}
