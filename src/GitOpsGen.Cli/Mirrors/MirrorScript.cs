using GitOpsGen.Iam;
using GitOpsGen.Lockfile;
using GitOpsGen.Planning;

namespace GitOpsGen.Cli.Mirrors;

/// <summary>
/// A mirror plan as a script for a POSIX shell. It can be run again: what is there is left alone, because a registry with immutable tags
/// refuses a second push even of the same image (https://github.com/aws/containers-roadmap/issues/2380).
/// </summary>
/// <param name="output">The folder of the output, which has the documents about access.</param>
/// <param name="flags">Further flags of each <c>skopeo copy</c>.</param>
internal sealed class MirrorScript(RelativePath output, ImmutableArray<string> flags)
{
    // Only ECR's own word for it means that a repository is not there. A role that ECR names in a policy has to exist, so that setting one
    // may fail where making the repository did not.
    private const string Repository = """

        export AWS_PAGER=
        repository() { # ACCOUNT REGION NAME [POLICY]: makes a repository that is not there, with tags that cannot be moved
          said=$(aws ecr describe-repositories --registry-id "$1" --region "$2" --repository-names "$3" 2>&1 >/dev/null) && return
          case $said in
          *RepositoryNotFoundException*) ;;
          *)
            printf '%s\n' "$said" "Nobody knows whether repository $3 is there: 'aws ecr describe-repositories' failed." >&2
            exit 1
            ;;
          esac
          # Signatures have tags like sha256-<digest>.sig, and more of them may come.
          aws ecr create-repository --registry-id "$1" --region "$2" --repository-name "$3" \
            --image-tag-mutability IMMUTABLE_WITH_EXCLUSION \
            --image-tag-mutability-exclusion-filters 'filterType=WILDCARD,filter=sha256-*' >/dev/null
          [ "$#" -lt 4 ] ||
            aws ecr set-repository-policy --registry-id "$1" --region "$2" --repository-name "$3" --policy-text "file://$4" >/dev/null || {
            echo "Repository $3 was made, but not its policy, $4. Set it before anybody of another account pulls." >&2
            exit 1
          }
        }

        """;

    // skopeo does not know referrers; oras copies them, and keeps their list under a tag where the mirror has no referrers API.
    private const string Referrers = """

        referrers() { # SOURCE TARGET: copies what names an image as its subject, with oras: https://oras.land/docs/installation
          command -v oras >/dev/null || {
            echo "The referrers of $1 are copied with oras, which is not installed: https://oras.land/docs/installation" >&2
            exit 1
          }
          oras cp -r "$1" "$2"
        }

        """;

    private readonly StringBuilder text = new();

    public string Of(MirrorPlan plan)
    {
        Line("#!/bin/sh");
        Line("# Copies what is locked into the registries that the environments pull from. Printed by 'gitopsgen mirror plan'; can be run again.");
        AddSource(plan);
        Line("set -eu");
        AddRepositories(plan.EcrRepositories);
        AddImages(plan.Images);
        AddCharts(plan.Charts);
        if (plan is { Images: [], Charts: [] })
        {
            Line("");
            Line("# Nothing has to be copied.");
        }

        return text.ToString();
    }

    /// <summary>Who runs this needs rights that the mirror policy does not give: those to pull from the other registry.</summary>
    private void AddSource(MirrorPlan plan)
    {
        if (plan is { From: null } or { Images: [], Charts: [] })
            return;

        Line("#");
        Line($"# Everything comes from the registry of {plan.From}. Who runs this needs to pull there:");
        var sources = plan.Images.Select(copy => copy.From).Concat(plan.Charts.Select(copy => copy.Source.Image).OfType<Repository>()).Distinct();
        foreach (var host in sources.GroupBy(repository => repository.Host, StringComparer.Ordinal))
        {
            var isEcr = EcrRegistry.TryParseHost(host.Key, out var ecr);
            Line(
                isEcr
                    ? $"# {string.Join(", ", EcrActions.Pull.Prepend(EcrActions.Authorize))}; from another account, the policies of the repositories must allow it too"
                    : $"# a login at {host.Key} that may pull"
            );
            foreach (var repository in host.OrderBy(repository => repository.Path, StringComparer.Ordinal))
                Line($"#   {(isEcr ? ecr!.ArnOf(repository.Path) : repository.ToString())}");
        }
    }

    private void AddRepositories(ImmutableArray<MirrorRepository> repositories)
    {
        if (repositories.IsEmpty)
            return;

        text.Append(Repository);
        foreach (var registry in repositories.GroupBy(repository => repository.Registry.FolderName, StringComparer.Ordinal))
        {
            var ecr = registry.First().Registry;
            Line("");
            Line(
                $"# The repositories of {ecr.Account} in {ecr.Region}. Who runs this needs {output}/iam/registries/{ecr.FolderName}/mirror-policy.json,"
            );
            Line($"# who pulls is in {output}/iam/<environment>/README.md.");
            if (registry.Any(repository => repository.Policy is not null))
                Line("# Run this in the root of the project, where these paths lead to the policies. The roles that they name have to exist.");

            foreach (var repository in registry)
            {
                var policy = repository.Policy is { } shared
                    ? $" {ShellWord.Of($"{output}/iam/registries/{ecr.FolderName}/repository-policy-{shared.Word()}.json")}"
                    : "";
                Line($"repository {ecr.Account} {ecr.Region} {ShellWord.Of(repository.Path)}{policy}");
            }
        }
    }

    private void AddImages(ImmutableArray<ImageCopy> images)
    {
        if (images.IsEmpty)
            return;

        var words = string.Concat(flags.Select(flag => $" {ShellWord.Of(flag)}"));
        Line("");
        Line("holds() { # REFERENCE DIGEST");
        Line("""  [ "$(skopeo inspect --raw "docker://$1" 2>/dev/null | skopeo manifest-digest /dev/stdin 2>/dev/null)" = "$2" ]""");
        Line("}");
        if (images.Any(copy => copy.Attached is not []))
        {
            Line("");
            Line("there() { # REFERENCE");
            Line("""  skopeo inspect --raw "docker://$1" >/dev/null 2>&1""");
            Line("}");
        }

        if (images.Any(copy => copy.Attached.OfType<Attachment.Referrer>().Any()))
            text.Append(Referrers);

        foreach (var copy in images)
        {
            Line("");
            Line($"# {Of(copy.Image.Entry, copy.Image.Entry.Version.Value.Text, copy.Environments)}");
            Line($"holds {ShellWord.Of(copy.Target)} {copy.Digest} ||");
            Line($"  {Copy(words, copy.Source, copy.Target)}");
            AddAttached(copy, words);
        }
    }

    private void AddAttached(ImageCopy copy, string words)
    {
        foreach (var sibling in copy.Attached.OfType<Attachment.Sibling>())
        {
            var target = $"{copy.Image.Repository}{sibling.Suffix}";
            Line($"there {ShellWord.Of(target)} || # {sibling.Kind.Word()}");
            Line($"  {Copy(words, $"{copy.From}{sibling.Suffix}", target)}");
        }

        if (copy.Attached.OfType<Attachment.Referrer>().ToArray() is [_, ..] referrers)
        {
            var all = string.Join(" && ", referrers.Select(referrer => $"there {ShellWord.Of($"{copy.Image.Repository}{referrer.Suffix}")}"));
            Line($"{{ {all}; }} || # {string.Join(", ", referrers.Select(referrer => referrer.Kind.Word()).Distinct())}");
            Line($"  referrers {ShellWord.Of(copy.Source)} {ShellWord.Of($"{copy.Image.Repository}@{copy.Digest}")}");
        }
    }

    private static string Copy(string words, string source, string target) =>
        $"skopeo copy --all --preserve-digests{words} {ShellWord.Of($"docker://{source}")} {ShellWord.Of($"docker://{target}")}";

    private void AddCharts(ImmutableArray<ChartCopy> charts)
    {
        if (charts.Any(copy => copy.Target.Repository.IsOci))
        {
            Line("");
            Line("charts=$(mktemp -d)");
            Line("""trap 'rm -rf "$charts"' EXIT""");
        }

        foreach (var copy in charts)
        {
            Line("");
            Line($"# The chart of {Of(copy.Core, copy.Target.Version.Text, copy.Environments)}");
            AddChart(copy);
        }
    }

    private void AddChart(ChartCopy copy)
    {
        var version = ShellWord.Of(copy.Target.Version.Text);
        if (!copy.Target.Repository.IsOci)
        {
            Line($"# {copy.Target.Repository} takes no 'helm push': publish it there as for that server, from");
            Line($"# helm pull {From(copy.Source)} --version {version}");
            return;
        }

        Line($"helm show chart {From(copy.Target)} --version {version} >/dev/null 2>&1 || {{");
        Line($"  helm pull {From(copy.Source)} --version {version} --destination \"$charts\"");
        Line($"  helm push \"$charts\"/{copy.Source.Name}-{version}.tgz {ShellWord.Of(copy.Target.Repository.Url)}");
        Line("}");
    }

    private static string From(ChartPlan chart) =>
        chart.Repository.IsOci ? ShellWord.Of($"{chart.Repository}/{chart.Name}") : $"{chart.Name} --repo {ShellWord.Of(chart.Repository.Url)}";

    private static string Of(LockEntry entry, string version, ImmutableArray<EnvironmentName> environments) =>
        $"{entry.Package} {version}, {Excerpt.Of(entry.Package.Span.File)} line {entry.Package.Span.Start.Line}, for {string.Join(", ", environments)}";

    private void Line(string line) => text.Append(line).Append('\n');
}
