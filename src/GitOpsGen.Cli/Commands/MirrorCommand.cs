namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen mirror</c>: what the private registries have to hold.</summary>
internal static class MirrorCommand
{
    public static Command Create(CommandRunner runner) =>
        new DocumentedCommand(
            "mirror",
            "Shows how to copy what is locked into the private registries, and checks that it is there.",
            "gitopsgen mirror plan > mirror.sh",
            "gitopsgen mirror verify"
        )
        {
            MirrorPlanCommand.Create(runner),
            MirrorVerifyCommand.Create(runner),
        };
}
