using System.Text;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// The schemas that the output needs and that no CRD defines, written as in a CRD: ObjectMeta and ConfigMap. The server reads them into Go
/// types, for which null is an absent field.
/// </summary>
internal static class BuiltInSchemas
{
    private static readonly Lazy<SchemaSlot> LazyObjectMeta = new(() => new(Read("ObjectMeta", ObjectMetaText)));
    private static readonly Lazy<SchemaSlot> LazyConfigMap = new(() => new(Read("ConfigMap", ConfigMapText), SchemaRole.Object));

    public static SchemaSlot ObjectMeta => LazyObjectMeta.Value;

    public static SchemaSlot ConfigMap => LazyConfigMap.Value;

    private static YamlNode Read(string name, string text)
    {
        var (node, found) = YamlReader.Read(name, Encoding.UTF8.GetBytes(text));
        return found.IsEmpty && node is not null ? node : throw new InvalidOperationException($"The built-in schema of {name} is not YAML.");
    }

    // https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
    private const string ObjectMetaText = """
        type: object
        properties:
          name: { nullable: true, type: string }
          generateName: { nullable: true, type: string }
          namespace: { nullable: true, type: string }
          labels: { nullable: true, type: object, additionalProperties: { nullable: true, type: string } }
          annotations: { nullable: true, type: object, additionalProperties: { nullable: true, type: string } }
          finalizers: { nullable: true, type: array, items: { type: string } }
          ownerReferences:
            nullable: true
            type: array
            items:
              type: object
              required: [apiVersion, kind, name, uid]
              properties:
                apiVersion: { type: string }
                kind: { type: string }
                name: { type: string }
                uid: { type: string }
                controller: { nullable: true, type: boolean }
                blockOwnerDeletion: { nullable: true, type: boolean }
          managedFields: { nullable: true, type: array, items: { type: object, x-kubernetes-preserve-unknown-fields: true } }
          uid: { nullable: true, type: string }
          resourceVersion: { nullable: true, type: string }
          generation: { nullable: true, type: integer }
          selfLink: { nullable: true, type: string }
          creationTimestamp: { nullable: true, type: string, format: date-time }
          deletionTimestamp: { nullable: true, type: string, format: date-time }
          deletionGracePeriodSeconds: { nullable: true, type: integer }

        """;

    // https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/config-map-v1/
    private const string ConfigMapText = """
        type: object
        properties:
          apiVersion: { type: string }
          kind: { type: string }
          metadata: { type: object }
          immutable: { nullable: true, type: boolean }
          data: { nullable: true, type: object, additionalProperties: { nullable: true, type: string } }
          binaryData: { nullable: true, type: object, additionalProperties: { nullable: true, type: string } }

        """;
}
