using System.Text;
using System.Text.Json;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam.Access;
using GitOpsGen.Model;
using GitOpsGen.Planning;
using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering;

/// <summary>
/// What the user's templates write below <c>iam/</c> beside or instead of the plan's documents. Every policy document in a JSON file,
/// nested or as text as Terraform has it, may grant what the plan grants in that folder and no more; of other files nobody can tell.
/// </summary>
internal sealed class OwnAccess(Plan plan, FileTree tree, TemplateSet templates)
{
    private const int DeepestText = 4;
    private const string Fix = "Grant it elsewhere, or set GOG4012 to warning or off if that is meant.";

    private readonly PlannedDocuments planned = new(plan);

    /// <summary>Findings about the templates.</summary>
    public IEnumerable<Diagnostic> Check()
    {
        var inIam = tree.Files.Where(file => file.Path.Value.StartsWith("iam/", StringComparison.Ordinal)).ToList();
        return Vanished(inIam)
            .Concat(inIam.Where(file => templates.OfFile(file.Template!)?.IsUsers == true && planned.Find(file.Path) is null).SelectMany(Own))
            .Distinct();
    }

    private IEnumerable<Diagnostic> Vanished(List<OutputFile> inIam)
    {
        var there = inIam.Select(file => planned.Find(file.Path)?.Stem).ToHashSet();
        foreach (var lost in planned.All().Where(document => !there.Contains(document.Stem)))
        {
            var path = $"{lost.Stem}.json";
            yield return new(
                Rules.AccessLost,
                $"{path}: The plan has this document, but no template writes it.",
                "Let the template write it, or set GOG3209 to off if access is kept elsewhere.",
                SourceSpan.StartOf(templates.WriterOf(RelativePath.Parse(path))?.File ?? path)
            );
        }
    }

    private IEnumerable<Diagnostic> Own(OutputFile file)
    {
        if (file.Path.Value.EndsWith(".md", StringComparison.Ordinal) || file.Path.Value.EndsWith(".txt", StringComparison.Ordinal))
        {
            return [];
        }

        if (!file.Path.Value.EndsWith(".json", StringComparison.Ordinal))
        {
            return [Finding(file, "only JSON is compared with the plan, and nobody can tell what this file grants.")];
        }

        // What is no JSON is reported as such.
        if (JsonSyntax.FindProblem(file.Content.Span) is not null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(file.Content);
        return
        [
            .. Policies(document.RootElement, DeepestText)
                .SelectMany(policy => Extra(file, policy))
                .Concat(Opaque(document.RootElement).Select(what => Finding(file, $"{what}, and nobody can tell what that grants.")))
                .Distinct(),
        ];
    }

    private IEnumerable<Diagnostic> Extra(OutputFile file, string policy)
    {
        var kind = KindOf(policy);
        var (read, found) = AccessPolicyReader.Read(file.Path.Value, Encoding.UTF8.GetBytes(policy), kind);
        return read is null
            ? [Finding(file, $"nobody can tell what a policy in it grants: {found[0].Message}")]
            : AccessComparison
                .Extra(read, AccessGrant.Of(planned.AllBeside(file.Path, kind)))
                .Select(extra => Finding(file, $"a policy in it grants {extra}, which the plan does not."));
    }

    private static Diagnostic Finding(OutputFile file, string what) =>
        new(Rules.OwnAccess, $"{file.Path}: {what}", Fix, SourceSpan.StartOf(file.Template!));

    // Texts of texts are read too, to a depth that nobody needs.
    private static IEnumerable<string> Policies(JsonElement element, int texts) =>
        element.ValueKind switch
        {
            JsonValueKind.Object when element.TryGetProperty("Statement", out _) => [element.GetRawText()],
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Policies(member.Value, texts)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Policies(item, texts)),
            JsonValueKind.String when texts > 0 && element.GetString() is { } text && text.Contains("Statement", StringComparison.Ordinal) => InText(
                text,
                texts - 1
            ),
            _ => [],
        };

    // Terraform has a language of its own for policies, and everything that makes roles can attach policies that are elsewhere.
    private static IEnumerable<string> Opaque(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member =>
                    IsStatement(member) ? [$"'{member.Name}' is a policy that is not written as an IAM document"] : Opaque(member.Value)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Opaque),
            JsonValueKind.String
                when element.GetString() is { } text
                    && text.StartsWith("arn:", StringComparison.Ordinal)
                    && text.Contains(":policy/", StringComparison.Ordinal) => [$"it attaches '{Excerpt.Of(text)}'"],
            _ => [],
        };

    private static bool IsStatement(JsonProperty member) =>
        member.Name != "Statement"
        && member.Name.Equals("Statement", StringComparison.OrdinalIgnoreCase)
        && member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    // A text that speaks of a Statement and is no JSON goes on to the reader, which says so.
    private static IEnumerable<string> InText(string text, int texts)
    {
        if (JsonSyntax.FindProblem(Encoding.UTF8.GetBytes(text)) is not null)
        {
            return [text];
        }

        using var inner = JsonDocument.Parse(text);
        return [.. Policies(inner.RootElement, texts)];
    }

    private static PolicyKind KindOf(string policy) =>
        !policy.Contains("Principal\"", StringComparison.Ordinal) ? PolicyKind.Identity
        : policy.Contains("sts:", StringComparison.OrdinalIgnoreCase) ? PolicyKind.Trust
        : PolicyKind.Repository;
}
