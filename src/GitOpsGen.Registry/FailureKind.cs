using GitOpsGen.Diagnostics;

namespace GitOpsGen.Registry;

/// <summary>Why a registry did not give what it was asked for. With two of them nothing is known, and a retry may help.</summary>
internal enum FailureKind
{
    /// <summary>It says that there is no such thing: <see cref="Rules.RegistryHasNot"/>.</summary>
    NotFound,

    /// <summary>It wants to know who asks, or does not allow it (401, 403): <see cref="Rules.RegistryRefuses"/>.</summary>
    Refused,

    /// <summary>No connection, no answer in time, or "come back later" to the end: <see cref="Rules.RegistrySilent"/>.</summary>
    Unreachable,

    /// <summary>An answer that cannot be true or cannot be read: <see cref="Rules.RegistryAnswer"/>.</summary>
    InvalidAnswer,
}
