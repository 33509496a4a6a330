using System.Text.Json;
using GitOpsGen.Cli.Starter;
using GitOpsGen.Lockfile;
using GitOpsGen.Settings;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen schema lockfile|settings</c>: the JSON Schemas, for editors.</summary>
internal static class SchemaCommand
{
    private const string Name = "schema";

    public static Command Create(CommandRunner runner)
    {
        var document = CommandOptions.Choice("lockfile|settings", "Which file's schema.", "lockfile", "settings");
        var command = new DocumentedCommand(
            Name,
            "Prints the JSON Schema of the lockfile or of the settings, for editors.",
            "gitopsgen schema lockfile > packages.lock.schema.json",
            "gitopsgen schema settings"
        )
        {
            document,
        };
        command.SetAction(parsed => runner.Run(Name, parsed, _ => Schema(parsed.GetRequiredValue(document))));
        return command;
    }

    private static CommandReport Schema(string document)
    {
        var schema = document == "lockfile" ? LockfileShape.JsonSchema : SettingsShape.JsonSchema;
        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Document = StarterFiles.Schema(schema),
            Result = json =>
            {
                json.WriteStartObject();
                json.WritePropertyName(document);
                JsonElement.Parse(schema).WriteTo(json);
                json.WriteEndObject();
            },
        };
    }
}
