using GitOpsGen.Inputs;
using GitOpsGen.Registry;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Registry.Http;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Locking;

/// <summary>
/// The registries of a run: reached as <c>registries:</c> of the settings says, with the credentials that this machine has for docker,
/// skopeo and crane. The variables for proxies are .NET's to read.
/// </summary>
internal static class RegistrySession
{
    /// <summary>A client, which the caller disposes; none where the settings name a file of authorities that cannot be used.</summary>
    public static Result<RegistryClient> Open(CommandRun run, InputTree inputs, ProjectSettings settings)
    {
        var bag = new DiagnosticBag();
        var access = ImmutableDictionary.CreateBuilder<string, RegistryConnection>(StringComparer.Ordinal);
        foreach (var route in settings.Registries)
        {
            access.Add(route.Host.Value, Access(route, inputs, bag, run.Cancellation));
            run.Say(
                $"{route.Host} is asked at {route.Endpoint?.ToString() ?? "its own host"}{(route.CaFile is { } caFile ? $", and {caFile} is trusted" : "")}"
            );
        }

        if (bag.Count > 0)
            return new(null, bag.ToImmutable());

        return new(Open(run, access.ToImmutable(), settings.OnlyHosts), []);
    }

    /// <summary>A client where there are no settings yet, which the caller disposes.</summary>
    public static RegistryClient Open(CommandRun run) => Open(run, ImmutableDictionary<string, RegistryConnection>.Empty, null);

    private static RegistryClient Open(CommandRun run, ImmutableDictionary<string, RegistryConnection> access, ImmutableHashSet<string>? onlyHosts)
    {
        var options = new RegistryOptions
        {
            Registries = access,
            OnlyHosts = onlyHosts,
            UserAgent = $"gitopsgen/{ToolVersion.Text}",
            Trace = run.Say,
        };
        return new(options, CredentialStore.FromEnvironment(run.Variable), run.Time);
    }

    private static RegistryConnection Access(RegistryRoute route, InputTree inputs, DiagnosticBag bag, CancellationToken cancellation)
    {
        if (route.CaFile is not { } caFile)
            return new() { Endpoint = route.Endpoint };

        var (authorities, found) = CertificateFile.Read(inputs.ReadFile(caFile.Value, cancellation), caFile.Span);
        bag.AddRange(found);
        return new() { Endpoint = route.Endpoint, Authorities = authorities };
    }
}

/// <summary>The registries of a run, opened by the first question: a command that asks nothing reads no credentials either.</summary>
internal sealed class LazyRegistries(CommandRun run, InputTree inputs, ProjectSettings settings) : IDisposable
{
    private Result<RegistryClient>? session;

    /// <summary>The client, which is disposed with this; none where the settings name a file of authorities that cannot be used.</summary>
    public Result<RegistryClient> Open() => session ??= RegistrySession.Open(run, inputs, settings);

    public void Dispose() => session?.Value?.Dispose();
}
