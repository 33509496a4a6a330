using System.Text.Json;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>What a finished process said.</summary>
internal sealed record Finished(int ExitCode, string Output, string Error)
{
    /// <summary>Stdout as the one JSON value that it is; anything around it fails.</summary>
    public JsonElement Json => JsonElement.Parse(Output);

    /// <summary>The codes of the diagnostics in <see cref="Json"/>.</summary>
    public IEnumerable<string?> Codes => Json.GetProperty("diagnostics").EnumerateArray().Select(d => d.GetProperty("code").GetString());

    public Finished Exits(int code)
    {
        Assert.True(code == ExitCode, $"exit code {ExitCode} instead of {code}\nstdout: {Output}\nstderr: {Error}");
        return this;
    }
}
