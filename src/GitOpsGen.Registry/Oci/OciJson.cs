using System.Text.Json.Serialization;

namespace GitOpsGen.Registry.Oci;

/// <summary>Reads <see cref="OciFields"/> without reflection.</summary>
[JsonSerializable(typeof(OciFields.Document))]
[JsonSerializable(typeof(OciFields.TagPage))]
[JsonSerializable(typeof(OciFields.Errors))]
internal sealed partial class OciJson : JsonSerializerContext;
