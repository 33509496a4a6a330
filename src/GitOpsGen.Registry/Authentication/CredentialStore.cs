using System.Collections.Concurrent;

namespace GitOpsGen.Registry.Authentication;

/// <summary>
/// The credentials that the machine already has for docker, skopeo and crane. Files are read and helpers are run once, when a registry
/// first asks for a login.
/// </summary>
internal sealed class CredentialStore
{
    private static readonly TimeSpan HelperTimeout = TimeSpan.FromSeconds(30);

    private readonly Lazy<(CredentialFile[] Files, string? Problem)> files;
    private readonly CredentialHelper helper;
    private readonly ConcurrentDictionary<string, Lazy<Task<CredentialLookup>>> found = new(StringComparer.Ordinal);

    /// <param name="paths">Files in the order in which they are searched; a file that does not exist is skipped.</param>
    /// <param name="searchPath">Where credential helpers are looked for, as in <c>PATH</c>.</param>
    /// <param name="helperTimeout">How long a helper may run; half a minute by default.</param>
    public CredentialStore(IEnumerable<string> paths, string searchPath = "", TimeSpan? helperTimeout = null)
    {
        files = new(() => ReadFiles(paths));
        helper = new(searchPath, helperTimeout ?? HelperTimeout);
    }

    /// <summary>
    /// The files that an environment points to: <c>REGISTRY_AUTH_FILE</c>, <c>config.json</c> in <c>DOCKER_CONFIG</c> or else in
    /// <c>~/.docker</c>, <c>containers/auth.json</c> in <c>XDG_RUNTIME_DIR</c> and in <c>XDG_CONFIG_HOME</c> or else <c>~/.config</c>. The
    /// first file with something for a repository counts.
    /// </summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static CredentialStore FromEnvironment(Func<string, string?> variable)
    {
        var home = variable("HOME") ?? variable("USERPROFILE");
        string?[] paths =
        [
            variable("REGISTRY_AUTH_FILE"),
            Below(Given(variable("DOCKER_CONFIG")) ?? Below(home, ".docker"), "config.json"),
            Below(variable("XDG_RUNTIME_DIR"), "containers", "auth.json"),
            Below(Given(variable("XDG_CONFIG_HOME")) ?? Below(home, ".config"), "containers", "auth.json"),
        ];
        return new(paths.Select(Given).OfType<string>(), variable("PATH") ?? "");
    }

    /// <summary>The credential for a repository.</summary>
    /// <param name="name">Host and path of the repository that gets the credential.</param>
    /// <param name="cancellation">Ends the helper too.</param>
    public async Task<CredentialLookup> FindAsync(string name, CancellationToken cancellation)
    {
        var key = CredentialName.Normalize(name);
        var lookup = found.GetOrAdd(key, _ => new(() => SearchAsync(key, cancellation)));
        try
        {
            return await lookup.Value.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            found.TryRemove(KeyValuePair.Create(key, lookup));
            throw;
        }
    }

    private async Task<CredentialLookup> SearchAsync(string name, CancellationToken cancellation)
    {
        var problem = files.Value.Problem;
        foreach (var file in files.Value.Files)
        {
            var lookup = await file.FindAsync(name, helper, cancellation).ConfigureAwait(false);
            if (lookup.Credential is not null)
                return lookup;

            problem ??= lookup.Problem;
        }

        return new(null, problem);
    }

    private static (CredentialFile[] Files, string? Problem) ReadFiles(IEnumerable<string> paths)
    {
        string? first = null;
        var read = new List<CredentialFile>();
        foreach (var path in paths)
        {
            if (CredentialFile.Read(path, out var problem) is { } file)
                read.Add(file);

            first ??= problem;
        }

        return ([.. read], first);
    }

    private static string? Given(string? value) => value is { Length: > 0 } ? value : null;

    private static string? Below(string? folder, params string[] rest) => Given(folder) is { } given ? Path.Combine([given, .. rest]) : null;
}
