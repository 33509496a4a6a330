using GitOpsGen.Importing.Installed;
using GitOpsGen.Planning;
using GitOpsGen.Review;

namespace GitOpsGen.Importing.Comparing;

/// <summary>Compares the core that is installed with the one that is rendered: image, chart, release and values.</summary>
internal sealed class CoreComparer(ImportedCore? existing, EnvironmentPlan plan, FindingPlaces findings, Action<ImportDifference> add)
{
    /// <summary>What stands for the core in differences.</summary>
    public const string Object = "core";

    private static readonly string[] ChartLists = ["values.provider.packages", "values.function.packages", "values.configuration.packages"];

    public void Compare()
    {
        if (existing is null || plan.Core is not { } core)
        {
            if ((existing is null) != (plan.Core is null))
                Add("", existing?.Version.Value, plan.Core?.Image.Entry.Version.Value.Text, existing is null ? Verdict.New : Verdict.Missing, "");

            return;
        }

        CompareImage(core);
        CompareTexts("chart.repository", existing.ChartRepository?.TrimEnd('/'), core.Chart?.Repository.Url.TrimEnd('/'));
        CompareTexts("chart.version", existing.ChartVersion, core.Chart?.Version.Text);
        CompareTexts("release", existing.Release, plan.Settings.Crossplane.Release);
        CompareTexts("namespace", existing.Namespace, plan.Settings.Crossplane.Namespace);
        CompareValues(core);
    }

    private void CompareImage(CorePlan core)
    {
        var generated = core.Values;
        var place = Named(existing!.Image?.Value ?? existing.Package);
        var otherPlace = Named(generated.TextAt("image", "repository") ?? "");
        var tag = existing.Digest is null ? existing.Version.Value : $"{existing.Version.Value}@{existing.Digest}";
        var otherTag = generated.TextAt("image", "tag");
        if ((place, tag) != (otherPlace, otherTag))
        {
            var isSameVersion = existing.Version.Value == otherTag?.Split('@')[0];
            var isMove = isSameVersion && place != otherPlace;
            add(
                new(
                    Object,
                    "pull",
                    $"{place}:{tag}",
                    $"{otherPlace}:{otherTag}",
                    Verdict.Differs,
                    isMove ? "the core's image moves"
                        : isSameVersion ? "'pin' decides whether the digest counts"
                        : "another version"
                )
                {
                    Span = existing.Image?.Span ?? existing.Version.Span,
                    Code = isMove ? Rules.ImportCoreMoves.Code : null,
                }
            );
        }
        else if (existing.ExistingValues.TextAt("image", "tag") != generated.TextAt("image", "tag"))
        {
            Add(
                "values.image.tag",
                existing.ExistingValues.TextAt("image", "tag"),
                generated.TextAt("image", "tag"),
                Verdict.ByDesign,
                Design.ImageTag
            );
        }
    }

    private static string Named(string repository) => Pulls.Known(PackageReference.Parse(repository).In("docker.io"));

    private void CompareTexts(string field, string? now, string? then)
    {
        if (now != then)
            Add(field, now, then, Verdict.Differs, "");
    }

    private void CompareValues(CorePlan core)
    {
        foreach (var (change, place) in NodeDifference.Placed(Comparable.Values(existing!.ExistingValues), Comparable.Values(core.Values)))
        {
            var field = $"values.{change.Path}";
            var reason = Reason(field, change);
            var difference = new ImportDifference(
                Object,
                field,
                change.From,
                change.To,
                reason is null ? Verdict.Differs : Verdict.ByDesign,
                reason ?? ""
            );
            add(place is null ? difference with { Span = existing.Version.Span } : findings.Complete(difference, place, place.Span));
        }
    }

    // Only what appears because of a setting of its own is by design; a value that changes is not.
    private string? Reason(string field, FieldChange change) =>
        ChartLists.Any(list => field.StartsWith(list, StringComparison.Ordinal) || list.StartsWith($"{field}.", StringComparison.Ordinal))
        && change.To is null
            ? Design.ChartLists
        : change.From is not null ? null
        : field.StartsWith("values.customAnnotations", StringComparison.Ordinal) && IsRole ? Design.PodRestart
        : field.StartsWith("values.serviceAccount", StringComparison.Ordinal) && IsRole ? Design.Identity
        : field.StartsWith("values.imagePullSecrets", StringComparison.Ordinal) && plan.Core!.Image.Place.Route.PullSecret is not null
            ? Design.PullSecret
        : null;

    private bool IsRole => plan.Settings.Iam?.PackageManager is not null;

    private void Add(string field, string? now, string? then, Verdict verdict, string reason) =>
        add(new(Object, field, now, then, verdict, reason) { Span = existing?.Version.Span });
}
