using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Settings;
using GitOpsGen.Tests.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Settings;

/// <summary>Settings from text.</summary>
internal static class SettingsText
{
    public const string Ecr = "registry: { ecr: { account: '123456789012', region: eu-west-2 } }";

    public static Result<ProjectSettings> Read(string text) => SettingsReader.Read(YamlText.File, Encoding.UTF8.GetBytes(text));

    /// <summary>Settings with one environment <c>dev</c> that needs nothing more; <paramref name="more"/> is added at the top level.</summary>
    public static Result<ProjectSettings> With(string more) =>
        Read($"settingsVersion: 1\nenvironments:\n  dev:\n    install: direct\n    {Ecr}\n{more}\n");

    public static ProjectSettings Sound(string text)
    {
        var (settings, found) = Read(text);
        Assert.Empty(found);
        return settings!;
    }
}
