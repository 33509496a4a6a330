using GitOpsGen.Validation.Builds;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Validation;

/// <summary>Checks every object of the output against the kinds of a catalogue.</summary>
internal static class OutputValidation
{
    /// <summary>The rules that report an unchecked object; <c>--strict</c> makes them errors.</summary>
    public static ImmutableArray<Rule> GapRules { get; } = [Rules.NoSchema, Rules.VersionNotServed, Rules.NotEvaluated];

    // What is read otherwise by another reader, so that Kustomize or a server refuses it.
    private static readonly Rule[] ReadingRules = [Rules.YamlFeature, Rules.DuplicateKey, Rules.NotCarried];

    /// <param name="tree">The rendered files.</param>
    /// <param name="output">The output folder, with which the paths of findings begin.</param>
    /// <param name="catalogue">The kinds.</param>
    /// <param name="engines">How the engine of an overlay applies what is below its folder; nothing where there is no engine.</param>
    /// <param name="jobs">How many folders to check at one time.</param>
    /// <param name="cancellation">The user's.</param>
    public static (ValidationCounts Counts, ImmutableArray<Diagnostic> Found) Check(
        FileTree tree,
        RelativePath output,
        CrdCatalogue catalogue,
        IReadOnlyDictionary<string, EngineApply> engines,
        int jobs,
        CancellationToken cancellation
    )
    {
        // Most files of a fleet are equal and right. Only a finding needs its exact place.
        var quick = new OutputBuild(tree, output, new SharedContents());
        var exact = new Lazy<OutputBuild>(() => new(tree, output));
        var validator = new ObjectValidator(catalogue);
        var folders = quick.Folders;
        var serverSide = ServerSideFolders(engines, quick);
        var checks = new FolderCheck[folders.Length];
        Parallel.For(
            0,
            checks.Length,
            new() { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
            i =>
            {
                var isServerSide = serverSide.Contains(OverlayOf(folders[i]));
                var check = Check(quick.Build(folders[i]), validator, isServerSide);
                checks[i] = check.Found.IsEmpty ? check : Check(exact.Value.Build(folders[i]), validator, isServerSide);
            }
        );
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        foreach (var same in checks.SelectMany(check => check.Found).Distinct().GroupBy(found => CauseOf(found, output)))
            bag.Add(InAll([.. same], output));

        return (new(checks.Sum(c => c.Counts.Valid), checks.Sum(c => c.Counts.Invalid), checks.Sum(c => c.Counts.Unchecked)), bag.ToImmutable());
    }

    // Where templates of the user may have changed them, the Applications say how Argo CD applies.
    private static HashSet<string> ServerSideFolders(IReadOnlyDictionary<string, EngineApply> engines, OutputBuild build) =>
        [
            .. engines
                .Where(engine =>
                    engine.Value == EngineApply.ServerSide
                    || (engine.Value == EngineApply.AsApplicationsSay && Applications(build, engine.Key).All(ArgoCdRules.AppliesServerSide))
                )
                .Select(engine => engine.Key),
        ];

    private static IEnumerable<YamlMapping> Applications(OutputBuild build, string overlay) =>
        build
            .Folders.Where(folder => folder.StartsWith($"{overlay}/", StringComparison.Ordinal))
            .SelectMany(folder => build.Build(folder).Objects)
            .OfType<YamlMapping>()
            .Where(node => YamlScalar.TextOf(node["kind"]) == "Application");

    // One line of a template is written for many environments: what is wrong at one place in the files of each has one cause.
    private static (Diagnostic Finding, string File) CauseOf(Diagnostic found, RelativePath output) =>
        EnvironmentOf(found, output) is { } name
            ? (
                found with
                {
                    Message = found.Message.Replace(name, "*", StringComparison.Ordinal),
                    Span = found.Span!.Value with { File = "" },
                },
                found.Span.Value.File.Replace($"/{name}/", "/*/", StringComparison.Ordinal)
            )
            : (found, "");

    private static Diagnostic InAll(ImmutableArray<Diagnostic> same, RelativePath output)
    {
        var names = same.Select(found => EnvironmentOf(found, output)).OfType<string>().Select(name => new EnvironmentName(name)).ToImmutableArray();
        return same is [var one]
            ? one
            : same[0] with
            {
                Message = $"{same[0].Message} The same is wrong in {EnvironmentName.TextOf(names[1..])}.",
                Environments = [.. names.Select(name => name.Value)],
            };
    }

    private static string? EnvironmentOf(Diagnostic found, RelativePath output) =>
        found.Span is { } span
        && span.File.StartsWith($"{output.Value}/", StringComparison.Ordinal)
        && span.File[(output.Value.Length + 1)..].Split('/') is ["overlays", var name, _, ..]
            ? name
            : null;

    // overlays/dev of overlays/dev/packages/wave-0.
    private static string OverlayOf(string folder) =>
        folder.IndexOf('/', folder.IndexOf('/', StringComparison.Ordinal) + 1) is > 0 and var end ? folder[..end] : folder;

    private static FolderCheck Check(BuiltFolder folder, ObjectValidator validator, bool isServerSide)
    {
        ImmutableArray<SourceSpan> misread = [.. folder.Findings.Where(d => ReadingRules.Contains(d.Rule)).Select(d => d.Span!.Value)];
        var (valid, invalid, incomplete) = (0, 0, 0);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        found.AddRange(folder.Findings);
        found.AddRange(folder.Gaps);
        foreach (var node in folder.Objects)
        {
            var check = validator.Check(node, isServerSide);
            found.AddRange(check.Findings);
            found.AddRange(check.Gaps);
            if (!check.IsValid || misread.Any(span => Concerns(span, node, node)))
                invalid++;
            else if (check.IsComplete && folder.IsComplete)
                valid++;
            else
                incomplete++;
        }

        return new(new(valid, invalid, incomplete), found.ToImmutable());
    }

    // Of another document in the same file, it does not; of a file that patches the object, it does.
    private static bool Concerns(SourceSpan misread, YamlNode root, YamlNode part) =>
        (
            part.Span.File == misread.File
            && (root.Span.File != misread.File || (root.Span.Start.CompareTo(misread.Start) <= 0 && misread.Start.CompareTo(root.Span.End) < 0))
        )
        || part switch
        {
            YamlMapping mapping => mapping.Entries.Any(entry => Concerns(misread, root, entry.Value)),
            YamlSequence list => list.Items.Any(item => Concerns(misread, root, item)),
            _ => false,
        };

    private readonly record struct FolderCheck(ValidationCounts Counts, ImmutableArray<Diagnostic> Found);
}

/// <summary>How an engine applies the objects of an overlay.</summary>
internal enum EngineApply
{
    /// <summary>As its Applications of Argo CD say: server-side where they all have <c>ServerSideApply=true</c>.</summary>
    AsApplicationsSay,

    ServerSide,
}

/// <summary>How many objects of the output are valid, invalid or not fully checked.</summary>
/// <param name="Valid">Fully checked, and nothing is wrong.</param>
/// <param name="Invalid">An API server or a controller would refuse it.</param>
/// <param name="Unchecked">Nothing wrong was found, but not everything could be checked.</param>
public sealed record ValidationCounts(int Valid, int Invalid, int Unchecked)
{
    /// <summary>All objects.</summary>
    public int Total => Valid + Invalid + Unchecked;
}
