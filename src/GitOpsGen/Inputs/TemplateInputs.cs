using GitOpsGen.Rendering.Templates;
using GitOpsGen.Settings;

namespace GitOpsGen.Inputs;

/// <summary>The user's templates, as they are in their folder.</summary>
/// <param name="Sources">Those that can be read.</param>
/// <param name="Ignored">Files beside them that are not templates.</param>
internal sealed record TemplateInputs(ImmutableArray<TemplateSource> Sources, ImmutableArray<string> Ignored)
{
    /// <summary>Reads them. There is no value if one of them cannot be read.</summary>
    public static Result<TemplateInputs> Read(InputTree inputs, ProjectSettings settings, CancellationToken cancellation)
    {
        var folder = settings.Templates;
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var sources = ImmutableArray.CreateBuilder<TemplateSource>();
        var found = inputs.ReadTemplates(folder, cancellation);
        foreach (var file in found.Templates)
        {
            if (file.Content is not { } content)
            {
                bag.Add(
                    file.Cause?.Rule ?? Rules.TemplateUnusable,
                    SourceSpan.StartOf(file.Path),
                    $"{file.Path} cannot be used: {file.Problem}.",
                    file.Cause?.Fix ?? "Keep real files in the folder of templates, and only those that are meant."
                );
            }
            else if (SourceText.Decode(file.Path, content.Span, bag) is { } text)
            {
                sources.Add(new(file.Path[(folder.Value.Length + 1)..^TemplateFolder.Suffix.Length], file.Path, text, IsUsers: true));
            }
        }

        // Without this, a misspelt folder would silently undo every change that the user's templates make.
        if (found.Templates.IsEmpty && settings.TemplatesNamed is { } named)
        {
            bag.Add(
                Rules.TemplateUnusable,
                named,
                $"The folder '{folder}' does not exist, or has no template.",
                "Correct the path, remove the line where there are no templates, or write the first with 'gitopsgen template eject'."
            );
        }

        return new(bag.Count == 0 ? new(sources.ToImmutable(), found.Ignored) : null, bag.ToImmutable());
    }

    /// <summary>Reads and parses the templates of a run.</summary>
    public static Result<TemplateSet> ReadSet(InputTree inputs, ProjectSettings settings, CancellationToken cancellation)
    {
        var (own, found) = Read(inputs, settings, cancellation);
        var (set, aboutTemplates) = own?.Parse(cancellation) ?? new(null, []);
        return new(set, [.. found, .. aboutTemplates]);
    }

    /// <summary>The templates of the run: the built-in ones, replaced and extended by these.</summary>
    public Result<TemplateSet> Parse(CancellationToken cancellation)
    {
        var (set, found) = TemplateSet.Under(Sources, cancellation);
        return new(set, [.. Outdated(), .. found]);
    }

    private IEnumerable<Diagnostic> Outdated()
    {
        var builtIn = Sources.IsEmpty ? [] : TemplateSet.BuiltInSources().ToDictionary(source => source.Name, StringComparer.Ordinal);
        foreach (var source in Sources)
        {
            if (EjectedTemplate.OriginalOf(source.Text) is not { } hash)
                continue;

            if (!builtIn.TryGetValue(source.Name, out var original))
            {
                yield return Warning(
                    source,
                    "no longer exists, so this one adds a file instead of replacing one",
                    "Move what is still needed to another template, or delete the first line to keep the file."
                );
            }
            else if (EjectedTemplate.HashOf(original.Text) is var now && now != hash)
            {
                yield return Warning(
                    source,
                    "has changed since",
                    $"Compare with 'gitopsgen template show {ShellWord.InMessage(source.Name)}', copy what is needed, and write sha256:{now} into the first line."
                );
            }
        }
    }

    private static Diagnostic Warning(TemplateSource source, string what, string fix) =>
        new(Rules.TemplateOutdated, $"The built-in template that {source.File} was ejected from {what}.", fix, SourceSpan.StartOf(source.File));
}
