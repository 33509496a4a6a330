using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Docs;

/// <summary>A page of docs/ that is made from the code: compared with it, and rewritten by <c>GITOPSGEN_ACCEPT=1</c>.</summary>
internal static class GeneratedPage
{
    public static void Is(string name, string text)
    {
        var page = RepositoryRoot.Combine("docs", name);
        if (Environment.GetEnvironmentVariable("GITOPSGEN_ACCEPT") == "1")
        {
            File.WriteAllText(page, text);
            Assert.Fail($"docs/{name} was rewritten; look at the difference and run the tests again.");
        }

        Assert.True(File.Exists(page), $"docs/{name} does not exist; run this test once with GITOPSGEN_ACCEPT=1.");
        Assert.Equal(text, File.ReadAllText(page));
    }
}
