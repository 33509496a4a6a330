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
            `gitopsgen lock` fills the rest, in place ([locking.md](locking.md)), and `add`, `update` and `remove` edit entries
            ([updating.md](updating.md)).

            An entry without `environments` applies wherever no other entry of its package does. The lists of one package's entries must be
            disjoint (GOG2001). A name that no environment bears is an error (GOG2002), a glob that matches none a warning (GOG2003). Nothing here says where
            images are mirrored: that is in the [settings](settings.md).

            `[]` stands for each item of a list. `gitopsgen schema lockfile` prints the same as a JSON Schema, for editors. Unknown and
            repeated keys, other types, anchors, aliases, tags and a second document are errors at their line and column.

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

            The environments: what they pull from, how packages are installed, who may pull, what applies the output.
            [installing.md](installing.md) and [access.md](access.md) say what comes out of each choice.

            `KEY` stands for a key of your choice, `[]` for each item of a list. `gitopsgen schema settings` prints the same as a JSON Schema,
            for editors. Unknown and repeated keys, other types, anchors, aliases, tags and a second document are errors at their line
            and column. Paths are relative to the root, the folder that holds `.config`.

            {ShapeTable.Of(document, environment)}
            ## An environment

            The keys of `environments.KEY` and of `defaults`. `defaults` is merged under every environment: mappings key by key, while
            lists and scalars replace; `registry` and `gitops.argocd.destination` replace as a whole. `null` is an error.

            {ShapeTable.Of(environment)}
            """
        );
    }
}
