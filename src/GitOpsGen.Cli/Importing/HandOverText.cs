using GitOpsGen.Importing.HandingOver;

namespace GitOpsGen.Cli.Importing;

/// <summary>A hand-over as steps to follow.</summary>
internal static class HandOverText
{
    public const string Title = "Hand-over";

    /// <summary>For a terminal.</summary>
    public static string Text(HandOver handOver)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Title}\n");
        foreach (var (number, step) in handOver.Steps.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{number + 1}. {step.Title}\n");
            foreach (var part in step.Parts)
            {
                text.Append(part.Environment.Length == 0 ? "" : $"   {part.Environment}:\n");
                foreach (var line in part.Notes.Concat(part.Commands))
                    text.Append(CultureInfo.InvariantCulture, $"     {line}\n");
            }
        }

        return text.Append(Stays(handOver)).ToString();
    }

    /// <summary>For an issue or a pull request.</summary>
    public static string Markdown(HandOver handOver)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"# {Title}\n");
        foreach (var (number, step) in handOver.Steps.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {number + 1}. {step.Title}\n");
            foreach (var part in step.Parts)
            {
                text.Append(part.Environment.Length == 0 ? "" : $"\n**{part.Environment}**\n");
                text.Append(part.Notes.IsEmpty ? "" : $"\n{string.Concat(part.Notes.Select(note => $"- {note}\n"))}");
                text.Append(part.Commands.IsEmpty ? "" : $"\n```sh\n{string.Concat(part.Commands.Select(command => $"{command}\n"))}```\n");
            }
        }

        return text.Append(handOver.Stays.IsEmpty ? "" : $"\n{Stays(handOver)}").ToString();
    }

    private static string Stays(HandOver handOver) =>
        handOver.Stays.IsEmpty
            ? ""
            : $"These stay in their folders, with what applies them: {string.Join(", ", handOver.Stays.Select(kind => $"{kind.Value} {kind.Key}"))}.\n";
}
