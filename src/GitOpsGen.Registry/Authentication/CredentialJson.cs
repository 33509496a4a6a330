using System.Text.Json.Serialization;

namespace GitOpsGen.Registry.Authentication;

/// <summary>Reads <see cref="CredentialFields"/> without reflection.</summary>
[JsonSerializable(typeof(CredentialFields.Config))]
[JsonSerializable(typeof(CredentialFields.HelperAnswer))]
[JsonSerializable(typeof(CredentialFields.TokenAnswer))]
internal sealed partial class CredentialJson : JsonSerializerContext;
