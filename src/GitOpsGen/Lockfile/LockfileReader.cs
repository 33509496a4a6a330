using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Lockfile;

/// <summary>Reads <c>packages.lock.yaml</c>: either all of it, or every reason why not, each at its place.</summary>
internal static class LockfileReader
{
    public static Result<PackageLock> Read(string file, ReadOnlySpan<byte> bytes) =>
        ShapedFile.Read(
            file,
            bytes,
            LockfileShape.Document,
            (root, bag) =>
                new PackageLock([.. root.List("packages").Select((node, index) => ReadEntry(index, new((YamlMapping)node), bag)).OfType<LockEntry>()])
        );

    private static LockEntry? ReadEntry(int index, Fields entry, DiagnosticBag bag)
    {
        var package = entry.Required<Repository>("package", Repository.TryParse);
        var name = entry.Optional<ObjectName>("name", ObjectName.TryParse);
        if ((name?.Value ?? ObjectName.Derive(package.Value)) is not { } objectName)
        {
            bag.Add(Rules.NoObjectName, package.Span, $"No object name can be derived from {package.Value}.", "Add 'name' to the entry.");
            return null;
        }

        return new()
        {
            Index = index,
            Package = package,
            Kind = Enum.Parse<PackageKind>(entry.Text("kind")!),
            Version = entry.Required<PackageVersion>("version", PackageVersion.TryParse),
            Locked = entry.Optional<LockedTag>("locked", LockedTag.TryParse),
            UnboundDigest = entry.Optional<Digest>("digest", Digest.TryParse),
            Published = entry.Optional<PublicationDate>("published", PublicationDate.TryParse),
            Chart = entry.Object("chart") is { } chart ? new(ReadChart(chart), chart.Span) : null,
            IsIndirect = entry.Flag("indirect"),
            Attached = entry.Has("attached") ? [.. entry.List("attached").Select(node => ReadAttachment(new((YamlMapping)node)))] : null,
            RequiresCrossplane = entry.Scalar("requiresCrossplane") is { } core ? new(DependencyConstraint.ParseOnCore(core.Text), core.Span) : null,
            DependsOn = entry.Has("dependsOn") ? [.. entry.List("dependsOn").Select(node => ReadDependency(new((YamlMapping)node)))] : null,
            Environments = entry.Has("environments") ? entry.Items<NamePattern>("environments", NamePattern.TryParse) : null,
            Name = name,
            ObjectName = objectName,
            Span = entry.Span,
        };
    }

    private static ChartPin ReadChart(Fields chart) =>
        new(
            chart.Required<ChartRepository>("repository", ChartRepository.TryParse).Value,
            chart.Required<ChartVersion>("version", ChartVersion.TryParse).Value
        );

    private static Attachment ReadAttachment(Fields attachment)
    {
        var kind = AttachmentKinds.Parse(attachment.Text("kind")!);
        return attachment.Has("tag")
            ? new Attachment.Sibling(kind, attachment.Required<SiblingTag>("tag", SiblingTag.TryParse).Value)
            : new Attachment.Referrer(kind, attachment.Required<Digest>("digest", Digest.TryParse).Value);
    }

    private static Dependency ReadDependency(Fields dependency)
    {
        var constraint = dependency.Scalar("constraint")!;
        return new(
            dependency.Required<Repository>("package", Repository.TryParse),
            Enum.Parse<PackageKind>(dependency.Text("kind")!),
            new(DependencyConstraint.Parse(constraint.Text), constraint.Span)
        );
    }
}
