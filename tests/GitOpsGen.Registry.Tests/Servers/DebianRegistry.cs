using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using GitOpsGen.Testing;

namespace GitOpsGen.Registry.Tests.Servers;

/// <summary>Debian's docker-registry (distribution 2.8) on a free port of 127.0.0.1, and skopeo to write to it.</summary>
internal sealed class DebianRegistry : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Process process;
    private readonly string? login;
    private readonly string? caFile;

    private DebianRegistry(string authentication, string tls, string? login, string? caFile)
    {
        Tool.Require("skopeo");
        Tool.Require("docker-registry");
        this.login = login;
        this.caFile = caFile;
        Port = FreePort();
        var config = folder.Write(
            "config.yml",
            $$"""
            version: 0.1
            log: { level: error }
            storage: { filesystem: { rootdirectory: {{folder["data"]}} } }
            http:
              addr: 127.0.0.1:{{Port}}
              secret: not-secret
            {{tls}}
            {{authentication}}
            """
        );
        folder.Write("policy.json", """{"default":[{"type":"insecureAcceptAnything"}]}""");
        process = Process.Start(
            new ProcessStartInfo("docker-registry", ["serve", config]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        WaitForPort();
    }

    public int Port { get; }

    public string Host => $"127.0.0.1:{Port}";

    /// <summary>A registry for everybody, over plain HTTP.</summary>
    public static DebianRegistry Open() => new("", "", null, null);

    /// <summary>A registry for one user.</summary>
    public static DebianRegistry WithPassword(TempFolder files, string user, string password)
    {
        var line = Tool.Require("htpasswd").Run(["-Bbn", user, password]).RequireSuccess();
        var file = files.Write("htpasswd", line);
        return new($$"""auth: { htpasswd: { realm: test, path: {{file}} } }""", "", $"{user}:{password}", null);
    }

    /// <summary>A registry over TLS, with a certificate for 127.0.0.1 that a private authority signed.</summary>
    public static DebianRegistry WithTls(string certificate, string key, string caFile) =>
        new("", $$"""  tls: { certificate: {{certificate}}, key: {{key}} }""", null, caFile);

    /// <summary>Copies an OCI layout into the registry, all platforms, digests unchanged.</summary>
    public void Push(string layout, string tag, string repository)
    {
        string[] options =
        [
            .. login is null ? Array.Empty<string>() : ["--dest-creds", login],
            .. caFile is null ? new[] { "--dest-tls-verify=false" } : ["--dest-cert-dir", Path.GetDirectoryName(caFile)!],
        ];
        Tool.Require("skopeo")
            .Run([
                "--policy",
                folder["policy.json"],
                "copy",
                "--all",
                "--preserve-digests",
                "--quiet",
                .. options,
                $"oci:{layout}:{tag}",
                $"docker://{Host}/{repository}:{tag}",
            ])
            .RequireSuccess();
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void WaitForPort()
    {
        for (var tries = 0; tries < 200 && !process.HasExited; tries++)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }

        throw new InvalidOperationException("docker-registry does not start.");
    }
}
