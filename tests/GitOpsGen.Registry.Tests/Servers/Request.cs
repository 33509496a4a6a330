namespace GitOpsGen.Registry.Tests.Servers;

/// <summary>A request as it came over the wire.</summary>
internal sealed record Request(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Target.Split('?')[0];

    public string Query => Target.Split('?', 2) is [_, var query] ? query : "";

    public string? this[string header] => Headers.GetValueOrDefault(header);
}
