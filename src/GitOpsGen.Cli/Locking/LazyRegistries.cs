using GitOpsGen.Cli.Running;
using GitOpsGen.Inputs;
using GitOpsGen.Registry;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Locking;

/// <summary>The registries of a run, opened by the first question: a command that asks nothing reads no credentials either.</summary>
internal sealed class LazyRegistries(CommandRun run, InputTree inputs, ProjectSettings settings) : IDisposable
{
    private Result<RegistryClient>? session;

    /// <summary>The client, which is disposed with this; none where the settings name a file of authorities that cannot be used.</summary>
    public Result<RegistryClient> Open() => session ??= RegistrySession.Open(run, inputs, settings);

    public void Dispose() => session?.Value?.Dispose();
}
