using System.Text;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>The schemas that the output needs and that no CRD defines, written as in a CRD: ObjectMeta and ConfigMap.</summary>
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
          name: { type: string }
          generateName: { type: string }
          namespace: { type: string }
          labels: { type: object, additionalProperties: { type: string } }
          annotations: { type: object, additionalProperties: { type: string } }
          finalizers: { type: array, items: { type: string } }
          ownerReferences:
            type: array
            items:
              type: object
              required: [apiVersion, kind, name, uid]
              properties:
                apiVersion: { type: string }
                kind: { type: string }
                name: { type: string }
                uid: { type: string }
                controller: { type: boolean }
                blockOwnerDeletion: { type: boolean }
          managedFields: { type: array, items: { type: object, x-kubernetes-preserve-unknown-fields: true } }
          uid: { type: string }
          resourceVersion: { type: string }
          generation: { type: integer }
          selfLink: { type: string }
          creationTimestamp: { type: string, format: date-time }
          deletionTimestamp: { type: string, format: date-time }
          deletionGracePeriodSeconds: { type: integer }

        """;

    // https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/config-map-v1/
    private const string ConfigMapText = """
        type: object
        properties:
          apiVersion: { type: string }
          kind: { type: string }
          metadata: { type: object }
          immutable: { type: boolean }
          data: { type: object, additionalProperties: { type: string } }
          binaryData: { type: object, additionalProperties: { type: string, format: byte } }

        """;
}
