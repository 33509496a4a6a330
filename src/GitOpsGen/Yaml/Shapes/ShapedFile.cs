using GitOpsGen.Diagnostics;

namespace GitOpsGen.Yaml.Shapes;

/// <summary>Reads a file of a known shape: the text, then the shape, then what the caller makes of it.</summary>
internal static class ShapedFile
{
    /// <summary>
    /// The value that <paramref name="read"/> makes of the file's keys. It is asked only where the shape holds; all findings that
    /// no setting can soften take the value away.
    /// </summary>
    public static Result<T> Read<T>(string file, ReadOnlySpan<byte> bytes, ObjectShape shape, Func<Fields, DiagnosticBag, T> read)
        where T : class
    {
        var (root, found) = YamlReader.Read(file, bytes);
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        bag.AddRange(found);
        bag.AddRange(root is null ? [] : ShapeChecker.Check(root, shape));
        var value = root is YamlMapping mapping && !bag.HasFixedErrors ? read(new(mapping), bag) : null;
        return new(bag.HasFixedErrors ? null : value, bag.ToImmutable());
    }
}
