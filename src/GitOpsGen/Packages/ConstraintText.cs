using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Packages;

internal static class ConstraintText
{
    /// <summary>The constraint as a message or a picture shows it: one that is empty can be seen.</summary>
    public static string Shown(this DependencyConstraint constraint) => constraint.Text.Length == 0 ? "\"\"" : Excerpt.Of(constraint.Text);
}
