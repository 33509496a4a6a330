using System.Globalization;
using System.Text;

namespace GitOpsGen.Validation.Objects;

/// <summary>Where a walk through an object stands, as the API server prints it: <c>spec.matchImages[0].prefix</c>.</summary>
internal sealed class FieldPath
{
    private readonly List<(string? Name, int Index)> segments = [];

    public int Depth => segments.Count;

    public void Enter(string name) => segments.Add((name, 0));

    public void Enter(int index) => segments.Add((null, index));

    public void Leave() => segments.RemoveAt(segments.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in segments)
        {
            if (name is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else if (name.Contains('.', StringComparison.Ordinal) || name.Length == 0)
            {
                text.Append('[').Append(name).Append(']');
            }
            else
            {
                text.Append(text.Length > 0 ? "." : "").Append(name);
            }
        }

        return text.Length == 0 ? "the object" : text.ToString();
    }
}
