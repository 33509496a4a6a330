using GitOpsGen.Lockfile;
using GitOpsGen.Settings;
using GitOpsGen.Yaml.Shapes;
using Xunit;

namespace GitOpsGen.Tests.Docs;

/// <summary>The references of the two files a person writes, made from the shapes that read them.</summary>
public sealed class ReferencePageTests
{
    [Fact]
    public void The_reference_of_the_lockfile_says_what_its_reader_takes() =>
        GeneratedPage.Is(
            "lockfile.md",
            $"""
            # packages.lock.yaml

            One entry is one version of one package, and says where it applies. You declare repository, kind, version and environments;
            `gitopsgen lock` fills in the rest ([locking.md](locking.md)). `add`, `update` and `remove` edit entries ([updating.md](updating.md)).

            An entry without `environments` applies wherever no other entry of its package does. The lists of one package's entries must be
            disjoint (GOG2001). A name that is not an environment is an error (GOG2002). A glob that matches no environment is a warning (GOG2003).
            The lockfile does not say where images are mirrored: that is in the [settings](settings.md).

            `[]` means each item of a list. `gitopsgen schema lockfile` prints the same as a JSON Schema, for editors. Unknown and
            repeated keys, wrong types, anchors, aliases, tags and a second document are errors with line and column.

            {ShapeTable.Of(LockfileShape.Document)}
            """
        );

    [Fact]
    public void The_reference_of_the_settings_says_what_their_reader_takes()
    {
        var document = SettingsShape.Document;
        var environment = (ObjectShape)document.Property("defaults")!.Value;
        GeneratedPage.Is(
            "settings.md",
            $"""
            # .config/gitopsgen.yaml

            The settings describe the environments: what they pull from, how packages are installed, who may pull, and what applies the output.
            [installing.md](installing.md) and [access.md](access.md) say what each choice generates.

            `KEY` means a key of your choice, and `[]` each item of a list. `gitopsgen schema settings` prints the same as a JSON Schema,
            for editors. Unknown and repeated keys, wrong types, anchors, aliases, tags and a second document are errors with line
            and column. Paths are relative to the root, the folder that contains `.config`.

            `gitopsgen` is for repositories that more than one machine renders: a laptop, a build and CI with different versions of the tool would
            overwrite each other's files. It is a constraint as packages publish them. A pre-release counts only if the constraint names one,
            as in `>=0.4.0-0 <0.5.0`. Commit the tool's own version with it, in `.config/dotnet-tools.json` (`dotnet new tool-manifest`,
            `dotnet tool install gitopsgen`); then `dotnet tool restore` gets the right one everywhere.

            {ShapeTable.Of(document, environment)}
            ## An environment

            These are the keys of `environments.KEY` and of `defaults`. `defaults` is merged into every environment, and the environment's values
            win. Mappings merge key by key; lists and scalars replace. `registry`, `gitops.argocd.destination` and `gitops.flux.kubeConfig` replace as a whole. `null` is an error.

            {ShapeTable.Of(environment)}
            """
        );
    }
}
