using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Output;
using Xunit;

namespace GitOpsGen.Tests.Output;

public sealed class OutputPathsTests
{
    private static readonly OutputScope Dev = new(new HashSet<string>(StringComparer.Ordinal) { "dev" }, IsComplete: true);

    [Theory]
    [InlineData(".git/config")]
    [InlineData(".GIT/hooks/post-checkout")]
    [InlineData("base/.git")]
    [InlineData("overlays/dev/GIT~1/config")]
    [InlineData(".gitmodules")]
    [InlineData("a/gitmod~1")]
    [InlineData("a/.g\u200dit/config")]
    public void Nothing_is_written_where_git_keeps_what_it_obeys(string path) => AssertRefused(path, "is reserved for GitOpsGen or Git");

    [Theory]
    [InlineData(".gitopsgen-staging/0")]
    [InlineData("overlays/dev/.gitopsgen")]
    [InlineData("a/.GitOpsGen-lock")]
    public void Nothing_is_written_where_the_record_of_files_is(string path) => AssertRefused(path, "is reserved for GitOpsGen or Git");

    [Theory]
    [InlineData("overlays/prod/more.yaml")]
    [InlineData("iam/prod/more.json")]
    public void Nothing_is_written_for_an_environment_that_is_not_rendered(string path) => AssertRefused(path, "'prod'");

    [Theory]
    [InlineData("more")]
    [InlineData("git/config")]
    [InlineData("overlays/dev/.gitignore")]
    [InlineData("overlays/dev/.github/workflows/more.yaml")]
    public void Other_places_are_free(string path) => Assert.Empty(Check((path, "mine")));

    [Theory]
    [InlineData("overlays/dev", "would be inside of the file overlays/dev")]
    [InlineData("overlays/dev/kustomization.yaml/more", "would be inside of the file overlays/dev/kustomization.yaml")]
    [InlineData("Overlays/more", "differs only in case from overlays")]
    public void A_file_and_a_folder_at_one_place_are_refused(string path, string why) => AssertRefused(path, why);

    private static void AssertRefused(string path, string why)
    {
        var found = Assert.Single(Check((path, "mine"), ("overlays/dev/kustomization.yaml", "built-in")));

        Assert.Equal("mine", found.Span!.Value.File);
        Assert.Contains(why, found.Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<Diagnostic> Check(params (string Path, string Template)[] files) =>
        OutputPaths.Check(
            new(files.Select(file => new OutputFile(RelativePath.Parse(file.Path), "x"u8.ToArray(), file.Template))),
            Dev,
            template => template == "mine"
        );
}
