namespace GitOpsGen.Registry.Oci;

/// <summary>The documents that a tag may stand for. Registries answer 404 for a kind that <c>Accept</c> does not name.</summary>
internal static class MediaTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciImage = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerImage = "application/vnd.docker.distribution.manifest.v2+json";

    public static IReadOnlyList<string> Documents { get; } = [OciIndex, OciImage, DockerList, DockerImage];
}
