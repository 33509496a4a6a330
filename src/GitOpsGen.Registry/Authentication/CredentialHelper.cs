using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace GitOpsGen.Registry.Authentication;

/// <summary>
/// Runs <c>docker-credential-NAME get</c> (https://github.com/docker/docker-credential-helpers): the host on its standard input, JSON on
/// its standard output. What it prints is never repeated, errors included: they may contain secrets.
/// </summary>
/// <param name="searchPath">The folders to look in, as in <c>PATH</c>.</param>
/// <param name="timeout">How long a helper may run; some ask a cloud, some a person.</param>
internal sealed partial class CredentialHelper(string searchPath, TimeSpan timeout)
{
    private const string Prefix = "docker-credential-";
    private const string NotFound = "credentials not found in native keychain"; // with exit code 1: not an error
    private const string TokenUser = "<token>";
    private const int LongestOutput = 1024 * 1024;

    private readonly ConcurrentDictionary<(string Name, string Host), Lazy<Task<CredentialLookup>>> lookups = new();

    /// <summary>Asks a helper for a host. Sixty repositories of one registry ask it once.</summary>
    public async Task<CredentialLookup> GetAsync(string name, string host, CancellationToken cancellation)
    {
        var lookup = lookups.GetOrAdd((name, host), _ => new(() => AskAsync(name, host, cancellation)));
        try
        {
            return await lookup.Value.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lookups.TryRemove(KeyValuePair.Create((name, host), lookup));
            throw;
        }
    }

    private async Task<CredentialLookup> AskAsync(string name, string host, CancellationToken cancellation)
    {
        if (!NameForm().IsMatch(name))
            return new(null, $"'{Excerpt.Of(name)}' is not the name of a credential helper");

        if (Find(Prefix + name) is not { } program)
            return new(null, $"the credential helper {Prefix}{name} is not installed");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            var (exitCode, output) = await RunAsync(program, host, limit.Token).ConfigureAwait(false);
            return exitCode == 0 ? Read(output, name)
                : output.Trim() == NotFound ? CredentialLookup.None
                : new(null, $"the credential helper {Prefix}{name} ended with {exitCode}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(null, $"the credential helper {Prefix}{name} did not end within {timeout.TotalSeconds:0} seconds");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return new(null, $"the credential helper {Prefix}{name} cannot be run");
        }
    }

    private static CredentialLookup Read(string output, string name)
    {
        try
        {
            if (JsonSerializer.Deserialize(output, CredentialJson.Default.HelperOutput) is { User: { } user, Secret: { Length: > 0 } secret })
                return new(user == TokenUser ? Credential.IdentityToken(secret) : Credential.Password(user, secret));
        }
        catch (JsonException)
        {
            // Reported below, without the text of the exception, which quotes what was read.
        }

        return new(null, $"the credential helper {Prefix}{name} gave no user and secret");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string host, CancellationToken cancellation)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, ["get"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                StandardOutputEncoding = Encoding.UTF8,
            }
        )!;
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellation);
            await WriteHostAsync(process, host).ConfigureAwait(false);
            var output = await ReadAsync(process.StandardOutput, cancellation).ConfigureAwait(false);
            await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A helper may end without reading its input.</summary>
    private static async Task WriteHostAsync(Process process, string host)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(host).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException) { }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellation)
    {
        var output = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0 && output.Length < LongestOutput)
            output.Append(buffer, 0, read);

        return output.ToString();
    }

    private string? Find(string file) =>
        searchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{file}.exe" : file))
            .FirstOrDefault(File.Exists);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm();
}
