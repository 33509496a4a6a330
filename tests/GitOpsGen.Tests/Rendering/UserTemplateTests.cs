using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Rendering;

/// <summary>The user's templates over the built-in ones: what is read, what is listed, what is refused.</summary>
public sealed class UserTemplateTests
{
    private const string Package = "base/{object}/package.yaml";

    [Theory]
    [InlineData("templates/x.txt.scriban", false)]
    [InlineData("templates/linked", true)]
    [InlineData("templates", true)]
    public void No_link_is_followed(string path, bool isFolder)
    {
        using var run = Run();
        var link = Path.Combine(run.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (isFolder)
            Directory.CreateSymbolicLink(link, Directory.CreateDirectory(Path.Combine(run.Root, "secret")).FullName);
        else
            File.CreateSymbolicLink(link, Path.Combine(run.Root, "packages.lock.yaml"));

        var found = Assert.Single(run.Check().Diagnostics);

        Assert.Equal((Rules.TemplateUnusable, path), (found.Rule, found.Span!.Value.File));
    }

    [Theory]
    [InlineData("tmplates")]
    [InlineData("docs")]
    public void A_folder_that_the_settings_name_has_templates(string named)
    {
        using var run = Run();
        Write(run, "templates/_header.scriban", "mine");
        Write(run, "docs/page.md", "a page");
        var settings = Path.Combine(run.Root, ".config", "gitopsgen.yaml");
        File.WriteAllText(settings, $"templates: {named}\n{File.ReadAllText(settings)}");

        var found = Assert.Single(run.Check().Diagnostics);
        var listed = Assert.Single(Templates.List(new InputTree(run.Root), TestContext.Current.CancellationToken).Found);

        Assert.Equal(
            (Rules.TemplateUnusable, ".config/gitopsgen.yaml", 1, 12),
            (found.Rule, found.Span!.Value.File, found.Span.Value.Start.Line, found.Span.Value.Start.Column)
        );
        Assert.Equal(found.Rule, listed.Rule);
    }

    [Fact]
    public void Text_that_is_not_utf_8_is_found_at_its_place()
    {
        using var run = Run();
        Directory.CreateDirectory(Path.Combine(run.Root, "templates"));
        File.WriteAllBytes(Path.Combine(run.Root, "templates", "x.txt.scriban"), [(byte)'a', (byte)'\n', 0xff]);

        var found = Assert.Single(run.Check().Diagnostics);

        Assert.Equal((Rules.Encoding, 2, 1), (found.Rule, found.Span!.Value.Start.Line, found.Span.Value.Start.Column));
    }

    [Fact]
    public void Too_many_files_are_refused()
    {
        using var run = Run();
        var folder = Directory.CreateDirectory(Path.Combine(run.Root, "templates")).FullName;
        for (var i = 0; i <= TemplateFolder.MaximumFiles; i++)
            File.WriteAllText(Path.Combine(folder, $"{i}.txt"), "");

        Assert.Equal([Rules.TemplateUnusable], run.Check().Diagnostics.Select(d => d.Rule));
    }

    [Fact]
    public void A_finding_that_the_settings_made_a_warning_stops_no_render()
    {
        using var run = new ScenarioRun(
            new("a-template-that-loses-an-access-document"),
            root => File.AppendAllText(Path.Combine(root, ".config", "gitopsgen.yaml"), "\nrules:\n  GOG3209: warning\n")
        );

        var outcome = run.Render();

        Assert.All(outcome.Diagnostics, found => Assert.Equal((Rules.AccessLost, Severity.Warning), (found.Rule, found.Severity)));
        Assert.NotEmpty(outcome.Diagnostics);
        Assert.NotEmpty(outcome.Changes);
        Assert.Empty(run.Check().Changes);
    }

    [Fact]
    public void An_ejected_template_is_equal_to_its_original_and_renders_the_same()
    {
        using var run = Run();
        Assert.Empty(run.Render().Diagnostics);
        var (files, found) = Templates.Eject(
            new InputTree(run.Root),
            TemplateSet.BuiltInSources().Select(source => source.Name),
            TestContext.Current.CancellationToken
        );
        Assert.Empty(found);
        foreach (var (path, text) in files)
            Write(run, path.Value, text);

        var (list, _) = Templates.List(new InputTree(run.Root), TestContext.Current.CancellationToken);

        Assert.All(list, listing => Assert.Equal(TemplateState.Equal, listing.State));
        Assert.Empty(run.Check().Changes);
    }

    [Fact]
    public void An_ejected_header_renders_nothing_in_any_template()
    {
        var sources = TemplateSet.BuiltInSources().ToList();
        using var run = Run();
        run.Render();
        foreach (var source in sources)
            Write(run, source.File, EjectedTemplate.Of(source.Text) + "{{- ## another text, the same output ## -}}");

        var check = run.Check();

        Assert.Empty(check.Diagnostics);
        Assert.Empty(check.Changes);
    }

    [Fact]
    public void The_list_says_where_each_template_comes_from()
    {
        using var run = Run();
        Write(run, $"templates/{Package}.scriban", TemplateSet.BuiltInSources().Single(source => source.Name == Package).Text + "# more\n");
        Write(run, "templates/own.txt.scriban", "x");
        Write(run, "templates/_unused.scriban", "x");
        Write(run, "templates/README.md", "x");

        var (list, found) = Templates.List(new InputTree(run.Root), TestContext.Current.CancellationToken);

        Assert.Empty(found);
        var byPath = list.ToDictionary(listing => listing.Path);
        Assert.Equal(TemplateState.Overridden, byPath[Package].State);
        Assert.Equal(TemplateState.Added, byPath["own.txt"].State);
        Assert.Equal(TemplateState.Ignored, byPath["templates/README.md"].State);
        Assert.Equal(TemplateState.BuiltIn, byPath["_header"].State);
        Assert.Equal(["_unused"], list.Where(listing => listing.IsUnused).Select(listing => listing.Path));
    }

    [Theory]
    [InlineData("base/{object}/packages.yaml", Package)]
    [InlineData("base/x/package.yaml", Package)]
    [InlineData("templates/_policy.jsn.scriban", "_policy.json")]
    public void A_path_that_is_none_is_answered_with_a_near_one(string path, string near)
    {
        var (text, problem) = Templates.Show(path);

        Assert.Null(text);
        Assert.Contains(near, problem!.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_that_take_too_much_together_end_at_a_limit()
    {
        using var run = Run();
        for (var i = 0; i < 40; i++)
            Write(
                run,
                $"templates/overlays/{{environment}}/x/{{object}}-{i}.txt.scriban",
                "{{ text = 'x' * 1000000; for i in 1..28; same = text; end }}" // a step for each 32 characters
            );

        var found = Assert.Single(run.Check().Diagnostics);

        Assert.Equal(Rules.TemplateLimit, found.Rule);
        Assert.Contains("All templates together", found.Message, StringComparison.Ordinal);
    }

    private static ScenarioRun Run() => new(new("a-package-leaves"), root => Directory.Delete(Path.Combine(root, "manifests"), recursive: true));

    private static void Write(ScenarioRun run, string path, string text)
    {
        var full = Path.Combine(run.Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
