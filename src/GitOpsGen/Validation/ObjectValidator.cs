using System.Collections.Concurrent;
using GitOpsGen.Validation.Controllers;
using GitOpsGen.Validation.Schemas;

namespace GitOpsGen.Validation;

/// <summary>
/// Checks an object as an API server with the CRDs of a catalogue would check it on creation, with strict field validation, and as the
/// controllers behind it would. Safe for any number of threads.
/// </summary>
internal sealed class ObjectValidator(CrdCatalogue catalogue)
{
    // A cache: most objects of a fleet are of three kinds.
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), (SchemaSlot Root, ControllerRuleTree? Rules)> served = new();

    /// <summary>Checks one object.</summary>
    /// <param name="document">A document, or an item of a list.</param>
    /// <param name="isServerSide">Whether its engine applies it server-side.</param>
    public ObjectCheck Check(YamlNode document, bool isServerSide = false)
    {
        var inspection = new Inspection(document, isServerSide);
        if (document is YamlMapping mapping)
            Check(mapping, inspection);
        else if (document is not YamlUnreadable)
            inspection.Report(Rules.FieldType, document, "is not a mapping", "Give a Kubernetes object, with apiVersion, kind and metadata.");

        return inspection.ToCheck();
    }

    private void Check(YamlMapping mapping, Inspection inspection)
    {
        if (
            YamlScalar.TextOf(mapping["apiVersion"]) is not { Length: > 0 } apiVersion
            || YamlScalar.TextOf(mapping["kind"]) is not { Length: > 0 } kindName
        )
        {
            EmbeddedObject.Check(mapping, inspection);
            return;
        }

        if (served.TryGetValue((apiVersion, kindName), out var known))
        {
            SchemaWalk.Check(known.Root, mapping, inspection);
            ControllerRules.Check(known.Rules, mapping, inspection);
            return;
        }

        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        var (group, version) = slash < 0 ? ("", apiVersion) : (apiVersion[..slash], apiVersion[(slash + 1)..]);
        var rules = ControllerRules.For(group, kindName);
        if (catalogue.Find(group, kindName) is not { } kind)
        {
            EmbeddedObject.Check(mapping, inspection);
            inspection.Leave(
                Rules.NoSchema,
                mapping["kind"]!,
                $"is not checked against a schema: there is none for {Excerpt.Of(kindName)} of {(group.Length == 0 ? "the core group" : Excerpt.Of(group))}",
                "Give the file with its CustomResourceDefinition."
            );
        }
        else if (kind.Served(version) is not { } found)
        {
            EmbeddedObject.Check(mapping, inspection);
            var versions = string.Join(", ", kind.Versions.Where(v => v.IsServed).Select(v => v.Name));
            inspection.Report(
                Rules.VersionNotServed,
                mapping["apiVersion"]!,
                "apiVersion",
                kind.Origin is { } origin
                    ? $"is {Excerpt.Of(version)}, which {origin} does not serve by default: it serves {versions}"
                    : $"is {Excerpt.Of(version)}, which no server has: the definition serves {Excerpt.Of(versions.Length > 0 ? versions : "no version")}",
                "Use a version that is served, or give the definition that serves this one."
            );
        }
        else
        {
            served.TryAdd((apiVersion, kindName), (found.Root, rules));
            SchemaWalk.Check(found.Root, mapping, inspection);
        }

        ControllerRules.Check(rules, mapping, inspection);
    }
}
