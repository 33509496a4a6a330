using System.ComponentModel;
using System.Diagnostics;

namespace GitOpsGen.Inputs.Git;

/// <summary>Runs <c>git</c>: the one place that does. No prompt, and no lock for its own use. Here it reads; only <c>Publishing</c> writes.</summary>
/// <param name="program">The executable.</param>
/// <param name="folder">Where it runs.</param>
/// <param name="cancellation">Kills it, and what it started.</param>
internal sealed class GitProgram(string program, string folder, CancellationToken cancellation)
{
    private const int MaximumOutput = 1024 * 1024;

    // A fetch takes the longest, and a person who waits longer has a line of their own to run.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly ImmutableArray<KeyValuePair<string, string?>> Always =
    [
        new("LC_ALL", "C"),
        new("GIT_TERMINAL_PROMPT", "0"),
        new("GIT_OPTIONAL_LOCKS", "0"),
        new("GIT_LITERAL_PATHSPECS", "1"),
        // Git refuses these beside the one above.
        new("GIT_GLOB_PATHSPECS", null),
        new("GIT_NOGLOB_PATHSPECS", null),
        new("GIT_ICASE_PATHSPECS", null),
        // The objects as they are in the commit that others get.
        new("GIT_NO_REPLACE_OBJECTS", "1"),
    ];

    /// <summary>Variables that are set, or removed, besides.</summary>
    private ImmutableArray<KeyValuePair<string, string?>> Variables { get; init; } = [];

    /// <summary>The program on the search path. Folders that depend on where one is are left out: a pull request could bring a <c>git</c> along.</summary>
    /// <exception cref="GitException">There is none.</exception>
    public static string Find(string? searchPath) =>
        (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(place => Path.Combine(place, OperatingSystem.IsWindows() ? "git.exe" : "git"))
            .FirstOrDefault(File.Exists)
        ?? throw new GitException(new(Rules.GitMissing, "The git program is not on the PATH, and this command needs it.", Needed, null));

    private const string Needed = "Install Git 2.25 or later.";

    /// <summary>The same program with more variables.</summary>
    public GitProgram With(params ImmutableArray<KeyValuePair<string, string?>> more) =>
        new(program, folder, cancellation) { Variables = [.. Variables, .. more] };

    /// <summary>The same program in another folder.</summary>
    public GitProgram In(string place) => new(program, place, cancellation) { Variables = Variables };

    /// <summary>Asks for something short.</summary>
    /// <exception cref="GitException">Git cannot be run, or does not end.</exception>
    public GitAnswer Ask(params string[] arguments) => Feed([], arguments);

    /// <summary>The same, with lines on its standard input.</summary>
    /// <inheritdoc cref="Ask"/>
    public GitAnswer Feed(IEnumerable<string> lines, params string[] arguments)
    {
        var output = "";
        return Run(lines, stream => output = ReadText(stream), arguments) with { Output = output };
    }

    /// <summary>The same, with its output read while lines are written.</summary>
    /// <inheritdoc cref="Ask"/>
    public GitAnswer Run(IEnumerable<string> lines, Action<Stream> read, params string[] arguments)
    {
        cancellation.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var process = Start(arguments);
        using var kill = limit.Token.Register(() => Kill(process));
        try
        {
            var errors = Task.Factory.StartNew(
                () => ReadText(process.StandardError.BaseStream),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            var written = Task.Factory.StartNew(
                () => Write(process, lines),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            var isWhole = Try(() => read(process.StandardOutput.BaseStream));
            if (!isWhole)
                Kill(process);
            written.GetAwaiter().GetResult();
            process.WaitForExit();
            // What a fetch leaves running, such as an ssh connection that is kept, may hold the stream open.
            var answer = new GitAnswer(process.ExitCode, "", errors.Wait(Grace, CancellationToken.None) ? errors.Result : "");
            ThrowIfEnded(process.ExitCode, arguments, limit.Token);
            return isWhole || answer.ExitCode is not 0 and not KilledByUs
                ? answer
                : throw Failed(answer with { Error = "an answer that is cut off" });
        }
        finally
        {
            Kill(process);
        }
    }

    /// <summary>The failure of a run that should have worked.</summary>
    public GitException Failed(GitAnswer answer)
    {
        RequireVersion();
        return new(
            new(Rules.GitRefuses, $"Git failed: {answer.Reason}.", "Correct what Git says; 'git fsck' tells whether the repository is whole.", null)
        );
    }

    /// <summary>Asks for the version, where git does not do what a newer one does.</summary>
    /// <exception cref="GitException">It is older than the oldest that is known to work.</exception>
    public void RequireVersion()
    {
        var version = Ask("version").Line;
        if (
            version.Split(' ', '.') is [_, _, var major, var minor, ..]
            && int.TryParse(major, out var first)
            && int.TryParse(minor, out var second)
            && (first, second).CompareTo((2, 25)) < 0
        )
            throw new GitException(new(Rules.GitMissing, $"This git is too old: {Excerpt.Of(version, 100)}.", Needed, null));
    }

    private const int KilledByUs = 137;

    private static bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return false;
        }
    }

    // Ctrl-C in a terminal reaches git too, perhaps before us.
    private void ThrowIfEnded(int exitCode, string[] arguments, CancellationToken limit)
    {
        if (exitCode is 130 or 143 or -1073741510)
            cancellation.WaitHandle.WaitOne(Grace);
        cancellation.ThrowIfCancellationRequested();
        if (limit.IsCancellationRequested)
        {
            throw new GitException(
                new(
                    Rules.RemoteSilent,
                    $"'git {Array.Find(arguments, word => !word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal))}' did not end within {Patience.TotalMinutes:0} minutes.",
                    "Try again, or run it by hand to see what it waits for.",
                    null
                )
            );
        }
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(program, ["-c", "core.fsmonitor=false", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
        };
        foreach (var (name, value) in Always.AddRange(Variables))
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new GitException(new(Rules.GitMissing, $"{program} cannot be run: {e.Message.TrimEnd('.')}.", Needed, null));
        }
    }

    // git may end without reading its input.
    private static void Write(Process process, IEnumerable<string> lines)
    {
        try
        {
            foreach (var line in lines)
            {
                process.StandardInput.Write(line);
                process.StandardInput.Write('\n');
            }

            process.StandardInput.Close();
        }
        catch (IOException) { }
    }

    // All of it is read, so that git can end; a part of it is kept.
    private static string ReadText(Stream stream)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = stream.Read(buffer)) > 0; )
            text.Write(buffer, 0, (int)Math.Min(read, MaximumOutput - text.Length));
        return Utf8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself.
        }
    }
}

/// <summary>How git ended.</summary>
internal sealed record GitAnswer(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The output without the end of its line.</summary>
    public string Line => Output.TrimEnd('\n');

    /// <summary>Why it failed, as the end of a sentence: what git gave up, and before that the error that made it do so.</summary>
    public string Reason
    {
        get
        {
            var lines = Error.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
            var (error, fatal) = (After("error: "), After("fatal: "));
            return Excerpt
                .Of(
                    fatal is null ? lines.FirstOrDefault($"it ended with {ExitCode}")
                        : error is null ? fatal
                        : $"{fatal} ({error})",
                    300
                )
                .TrimEnd('.');

            string? After(string mark) => lines.Find(line => line.StartsWith(mark, StringComparison.Ordinal))?[mark.Length..];
        }
    }
}

/// <summary>Git failed in the middle of a run, for a reason that is not in what it was asked: nothing that was read can be trusted to be whole.</summary>
internal sealed class GitException(Diagnostic finding) : Exception(finding.Message)
{
    /// <summary>What to report.</summary>
    public Diagnostic Finding { get; } = finding;
}
