using System.Text;
using GitOpsGen.Registry.Authentication;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Registry.Tests.Authentication;

public sealed class CredentialStoreTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("registry.example.com/a/b/c", "deep")]
    [InlineData("registry.example.com/a/b", "deep")]
    [InlineData("registry.example.com/a/bc", "host")]
    [InlineData("registry.example.com/x", "host")]
    [InlineData("registry.example.com.evil.com/a/b", null)]
    [InlineData("example.com/a/b", null)]
    [InlineData("registry.example.com:5000/a", "port")]
    [InlineData("https.example.com/a", "scheme")]
    [InlineData("slash.example.com/a", "slash")]
    [InlineData("docker.io/library/alpine", "hub")]
    [InlineData("index.docker.io/crossplane/x", "hub")]
    public async Task The_longest_key_that_matches_counts(string name, string? password)
    {
        var store = Config(
            $$$"""
            {"auths":{
              "registry.example.com": {{{Auth("host")}}},
              "registry.example.com/a/b": {{{Auth("deep")}}},
              "registry.example.com:5000": {{{Auth("port")}}},
              "https://https.example.com/v2/": {{{Auth("scheme")}}},
              "slash.example.com/": {{{Auth("slash")}}},
              "https://index.docker.io/v1/": {{{Auth("hub")}}}
            }}
            """
        );

        Assert.Equal(password, PasswordOf(await store.FindAsync(name, Harness.Cancellation)));
    }

    [Fact]
    public async Task A_user_and_a_password_may_stand_in_the_open_and_a_password_may_have_colons()
    {
        var store = Config($$$"""{"auths":{"a.example.com":{"username":"user","password":"p:w"},"b.example.com":{{{Auth("x:y:z")}}}}}""");

        Assert.Equal("p:w", PasswordOf(await store.FindAsync("a.example.com/x", Harness.Cancellation)));
        Assert.Equal("x:y:z", PasswordOf(await store.FindAsync("b.example.com/x", Harness.Cancellation)));
    }

    [Theory]
    [InlineData("REGISTRY_AUTH_FILE", "auth.json")]
    [InlineData("DOCKER_CONFIG", "docker/config.json")]
    [InlineData("HOME", "home/.docker/config.json")]
    [InlineData("XDG_RUNTIME_DIR", "run/containers/auth.json")]
    [InlineData("HOME", "home/.config/containers/auth.json")]
    [InlineData("XDG_CONFIG_HOME", "config/containers/auth.json")]
    public async Task Every_tools_file_is_found(string variable, string file)
    {
        folder.Write(file, $$$"""{"auths":{"a.example.com":{{{Auth("found")}}}}}""");
        var value = variable switch
        {
            "DOCKER_CONFIG" => folder["docker"],
            "HOME" => folder["home"],
            "XDG_RUNTIME_DIR" => folder["run"],
            "XDG_CONFIG_HOME" => folder["config"],
            _ => folder[file],
        };
        var store = CredentialStore.FromEnvironment(name => name == variable ? value : null);

        Assert.Equal("found", PasswordOf(await store.FindAsync("a.example.com/x", Harness.Cancellation)));
    }

    [Fact]
    public async Task The_first_file_with_something_counts_and_DOCKER_CONFIG_replaces_the_home()
    {
        folder.Write("auth.json", $$$"""{"auths":{"a.example.com":{{{Auth("first")}}}}}""");
        folder.Write("docker/config.json", $$$"""{"auths":{"a.example.com":{{{Auth("second")}}},"b.example.com":{{{Auth("second")}}}}}""");
        folder.Write("home/.docker/config.json", $$$"""{"auths":{"c.example.com":{{{Auth("third")}}}}}""");
        var variables = new Dictionary<string, string>
        {
            ["REGISTRY_AUTH_FILE"] = folder["auth.json"],
            ["DOCKER_CONFIG"] = folder["docker"],
            ["HOME"] = folder["home"],
        };
        var store = CredentialStore.FromEnvironment(name => variables.GetValueOrDefault(name));

        Assert.Equal("first", PasswordOf(await store.FindAsync("a.example.com/x", Harness.Cancellation)));
        Assert.Equal("second", PasswordOf(await store.FindAsync("b.example.com/x", Harness.Cancellation)));
        Assert.Null((await store.FindAsync("c.example.com/x", Harness.Cancellation)).Credential);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"auths":[]}""")]
    [InlineData("""{"auths":{"a.example.com":{"auth":"%%%SECRET"}}}""")]
    [InlineData("""{"auths":{"a.example.com":{"auth":"U0VDUkVU"}}}""")]
    [InlineData("""{"auths":{"a.example.com":{"registrytoken":"SECRET\nX-Evil: 1"}}}""")]
    [InlineData("""{"auths":{"a.example.com":{"auth":"SECRET","auth":{}}}}""")]
    public async Task A_file_that_is_of_no_use_is_told_without_what_is_in_it(string json)
    {
        var lookup = await Config(json).FindAsync("a.example.com/x", Harness.Cancellation);

        Assert.Null(lookup.Credential);
        Assert.Contains(folder.Path, lookup.Problem!, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", lookup.Problem!, StringComparison.Ordinal);
        Assert.DoesNotContain("U0VDUkVU", lookup.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_a_pipe_or_has_no_end_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such files.");
        Tool.Require("mkfifo").Run([folder["pipe"]]).RequireSuccess();
        await FindsAsync(folder["pipe"], "not a regular file");
        File.WriteAllText(folder["long"], new string(' ', 2 << 20));
        await FindsAsync(folder["long"], "more than 1 MiB");
        await FindsAsync("/dev/zero", "more than 1 MiB");

        static async Task FindsAsync(string file, string problem)
        {
            var lookup = await new CredentialStore([file]).FindAsync("a.example.com/x", Harness.Cancellation);
            Assert.Null(lookup.Credential);
            Assert.Contains(problem, lookup.Problem!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"credHelpers":{"a.example.com":"test"}}""")]
    [InlineData("""{"credsStore":"test"}""")]
    [InlineData("""{"credsStore":"absent","credHelpers":{"a.example.com":"test"}}""")]
    [InlineData("""{"credsStore":"test","auths":{"a.example.com":{}}}""")]
    public async Task A_helper_is_asked_for_the_host_once(string json)
    {
        Helper(
            "test",
            """read host; echo "$host" >> "$0.asked"; printf '{"ServerURL":"%s","Username":"user","Secret":"%s"}' "$host" "hunter2-SECRET" """
        );
        var store = Config(json);

        Assert.Equal(Harness.Secret, PasswordOf(await store.FindAsync("a.example.com/x", Harness.Cancellation)));
        Assert.Equal(Harness.Secret, PasswordOf(await store.FindAsync("a.example.com/y", Harness.Cancellation)));
        Assert.Equal("a.example.com\n", File.ReadAllText(folder["bin/docker-credential-test.asked"]));
    }

    [Fact]
    public async Task A_helper_hears_the_old_name_of_the_hub()
    {
        Helper("test", """read host; printf '{"Username":"user","Secret":"%s"}' "$host" """);

        Assert.Equal(
            "https://index.docker.io/v1/",
            PasswordOf(await Config("""{"credsStore":"test"}""").FindAsync("docker.io/a/b", Harness.Cancellation))
        );
    }

    [Fact]
    public async Task A_helper_may_give_an_identity_token()
    {
        Helper("test", """printf '{"Username":"<token>","Secret":"hunter2-SECRET"}'""");

        var found = await Config("""{"credsStore":"test"}""").FindAsync("a.example.com/b", Harness.Cancellation);

        Assert.Equal(CredentialKind.IdentityToken, found.Credential!.Kind);
        Assert.Equal(Harness.Secret, found.Credential.ToRefreshField()!.Value.Value);
    }

    [Fact]
    public async Task A_helper_that_knows_nothing_is_no_problem()
    {
        Helper("test", "echo 'credentials not found in native keychain'; exit 1");

        Assert.Equal(CredentialLookup.None, await Config("""{"credsStore":"test"}""").FindAsync("a.example.com/b", Harness.Cancellation));
    }

    [Theory]
    [InlineData("echo hunter2-SECRET; echo hunter2-SECRET >&2; exit 3", "ended with 3")]
    [InlineData("echo hunter2-SECRET", "gave no user")]
    [InlineData("""echo '{"Username":"hunter2-SECRET"}'""", "gave no user")]
    [InlineData("sleep 60", "did not end")]
    [InlineData("yes hunter2-SECRET", "gave no user|ended with|did not end")]
    public async Task A_helper_that_fails_is_named_and_not_quoted(string script, string problem)
    {
        Helper("test", script);

        var found = await Config("""{"credsStore":"test"}""").FindAsync("a.example.com/b", Harness.Cancellation);

        Assert.Null(found.Credential);
        Assert.Contains("docker-credential-test", found.Problem!, StringComparison.Ordinal);
        Assert.Matches(problem, found.Problem!);
        Assert.DoesNotContain(Harness.Secret, found.Problem!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent", "is not installed")]
    [InlineData("../evil", "is not the name")]
    [InlineData("a\\nb", "is not the name")]
    public async Task A_helper_that_is_not_there_is_told(string name, string problem)
    {
        var found = await Config($$$"""{"credHelpers":{"a.example.com":"{{{name}}}"}}""").FindAsync("a.example.com/b", Harness.Cancellation);

        Assert.Contains(problem, found.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_does_not_print_itself()
    {
        foreach (
            var credential in new[]
            {
                Credential.Password("user", Harness.Secret),
                Credential.IdentityToken(Harness.Secret),
                Credential.RegistryToken(Harness.Secret),
            }
        )
        {
            Assert.DoesNotContain(Harness.Secret, $"{credential} {new CredentialLookup(credential)}", StringComparison.Ordinal);
            Assert.DoesNotContain(Harness.Secret, System.Text.Json.JsonSerializer.Serialize(credential), StringComparison.Ordinal);
        }
    }

    private static string Auth(string password) => $$$"""{"auth":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{password}"))}}}"}""";

    private static string? PasswordOf(CredentialLookup found) =>
        found.Credential?.ToBasic() is { } header ? Encoding.UTF8.GetString(Convert.FromBase64String(header.Parameter!))["user:".Length..] : null;

    private CredentialStore Config(string json) => new([folder.Write("config.json", json)], folder["bin"], TimeSpan.FromSeconds(2));

    private void Helper(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The helper of this test is a shell script.");
        var path = folder.Write($"bin/docker-credential-{name}", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
