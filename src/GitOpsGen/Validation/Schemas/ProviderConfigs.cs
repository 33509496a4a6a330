namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// How provider-kubernetes reaches its cluster: the one object of a provider's own that nearly every control plane has beside its packages.
/// What an identity may be grows with its versions, so that its type is free.
/// </summary>
internal static class ProviderConfigs
{
    private static readonly Lazy<SchemaSlot> Schema = new(() => new(Read(), SchemaRole.ObjectWithStatus));

    public static CrdKind? Find(string group, string kind) =>
        (group, kind)
            is
                ("kubernetes.crossplane.io", "ProviderConfig")
                or
                ("kubernetes.m.crossplane.io", "ProviderConfig")
                or
                ("kubernetes.m.crossplane.io", "ClusterProviderConfig")
            ? new(group, kind, [new("v1alpha1", IsServed: true, Schema.Value)]) { Origin = "provider-kubernetes" }
            : null;

    private static YamlNode Read() =>
        YamlReader.Read("ProviderConfig", Encoding.UTF8.GetBytes(Text)) is { Value: { } node, Diagnostics.IsEmpty: true }
            ? node
            : throw new InvalidOperationException("The built-in schema of ProviderConfig is not YAML.");

    private const string Source =
        "source: { type: string, enum: [None, Secret, InjectedIdentity, Environment, Filesystem] }, "
        + "secretRef: { type: object, required: [name, namespace, key], "
        + "properties: { name: { type: string }, namespace: { type: string }, key: { type: string } } }, "
        + "env: { type: object, required: [name], properties: { name: { type: string } } }, "
        + "fs: { type: object, required: [path], properties: { path: { type: string } } }";

    private const string Text = $$"""
        type: object
        required: [spec]
        properties:
          apiVersion: { type: string }
          kind: { type: string }
          metadata: { type: object }
          spec:
            type: object
            required: [credentials]
            properties:
              credentials: { type: object, required: [source], properties: { {{Source}} } }
              identity: { type: object, required: [type, source], properties: { type: { type: string }, {{Source}} } }
          status: { type: object, x-kubernetes-preserve-unknown-fields: true }

        """;
}
