using System.Text.Json;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Cli.Reporting;

/// <summary>Places for programs. Every property is always there, so that a script needs no second case; without a place they are null.</summary>
internal static class JsonPlace
{
    public static void WritePlace(this Utf8JsonWriter json, SourceSpan? span)
    {
        json.WriteString("file", span?.File);
        json.WriteOptional("line", span?.Start.Line);
        json.WriteOptional("column", span?.Start.Column);
        json.WriteOptional("endLine", span?.End.Line);
        json.WriteOptional("endColumn", span?.End.Column);
    }

    /// <summary>A number, or null.</summary>
    public static void WriteOptional(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
