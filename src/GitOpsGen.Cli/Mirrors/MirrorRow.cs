using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Registry.Mirrors;

namespace GitOpsGen.Cli.Mirrors;

/// <summary>One place of a mirror, and what is there.</summary>
/// <param name="Target">The reference.</param>
/// <param name="Entry">The lock entry that wants it there.</param>
/// <param name="Environments">Who pulls it from there.</param>
/// <param name="Reading">What was found.</param>
internal sealed record MirrorRow(string Target, LockEntry Entry, ImmutableArray<EnvironmentName> Environments, MirrorReading Reading)
{
    /// <summary>The state as users read it, in every form.</summary>
    public string Word =>
        Reading.State switch
        {
            MirrorState.Same => "ok",
            MirrorState.Missing => "missing",
            MirrorState.Different => "different",
            MirrorState.AnnotationLost => "annotation lost",
            _ => "unknown",
        };

    /// <summary>Whether the mirror is known not to have what is locked.</summary>
    public bool Differs => Reading.State is not (MirrorState.Same or MirrorState.Unknown);

    /// <summary>What a person has to do about it; <see langword="null"/>: nothing.</summary>
    public Diagnostic? Finding =>
        Reading switch
        {
            { State: MirrorState.Missing } => new(
                Rules.MirrorLacks,
                $"{Target} is missing, or a part of it; {For} pulls it.",
                "Run what 'gitopsgen mirror plan' prints.",
                Entry.Package.Span
            ),
            { State: MirrorState.Different } => new(
                Rules.MirrorDiffers,
                $"{Target} is {Reading.Found} and not the locked {Entry.Digest}; {For} pulls it.",
                "Find out who moved the tag; then delete it and run what 'gitopsgen mirror plan' prints, or review and lock the other image.",
                Entry.Digest!.Value.Span
            ),
            { State: MirrorState.AnnotationLost } => new(
                Rules.AnnotationLost,
                $"{Target} is {Reading.Found}, an image without the annotation of a package; {For} pulls it.",
                "'docker pull', 'tag' and 'push' lose it: delete the tag and copy with skopeo or crane, as 'gitopsgen mirror plan' prints it.",
                Entry.Digest!.Value.Span
            ),
            { WasNeverAnnotated: true } => new(
                Rules.NeverAnnotated,
                $"{Entry.Package} {Entry.Version} was published without the annotation of a package.",
                "Crossplane reads the whole image for it, which can take too long: ask its publisher to push it with the crossplane or up program.",
                Entry.Package.Span
            ),
            { Failure: { } failure } => failure.ToDiagnostic(Entry.Package.Span),
            _ => null,
        };

    private string For => Environments is [var one] ? one.ToString() : $"each of {string.Join(", ", Environments)}";
}
