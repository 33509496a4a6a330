using Scriban.Runtime;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>Hands on what is written, and tells who wants to know.</summary>
internal sealed class TracingOutput(RenderBuffer buffer, Action<string, int, int> written) : IScriptOutput
{
    /// <inheritdoc/>
    public void Write(string text, int offset, int count)
    {
        buffer.Write(text, offset, count);
        written(text, offset, count);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override string ToString() => "";
}
