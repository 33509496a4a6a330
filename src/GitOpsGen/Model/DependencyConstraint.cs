namespace GitOpsGen.Model;

/// <summary>
/// What a package asks of a dependency's version: versions, one digest, or something that Crossplane cannot read. Published
/// packages have all three, so reading one never fails; its user decides what an <see cref="Invalid"/> one means.
/// </summary>
internal abstract record DependencyConstraint
{
    private DependencyConstraint() { }

    /// <summary>The text as published.</summary>
    public abstract string Text { get; }

    /// <summary>Reads the <c>version</c> of a dependency.</summary>
    public static DependencyConstraint Parse(string text) =>
        Digest.TryParse(text, out var digest) ? new Exact(digest)
        : text.StartsWith(Digest.Prefix, StringComparison.Ordinal) ? new Invalid(text, "a digest is sha256: and 64 lower-case hexadecimal digits")
        : VersionConstraint.TryParse(text, out var constraint, out var error) ? new Range(constraint)
        : new Invalid(text, error);

    /// <summary>Reads what a package asks of the core's version, for which no digest can stand.</summary>
    public static DependencyConstraint ParseOnCore(string text) =>
        Parse(text) is Exact ? new Invalid(text, "a digest, but the core is compared by its version") : Parse(text);

    /// <summary>
    /// Whether a locked version is known to break the constraint. An unknown digest, and a constraint that cannot be read, exclude nothing.
    /// </summary>
    public bool Excludes(PackageVersion version, Digest? digest = null) =>
        this switch
        {
            Range range => !range.Constraint.Accepts(version),
            Exact exact => digest is not null && digest != exact.Digest,
            _ => false,
        };

    public sealed override string ToString() => Text;

    /// <summary>Any version that the constraint accepts.</summary>
    internal sealed record Range(VersionConstraint Constraint) : DependencyConstraint
    {
        public override string Text => Constraint.Text;
    }

    /// <summary>Exactly one image. Crossplane compares it with the locked version as text, so a tag never meets it.</summary>
    internal sealed record Exact(Digest Digest) : DependencyConstraint
    {
        public override string Text => Digest.Text;
    }

    /// <summary>Neither, and why.</summary>
    internal sealed record Invalid(string Text, string Reason) : DependencyConstraint
    {
        public override string Text { get; } = Text;
    }
}
