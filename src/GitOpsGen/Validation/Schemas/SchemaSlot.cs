using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// A place in a CRD where a schema stands. It is compiled when a value first arrives there: a CRD of half a megabyte describes far
/// more than one object uses. Threads may compile it twice; the first result is the one.
/// </summary>
/// <param name="source">The schema as written.</param>
/// <param name="structure">
/// For a schema inside anyOf, oneOf, allOf or not: the structural one for the same value, which alone says what is known and defaulted.
/// </param>
/// <param name="isObject">Whether a whole Kubernetes object stands here, as at the root.</param>
internal sealed class SchemaSlot(YamlNode source, SchemaSlot? structure = null, bool isObject = false)
{
    private Schema? compiled;

    public YamlNode Source { get; } = source;

    public Schema Schema => Volatile.Read(ref compiled) ?? Compile();

    private Schema Compile()
    {
        var made = SchemaCompiler.Compile(Source, structure, isObject);
        return Interlocked.CompareExchange(ref compiled, made, null) ?? made;
    }
}
