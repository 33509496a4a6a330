using System.Text;
using GitOpsGen.Validation.Controllers;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Validation;

/// <summary>The sources of an Application, as Argo CD counts them.</summary>
public sealed class ArgoSourceTests
{
    [Theory]
    [InlineData("{ source: { chart: one } }", "one")]
    [InlineData("{ source: { chart: one }, sources: [] }", "one")]
    [InlineData("{ sources: [{ chart: one }, { chart: two }] }", "one two")]
    [InlineData("{ source: { chart: ignored }, sources: [{ chart: one }] }", "one")]
    [InlineData("{ sources: [text] }", "")]
    [InlineData("{ project: none }", "")]
    public void Several_sources_replace_the_one(string spec, string charts)
    {
        var read = (YamlMapping)YamlReader.Read("application.yaml", Encoding.UTF8.GetBytes(spec)).Value!;

        Assert.Equal(charts, string.Join(' ', ArgoSource.All(read).Select(source => source.Chart)));
    }
}
