using System.Diagnostics.CodeAnalysis;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Updating;

/// <summary>A package that a person asks for: <c>host/path</c>, with <c>:tag</c> or <c>@version</c>, or neither for the newest.</summary>
internal sealed record PackageRequest(Repository Package, VersionSelection? Version)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out PackageRequest? request, [NotNullWhen(false)] out string? problem)
    {
        (request, problem) = (null, null);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var reference = at < 0 ? text : text[..at];
        var colon = reference.IndexOf(':', reference.LastIndexOf('/') + 1);
        var (name, version) = (
            colon < 0 ? reference : reference[..colon],
            at >= 0 ? text[(at + 1)..]
            : colon >= 0 ? reference[(colon + 1)..]
            : null
        );
        VersionSelection? selection = null;
        if (!Repository.TryParse(name, out var repository))
        {
            problem = $"'{name}' is not {Repository.Grammar.Expectation}";
        }
        else if (at >= 0 && colon >= 0)
        {
            problem = "it has a tag and a version; one is enough";
        }
        else if (colon >= 0 && !PackageVersion.TryParse(version!, out _))
        {
            problem = $"the tag '{version}' is not {PackageVersion.Grammar.Expectation}";
        }
        else if (version is null || VersionSelection.TryParse(version, out selection, out problem))
        {
            request = new(repository, selection);
        }

        return request is not null;
    }
}
