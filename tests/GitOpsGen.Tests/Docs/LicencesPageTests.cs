using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Docs;

/// <summary>The list of what is in the program, made from what was restored for it.</summary>
public sealed partial class LicencesPageTests
{
    [Fact]
    public void The_licences_of_all_that_is_in_the_program_are_listed() => GeneratedPage.Is("licences.md", Page());

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Licences

            GitOpsGen has the [Apache License 2.0](../LICENSE). These packages are in the program, as an executable and in the portable package,
            and nothing else is. The native executables also contain parts of .NET (MIT). The built-in kinds are made from published schemas;
            [their page](../src/GitOpsGen/Validation/Schemas/Tables/README.md) says from which, and whose they are. Beside each published program is
            `sbom.cdx.json`: the same list for that platform, with versions and hashes, in the form of CycloneDX.

            | package | licence |
            |---|---|

            """
        );
        foreach (var (package, licence) in InProgram().Order())
        {
            page.Append(FormattableString.Invariant($"| [{package}](https://www.nuget.org/packages/{package}) | {licence} |\n"));
        }

        return page.ToString();
    }

    private static IEnumerable<(string Package, string Licence)> InProgram()
    {
        var assets = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("src", "GitOpsGen.Cli", "obj", "project.assets.json")))!;
        var folders = assets["packageFolders"]!.AsObject().Select(folder => folder.Key).ToList();
        return assets["targets"]!
            .AsObject()
            .SelectMany(target => target.Value!.AsObject())
            .Where(library => library.Value!["type"]!.GetValue<string>() == "package" && HasCode(library.Value))
            .Select(library => library.Key.Split('/'))
            .Select(name => (name[0], LicenceOf(folders, name[0], name[1])))
            .Distinct();
    }

    private static bool HasCode(JsonNode library) =>
        library["runtime"]?.AsObject().Any(file => !file.Key.EndsWith("_._", StringComparison.Ordinal)) == true;

    private static string LicenceOf(IEnumerable<string> folders, string package, string version)
    {
        var name = package.ToLowerInvariant();
        var description = folders.Select(folder => Path.Combine(folder, name, version, $"{name}.nuspec")).First(File.Exists);
        return Expression().Match(File.ReadAllText(description)) is { Success: true } found
            ? found.Groups[1].Value
            : throw new InvalidOperationException($"{package} says no licence by its name.");
    }

    [GeneratedRegex("<license type=\"expression\">([^<]+)</license>")]
    private static partial Regex Expression();
}
