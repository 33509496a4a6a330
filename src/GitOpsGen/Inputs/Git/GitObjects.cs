using System.Collections.Concurrent;
using GitOpsGen.Output;

namespace GitOpsGen.Inputs.Git;

/// <summary>
/// The contents of files, by their names: as they are in the repository, no filter of its configuration runs. What is asked for together is
/// read by one <c>cat-file --batch</c>, and each object once. Thread-safe.
/// </summary>
internal sealed class GitObjects(GitProgram git)
{
    /// <summary>How much is kept in memory. More is known by its length alone.</summary>
    private const long MaxHeld = 1L << 30;

    private const int LongestHeader = 200;
    private const int WrongUsage = 129;

    private readonly ConcurrentDictionary<string, DiskFile> blobs = new(StringComparer.Ordinal);
    private long held;

    /// <summary>One content. One that is too large to be ours has only its length.</summary>
    /// <exception cref="GitException">The repository is damaged, or its remote does not give what is missing.</exception>
    public DiskFile this[string id]
    {
        get
        {
            Load([id]);
            return blobs[id];
        }
    }

    /// <summary>Reads contents together. In a partial clone, those that are missing are fetched together.</summary>
    /// <inheritdoc cref="this[string]"/>
    public void Load(IEnumerable<string> ids)
    {
        var wanted = Missing(ids.Distinct());
        if (wanted.Count == 0)
            return;
        var answer = Read(wanted, Offline);
        wanted = Missing(wanted);
        if (wanted.Count == 0)
            return;
        if (Promisor() is not { } remote)
            throw git.Failed(answer.Succeeded ? answer with { Error = $"the object {wanted[0]} is missing" } : answer);
        Fetch(remote, wanted);
        answer = Read(wanted, git);
        if (Missing(wanted) is [var left, ..])
            throw Unreachable(remote, answer.Succeeded ? answer with { Error = $"the object {left} is missing" } : answer);
    }

    // Left to itself, git gets what is missing one by one.
    private GitProgram Offline => git.With([new("GIT_NO_LAZY_FETCH", "1")]);

    private List<string> Missing(IEnumerable<string> ids) => [.. ids.Where(id => !blobs.ContainsKey(id))];

    private GitAnswer Read(List<string> ids, GitProgram program) =>
        program.Run(
            ids,
            output =>
            {
                using var stream = new BufferedStream(output, 64 * 1024);
                while (ReadHeader(stream) is { } header)
                    ReadOne(stream, header.Split(' '));
            },
            "cat-file",
            "--batch",
            "--buffer"
        );

    private static string? ReadHeader(BufferedStream stream)
    {
        var line = new StringBuilder();
        for (int next; (next = stream.ReadByte()) != '\n'; line.Append((char)next))
        {
            if (next < 0)
                return line.Length == 0 ? null : throw new InvalidDataException();
            if (line.Length > LongestHeader)
                throw new InvalidDataException();
        }

        return line.ToString();
    }

    private void ReadOne(BufferedStream stream, string[] header)
    {
        if (header is [_, "missing"])
            return;
        if (header is not [var id, "blob", var digits] || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            throw new InvalidDataException();
        var isKept = length <= DiskFile.MaxHeld && Interlocked.Add(ref held, length) <= MaxHeld;
        if (isKept)
        {
            var content = new byte[length];
            stream.ReadExactly(content);
            blobs[id] = new(length, ContentHash.Of(content), content);
        }
        else
        {
            Skip(stream, length);
            blobs[id] = new(length, default, null);
        }

        if (stream.ReadByte() != '\n')
            throw new InvalidDataException();
    }

    private static void Skip(BufferedStream stream, long length)
    {
        var buffer = new byte[64 * 1024];
        while (length > 0)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            length -= read > 0 ? read : throw new EndOfStreamException();
        }
    }

    // The first remote that has promised to keep what this clone lacks.
    private string? Promisor() =>
        git.Ask("config", "--get-regexp", @"^remote\..*\.promisor$")
            .Output.Split('\n')
            .Select(line => line.Split(' '))
            .Where(words => words is [{ Length: > 16 }, "true"])
            .Select(words => words[0]["remote.".Length..^".promisor".Length])
            .FirstOrDefault();

    private void Fetch(string remote, List<string> wanted)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        Offline.Run(
            wanted,
            output =>
            {
                using var lines = new StreamReader(output);
                while (lines.ReadLine() is { } line)
                    present.Add(line.Split(' ')[0]);
            },
            "rev-list",
            "--objects",
            "--no-walk",
            "--ignore-missing",
            "--missing=print",
            "--stdin"
        );
        // What git itself runs for one object. A git that does not know an option gets them one by one.
        var answer = git.Feed(
            wanted.Where(id => !present.Contains(id)),
            "-c",
            "fetch.negotiationAlgorithm=noop",
            "-c",
            "gc.auto=0",
            "-c",
            "maintenance.auto=false",
            "fetch",
            "--no-tags",
            "--no-write-fetch-head",
            "--recurse-submodules=no",
            "--filter=blob:none",
            "--stdin",
            "--",
            remote
        );
        if (answer is { Succeeded: false, ExitCode: not WrongUsage })
            throw Unreachable(remote, answer);
    }

    private static GitException Unreachable(string remote, GitAnswer answer) =>
        new(
            new(
                Rules.RemoteSilent,
                $"The remote '{Excerpt.Of(remote)}' of this partial clone does not give what is missing here: {answer.Reason}.",
                "Try again when it can be reached, or fetch the missing objects.",
                null
            )
        );
}
