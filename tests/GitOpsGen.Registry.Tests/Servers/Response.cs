using System.Text;

namespace GitOpsGen.Registry.Tests.Servers;

/// <summary>What the server sends, faults included.</summary>
internal sealed record Response(int Status, byte[] Body)
{
    public List<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>After how many bytes of the body the connection is cut.</summary>
    public int? CutAfter { get; init; }

    /// <summary>After how many bytes of the whole answer, its head included, the connection is cut.</summary>
    public int? EndsAfter { get; init; }

    /// <summary>Whether the answer says how long it is; if not, it ends where the connection does.</summary>
    public bool SaysLength { get; init; } = true;

    /// <summary>How long the server waits before the body, and before each kilobyte of it.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>How long the server waits before it answers at all.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The first line of the answer, where it is to be another.</summary>
    public string? FirstLine { get; init; }

    /// <summary>A file that is sent instead of the body, so that it is not in memory.</summary>
    public string? File { get; init; }

    public static Response Text(int status, string body, params (string Name, string Value)[] headers) =>
        new(status, Encoding.UTF8.GetBytes(body)) { Headers = [.. headers] };

    public Response With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };
}
