namespace GitOpsGen.Packages.Questions;

/// <summary>What a box of a picture stands for.</summary>
internal enum NodeLook
{
    Core,
    Declared,
    Indirect,
    Missing,
}
