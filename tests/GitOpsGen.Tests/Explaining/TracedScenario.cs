using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Planning;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Settings;
using GitOpsGen.Tests.Access;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Explaining;

/// <summary>The two files of a scenario, and everything that is rendered from them, explained.</summary>
internal sealed class TracedScenario
{
    private readonly ProjectSettings settings;
    private readonly string settingsFile;
    private readonly string lockfile;

    private TracedScenario(string name, string settingsFile, string settingsText, string lockfile, string lockfileText)
    {
        Name = name;
        this.settingsFile = settingsFile;
        this.lockfile = lockfile;
        Texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [settingsFile] = settingsText,
            [lockfile] = lockfileText,
        }.ToImmutableDictionary();
        settings = SettingsReader.Read(settingsFile, Encoding.UTF8.GetBytes(settingsText)).Value!;
        Plan = PlanOf(settings, lockfileText);
        Tracer = new(TemplateSet.BuiltIn, Plan, TestContext.Current.CancellationToken);
        Explainer = new(TemplateSet.BuiltIn, Plan, new(Document(lockfile), Document(settingsFile)));
    }

    public string Name { get; }

    public Plan Plan { get; }

    public FileTracer Tracer { get; }

    public Explainer Explainer { get; }

    /// <summary>The lockfile and the settings, by path.</summary>
    public ImmutableDictionary<string, string> Texts { get; }

    public static TracedScenario Of(Scenario scenario)
    {
        var inputs = new InputTree(scenario.Folder);
        var file = inputs.ReadSettings(TestContext.Current.CancellationToken);
        var settings = SettingsReader.Read(file.Path, file.Content!.Value.Span).Value!;
        var locked = inputs.ReadLockfile(settings.Lockfile, TestContext.Current.CancellationToken);
        return new(scenario.Name, file.Path, Text(file.Content.Value), locked.Path, Text(locked.Content!.Value));
    }

    /// <summary>The same with other texts; <see langword="null"/> where they cannot be read any more.</summary>
    public Plan? Changed(ImmutableDictionary<string, string> texts)
    {
        var changed = SettingsReader.Read(settingsFile, Encoding.UTF8.GetBytes(texts[settingsFile])).Value;
        return changed is null ? null : PlanOf(changed, texts[lockfile]);
    }

    public (FileTree Tree, int Failures) Render(TemplateSet templates)
    {
        var (tree, failures) = new TreeRenderer(templates, Plan, TestContext.Current.CancellationToken).Render(1, () => { });
        return (tree, failures.Length);
    }

    private static string Text(ReadOnlyMemory<byte> content) => Encoding.UTF8.GetString(content.Span).TrimStart('\uFEFF');

    private static Plan PlanOf(ProjectSettings settings, string lockfileText)
    {
        var lockfile = LockfileReader.Read("packages.lock.yaml", Encoding.UTF8.GetBytes(lockfileText)).Value;
        Assert.True(lockfile is not null, lockfileText);
        return Plans.PlanOf(settings, lockfile);
    }

    private InputDocument Document(string file) => InputDocument.Read(file, Encoding.UTF8.GetBytes(Texts[file]));
}
