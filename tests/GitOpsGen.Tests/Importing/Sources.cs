using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Importing;
using GitOpsGen.Importing.Sources;
using GitOpsGen.Inputs;

namespace GitOpsGen.Tests.Importing;

/// <summary>Sources of an import in memory.</summary>
internal sealed class Sources
{
    private readonly List<(string Path, string Text)> files = [];

    public ImportRequest Request { get; init; } = new();

    /// <summary>The findings that a scenario of an import shows most often: what is about no place, and what only advises.</summary>
    public static Sources Of(string text, string path = "a.yaml") => new Sources().And(text, path);

    public Sources And(string text, string path)
    {
        files.Add((path, text));
        return this;
    }

    /// <summary>A package whose object has the derived name.</summary>
    public static string Package(string reference, string? name = null, string more = "", string kind = "Provider")
    {
        var path = reference.Split('@')[0].Split(':')[0];
        return $"""
            ---
            apiVersion: pkg.crossplane.io/v1
            kind: {kind}
            metadata:
              name: {name ?? string.Join('-', path.Split('/')[^2..])}
            spec:
              package: {reference}
            {more}

            """;
    }

    public ImportResult Import() =>
        Importer.Import(
            SourceTree.Empty.With(
                files.Select(file => new ImportFile(file.Path, new(file.Path, Encoding.UTF8.GetBytes(file.Text), null), ImportOrigin.Found)),
                Request.Variables
            ),
            Request.Common.IsEmpty && Request.Environments.IsEmpty ? Request with { Common = [""] } : Request,
            ("schema", "schema")
        );

    /// <summary>Each finding with a place: <c>a.yaml(1,2) error GOG8401</c>.</summary>
    public ImmutableArray<string> Findings() => [.. Import().Diagnostics.Where(found => found.Span is not null).Select(Shown)];

    public static string Shown(Diagnostic found) => $"{found.Span?.Place} {found.Severity.ToString().ToLowerInvariant()} {found.Rule.Code}";
}
