namespace GitOpsGen.Validation;

/// <summary>How many objects of the output were found to be what.</summary>
/// <param name="Valid">Checked in full, and nothing is wrong.</param>
/// <param name="Invalid">An API server or a controller would refuse it.</param>
/// <param name="Unchecked">Nothing is wrong as far as it could be checked, and it could not be checked in full.</param>
public sealed record ValidationCounts(int Valid, int Invalid, int Unchecked)
{
    /// <summary>All objects.</summary>
    public int Total => Valid + Invalid + Unchecked;
}
