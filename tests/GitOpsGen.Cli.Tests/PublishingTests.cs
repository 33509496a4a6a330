using System.Diagnostics;
using GitOpsGen.Testing;

namespace GitOpsGen.Cli.Tests;

/// <summary>A repository that is published, and the bare one that it is published to.</summary>
public abstract class PublishingTests : IDisposable
{
    static PublishingTests()
    {
        foreach (var (name, value) in GitFolder.Environment.Where(pair => pair.Key.Contains("_NAME") || pair.Key.Contains("_EMAIL")))
            Environment.SetEnvironmentVariable(name, value);
    }

    private protected PublishingTests()
    {
        Source = GitFolder.Init(Temp["source"]);
        InProcess.Run(Source.Path, "init").Exits(0);
        Source.Commit("First");
        Target = GitFolder.Init(Temp["target"], "--bare");
    }

    private protected TempFolder Temp { get; } = new();

    private protected GitFolder Source { get; }

    private protected GitFolder Target { get; }

    public void Dispose()
    {
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string Tip() => Target.Run("rev-parse", "main");

    private protected string SourceOf(string commit) =>
        Target.Run("log", "-1", "--format=%(trailers:key=GitOpsGen-Source,valueonly)", commit).Trim().Split('@')[^1];

    private protected Finished Publish(params string[] options) => Publish(Source, Target, options);

    private protected Finished Publish(GitFolder to, params string[] options) => Publish(Source, to, options);

    private protected static Finished Publish(GitFolder from, GitFolder to, params string[] options) =>
        InProcess.Run(from.Path, ["publish", "--repository", to.Path, .. options]);

    private protected void Move(string old, string with)
    {
        var lockfile = Path.Combine(Source.Path, WorkFolder.Lockfile);
        File.WriteAllText(lockfile, File.ReadAllText(lockfile).Replace(old, with, StringComparison.Ordinal));
        Source.Commit($"{old} to {with}");
    }

    // As a person would: in a clone.
    private protected void Commit(GitFolder bare, string path, string content)
    {
        var clone = GitFolder.Init(Temp[Path.GetRandomFileName()]);
        if (bare.Try("rev-parse", "--verify", "--quiet", "main").ExitCode == 0)
            clone.Run("pull", "--quiet", bare.Path, "main");
        clone.Write(path, content).Commit("By hand");
        clone.Run("push", "--quiet", bare.Path, "main");
    }

    private protected static void Script(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        Process.Start("chmod", ["+x", path]).WaitForExit();
    }
}
