using System.Globalization;
using System.Text.RegularExpressions;
using GitOpsGen.Diagnostics;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Laws;

/// <summary>What must not change the output, over every scenario.</summary>
public sealed partial class ScenarioLawTests
{
    public static TheoryData<string> Scenarios => Scenario.LawNames;

    public static TheoryData<string> EveryScenario => [.. LongProof.Of(Scenario.All(_ => true))];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Check_and_a_second_render_find_nothing_to_do(string name)
    {
        var first = RenderedScenario.Of(new(name));
        Assert.Equal("", first.Before.Without(ScenarioRun.OutputPath(first.Outcome)).DifferenceTo(first.OutsideOutput));
        using var run = first.Copy();

        var check = run.Check();
        var second = run.Render();

        Assert.Empty(check.Changes);
        Assert.Empty(second.Changes);
        // What was said about the step from the old output to the new one is past.
        string[] past = [Rules.ReleaseMoves.Code, Rules.EnvironmentLeft.Code];
        var said = ScenarioRun.Lines(first.Outcome).Where(line => !past.Any(code => line.EndsWith(code, StringComparison.Ordinal))).ToArray();
        Assert.Equal(said, ScenarioRun.Lines(check));
        Assert.Equal(said, ScenarioRun.Lines(second));
        Assert.Equal("", first.After.DifferenceTo(run.Everything));
    }

    [Theory]
    [MemberData(nameof(EveryScenario))]
    public void Check_writes_nothing_and_reports_what_render_does(string name)
    {
        var render = RenderedScenario.Of(new(name)).Outcome;
        using var run = new ScenarioRun(new(name));
        var before = run.Everything;

        var check = run.Check();

        Assert.Equal("", before.DifferenceTo(run.Everything));
        if (!render.HasErrors && !run.Options.Force)
            Assert.Equal(check.Changes.Select(change => (change.Path, change.Kind)), render.Changes.Select(change => (change.Path, change.Kind)));
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Jobs_cultures_and_time_zones_change_nothing(string name)
    {
        var plain = RenderedScenario.Of(new(name));
        foreach (var (jobs, culture, zone) in new[] { (1, "tr-TR", "Pacific/Kiritimati"), (8, "ar-SA", "America/St_Johns") })
        {
            using var elsewhere = new ScenarioRun(new(name));
            elsewhere.Options = elsewhere.Options with { Jobs = jobs };
            using (new Surroundings(culture, zone))
                Assert.Equal(ScenarioRun.Lines(plain.Outcome), ScenarioRun.Lines(elsewhere.Render()));
            Assert.Equal("", plain.After.DifferenceTo(elsewhere.Everything));
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_order_of_entries_and_environments_changes_nothing(string name)
    {
        var plain = RenderedScenario.Of(new(name));
        using var shuffled = new ScenarioRun(
            new(name),
            root =>
            {
                foreach (
                    var file in Directory
                        .GetFiles(root, "*.yaml", SearchOption.AllDirectories)
                        .Where(file => !file.Contains("manifests", StringComparison.Ordinal))
                )
                    File.WriteAllText(file, Reversed(File.ReadAllText(file)));
            }
        );

        Assert.False(shuffled.Render().HasErrors);

        Assert.Equal("", plain.Output.DifferenceTo(shuffled.Output(plain.Outcome)));
    }

    [Fact]
    public void The_order_is_really_another_one()
    {
        foreach (var file in new[] { "packages.lock.yaml", ".config/gitopsgen.yaml" })
        {
            var text = File.ReadAllText(Path.Combine(new Scenario("environments-at-different-versions").Folder, file));
            var reversed = Reversed(text);
            Assert.NotEqual(text, reversed);
            Assert.Equal(text.Split('\n').Order(StringComparer.Ordinal), reversed.Split('\n').Order(StringComparer.Ordinal));
        }
    }

    // The entries of the last list or mapping of the file, last first: packages in a lockfile, environments in settings.
    private static string Reversed(string text)
    {
        var entries = Entry().Matches(text);
        return entries.Count < 2 || LastHeader().Match(text) is not { Success: true } header || header.Index + header.Length != entries[0].Index
            ? text
            : text[..entries[0].Index] + string.Concat(entries.Reverse().Select(entry => entry.Value));
    }

    [GeneratedRegex(@"(?<=^(?:packages|environments):\n(?:^  .*\n)*)  \S.*\n(?:    .*\n)*", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^(?:packages|environments):\n", RegexOptions.Multiline)]
    private static partial Regex LastHeader();

    /// <summary>Another culture and time zone, until disposed.</summary>
    private sealed class Surroundings : IDisposable
    {
        private readonly CultureInfo culture = CultureInfo.CurrentCulture;
        private readonly string? zone = Environment.GetEnvironmentVariable("TZ");

        public Surroundings(string culture, string zone) => Set(CultureInfo.GetCultureInfo(culture), zone);

        public void Dispose() => Set(culture, zone);

        private static void Set(CultureInfo culture, string? zone)
        {
            CultureInfo.CurrentCulture = culture;
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();
        }
    }
}
