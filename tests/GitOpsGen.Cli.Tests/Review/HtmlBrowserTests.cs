using System.Text.Json;
using System.Text.Json.Nodes;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary>The page of <c>gitopsgen diff --format html</c> in a real browser.</summary>
public sealed class HtmlBrowserTests(ReviewedFleet fleet, Browser browser) : IClassFixture<ReviewedFleet>, IClassFixture<Browser>
{
    private const string Focusable = "a[href], summary, select, input, button, [tabindex='0']";
    private const int Tab = 9;
    private const int Enter = 13;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_console_is_empty_and_what_is_hostile_adds_no_script(bool isHostile)
    {
        var path = isHostile ? fleet.Write(HtmlPageTests.HostilePage()) : fleet.Page;

        var page = await browser.Open(path, Watch);

        Assert.Empty(page.Console);
        Assert.Empty(await page.Evaluate<string[]>("violations"));
        Assert.Equal(1, await page.Evaluate<int>("document.scripts.length"));
        Assert.Equal(0, await page.Evaluate<int>("document.querySelectorAll('img, iframe, object, embed, link, base, form').length"));
        // What the policy forbids is forbidden: a script of somebody else's is reported and does nothing.
        await page.Evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'acted = 1' }))");
        await page.Until("violations.length > 0");
        Assert.Equal("undefined", await page.Evaluate<string>("typeof acted"));
    }

    [Fact]
    public async Task It_folds_and_shows_everything_without_a_script()
    {
        var page = await browser.Open(fleet.Page, p => p.Send("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = true }));

        Assert.False(await page.Evaluate<bool>("document.getElementById('filter').checkVisibility()"));
        Assert.Equal(0, await page.Evaluate<int>("document.querySelectorAll('button').length"));
        const string Folded = "#files details";
        Assert.False(await page.Evaluate<bool>($"document.querySelector('{Folded}').open"));
        await page.Click($"{Folded} summary");
        await page.Until($"document.querySelector('{Folded}').open && document.querySelector('{Folded} li').checkVisibility()");
        // On paper nothing is folded, whatever it was on the screen.
        await page.Media("light", "print");
        Assert.True(await page.Evaluate<bool>("[...document.querySelectorAll('#files li')].every(e => e.getBoundingClientRect().height > 0)"));
    }

    [Fact]
    public async Task The_filters_leave_what_they_name_and_tables_sort()
    {
        var page = await browser.Open(fleet.Page);

        await Choose("environment", "dev");
        Assert.All(await Shown("#packages tr[data-kind]", "dataset.environments"), names => Assert.Contains("dev", names.Split(' ')));
        Assert.Contains(" of ", await page.Evaluate<string>("document.getElementById('shown').textContent"), StringComparison.Ordinal);
        await Choose("environment", "");
        await Choose("kind", "package: removed");
        Assert.All(await Shown("[data-kind]", "dataset.kind"), kind => Assert.Equal("package: removed", kind));
        await Choose("kind", "");
        await Choose("text", "AUTO-READY");
        Assert.All(await Shown("[data-kind]", "textContent"), text => Assert.Contains("auto-ready", text, StringComparison.OrdinalIgnoreCase));
        await Choose("text", "");

        await page.Click("#packages thead th:first-child button");
        var names = await Shown("#packages tbody th", "textContent");
        Assert.Equal(names.Order(StringComparer.InvariantCultureIgnoreCase), names);
        Assert.Equal("ascending", await page.Evaluate<string>("document.querySelector('#packages th').ariaSort"));

        async Task Choose(string control, string value)
        {
            await page.Evaluate(
                $"(e => {{ e.value = {JsonSerializer.Serialize(value)}; e.dispatchEvent(new Event('input', {{ bubbles: true }})); }})(document.getElementById('{control}'))"
            );
        }

        async Task<string[]> Shown(string selector, string property)
        {
            var texts = await page.Evaluate<string[]>(
                $"[...document.querySelectorAll(\"{selector}\")].filter(e => !e.hidden).map(e => e.{property} ?? 'dev')"
            );
            Assert.NotEmpty(texts);
            return texts;
        }
    }

    [Fact]
    public async Task The_keyboard_reaches_all_and_one_sees_where_it_is()
    {
        var page = await browser.Open(fleet.Page);
        var all = await page.Evaluate<int>(
            $"(window.reachable = [...document.querySelectorAll(\"{Focusable}\")].filter(e => e.checkVisibility({{ contentVisibilityAuto: true }}))).length"
        );
        Assert.InRange(all, 30, 1000);

        var invisible = new List<string>();
        for (var i = 0; i < all; i++)
        {
            await page.Press("Tab", Tab);
            if (
                await page.Evaluate<string>(
                    "(e => { e.reached = true; return getComputedStyle(e).outlineStyle === 'none' ? e.outerHTML.slice(0, 100) : ''; })(document.activeElement)"
                ) is
                { Length: > 0 } found
            )
            {
                invisible.Add(found);
            }
        }

        Assert.Empty(invisible);
        Assert.Empty(await page.Evaluate<string[]>("reachable.filter(e => !e.reached).map(e => e.outerHTML.slice(0, 100))"));
        await page.Evaluate("document.querySelector('#files summary').focus()");
        await page.Press("Enter", Enter, "\r");
        await page.Until("document.querySelector('#files details').open");
    }

    [Fact]
    public async Task On_a_narrow_screen_nothing_is_beside_it()
    {
        var page = await browser.Open(fleet.Page, p => p.Size(360, 800));
        await page.Evaluate("document.querySelectorAll('details').forEach(e => e.open = true)");

        Assert.Equal(360, await page.Evaluate<int>("document.scrollingElement.scrollWidth"));
        Assert.Equal(360, await page.Evaluate<int>("innerWidth"));
    }

    [Theory]
    [InlineData("light", false)]
    [InlineData("dark", false)]
    [InlineData("light", true)]
    [InlineData("dark", true)]
    public async Task Axe_finds_nothing(string scheme, bool isNarrow)
    {
        var axe = RepositoryRoot.Combine("artifacts", "tools", "node_modules", "axe-core", "axe.min.js");
        Prerequisite.Require(File.Exists(axe), "axe-core is not installed; .ci/install-tools installs it.");
        var page = await browser.Open(
            fleet.Page,
            async p =>
            {
                await p.Media(scheme);
                await p.Size(isNarrow ? 360 : 1280, 800);
            }
        );
        await page.Evaluate("document.querySelectorAll('details').forEach(e => e.open = true)");
        await page.Evaluate($"{await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken)}; 0");

        var result = await page.Evaluate(
            "axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast-enhanced': { enabled: false } } })"
        );

        Assert.InRange(result!["passes"]!.AsArray().Count, 20, 1000);
        Assert.Empty(
            result["violations"]!
                .AsArray()
                .Select(rule =>
                    $"{rule!["id"]}: {string.Join(" | ", rule["nodes"]!.AsArray().Select(node => node!["failureSummary"] + " " + node["html"]))}"
                )
        );
    }

    /// <summary>The pictures of docs/review.md: <c>GITOPSGEN_ACCEPT=1</c> writes them.</summary>
    [Theory]
    [InlineData("review-light", "light", 1200, 760)]
    [InlineData("review-dark", "dark", 1200, 760)]
    public async Task A_picture_for_the_docs_is_small(string name, string scheme, int width, int height)
    {
        var page = await browser.Open(
            fleet.Page,
            async p =>
            {
                await p.Media(scheme);
                await p.Size(width, height);
            }
        );

        var picture = await page.Screenshot();

        Assert.InRange(picture.Length, 10_000, 100_000);
        var path = RepositoryRoot.Combine("docs", "pictures", $"{name}.png");
        if (Environment.GetEnvironmentVariable("GITOPSGEN_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, picture, TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(path), $"{path} is missing; GITOPSGEN_ACCEPT=1 writes it.");
    }

    private static Task Watch(BrowserPage page) =>
        page.Send(
            "Page.addScriptToEvaluateOnNewDocument",
            new JsonObject
            {
                ["source"] =
                    "var violations = []; addEventListener('securitypolicyviolation', e => violations.push(`${e.violatedDirective} ${e.blockedURI}`));",
            }
        );
}
