using System.Diagnostics.CodeAnalysis;

namespace GitOpsGen.Model;

/// <summary>
/// The versions that a person asks for on the command line: one exactly, or those of a constraint as packages publish them, or of a
/// range or floating version as NuGet writes them.
/// </summary>
internal abstract record VersionSelection
{
    private VersionSelection() { }

    /// <summary>As it was typed.</summary>
    public abstract string Text { get; }

    /// <summary>Whether a pre-release is asked for by name, so that such versions count.</summary>
    public abstract bool NamesPrerelease { get; }

    /// <summary>
    /// Reads a selection. What stands in <c>[ ]</c> or <c>( )</c> is NuGet's, and so is <c>-*</c>; everything else that is no complete version
    /// is a constraint, which <c>2.*</c> and <c>*</c> are to both.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionSelection? selection, [NotNullWhen(false)] out string? problem)
    {
        (selection, problem) = (null, null);
        if (PackageVersion.TryParse(text, out var version))
        {
            selection = new Exact(version);
        }
        else if (string.IsNullOrWhiteSpace(text))
        {
            problem = "it is empty";
        }
        else if (text.StartsWith(Digest.Prefix, StringComparison.Ordinal))
        {
            problem = "it is a digest; a version is a tag, whose digest is looked up";
        }
        else if (text[0] is '[' or '(')
        {
            selection = NuGetRange.TryParse(text, out var range, out problem) ? new Range(range) : null;
        }
        else if (FloatingPrerelease.TryParse(text, out var floating))
        {
            selection = new Floating(floating);
        }
        else if (VersionConstraint.TryParse(text, out var constraint, out problem))
        {
            selection = new Constrained(constraint);
        }

        return selection is not null;
    }

    /// <summary>Whether the version is among them.</summary>
    public abstract bool Accepts(PackageVersion version);

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    /// <summary>One version, with or without a leading <c>v</c>.</summary>
    internal sealed record Exact(PackageVersion Version) : VersionSelection
    {
        public override string Text => Version.Text;

        public override bool NamesPrerelease => Version.IsPrerelease;

        public override bool Accepts(PackageVersion version) => version.ComparePrecedence(Version) == 0;
    }

    /// <summary>What a constraint accepts.</summary>
    internal sealed record Constrained(VersionConstraint Constraint) : VersionSelection
    {
        public override string Text => Constraint.Text;

        public override bool NamesPrerelease => Constraint.Groups.Any(group => group.AcceptsPrereleases);

        public override bool Accepts(PackageVersion version) => Constraint.Accepts(version);
    }

    /// <summary>What stands between two bounds.</summary>
    internal sealed record Range(NuGetRange Bounds) : VersionSelection
    {
        public override string Text => Bounds.Text;

        public override bool NamesPrerelease => Bounds.NamesPrerelease;

        public override bool Accepts(PackageVersion version) => Bounds.Accepts(version.Precedence);
    }

    /// <summary>One release and the pre-releases before it.</summary>
    internal sealed record Floating(FloatingPrerelease Versions) : VersionSelection
    {
        public override string Text => Versions.Text;

        public override bool NamesPrerelease => true;

        public override bool Accepts(PackageVersion version) => Versions.Accepts(version.Precedence);
    }
}
