using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOpsGen.Tests.Yaml;

/// <summary>Reads a document through YamlDotNet's parser, plain scalars typed by the core schema.</summary>
internal static class YamlEvents
{
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf("test");

    public static YamlNode Read(string document)
    {
        var parser = new Parser(new StringReader(document));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        var node = Node(parser);
        parser.Consume<DocumentEnd>();
        parser.Consume<StreamEnd>();
        return node;
    }

    private static YamlNode Node(Parser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            var isPlain = scalar.Style == ScalarStyle.Plain;
            return new YamlScalar(isPlain ? CoreSchema.KindOf(scalar.Value) : ScalarKind.String, scalar.Value, Nowhere) { IsPlain = isPlain };
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = ImmutableArray.CreateBuilder<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(parser));
            return new YamlSequence(items.ToImmutable(), Nowhere);
        }

        parser.Consume<MappingStart>();
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
            entries.Add(new YamlEntry((YamlScalar)Node(parser), Node(parser)));
        return new YamlMapping(entries.ToImmutable(), Nowhere);
    }
}
