namespace GitOpsGen.Importing.Comparing;

/// <summary>The reasons for which a rendered object is meant to differ from the existing one. There are no others.</summary>
internal static class Design
{
    public const string Strategy = "'install' decides it for all packages";
    public const string Registry = "the reference names the registry that the core adds";
    public const string ApiVersion = "v1 is the same object";
    public const string Metadata = "labels and annotations of a package are its runtime's, too";
    public const string RuntimeName = "the same runtime under another name";
    public const string ControllerConfig = "the ControllerConfig is converted";
    public const string ChartLists = "the packages are entries of the lockfile";
    public const string SamePulls = "what is rendered pulls the same";
    public const string Stays = "it stays where it is";
    public const string ImageTag = "the lockfile pins the image";
    public const string PodRestart = "the pods restart when the role changes";
    public const string Identity = "'iam' decides it";
    public const string PullSecret = "'pullSecret' decides it";
}
