namespace GitOpsGen.Validation.Controllers;

/// <summary>Roles and who has them (kubernetes pkg/apis/rbac/validation).</summary>
internal static class AccessRules
{
    private const string Group = "rbac.authorization.k8s.io";

    public static ControllerRule[] Role =>
        [
            .. Permissions,
            ServerRule.Together(
                "rules[]",
                node => node is YamlMapping rule && !Objections.IsAbsent(rule, "nonResourceURLs") ? "has URLs, which no namespace contains" : null,
                "Use a ClusterRole for them.",
                "nonResourceURLs"
            ),
        ];

    public static ControllerRule[] ClusterRole =>
        [
            .. Permissions,
            ServerRule.Together("rules[]", Mixed, "Write two rules."),
            ServerRule.Present("aggregationRule", "clusterRoleSelectors"),
            .. SelectorRules.At("aggregationRule.clusterRoleSelectors[]"),
        ];

    public static ControllerRule[] RoleBinding => [ServerRule.OneOf("roleRef.kind", "Role", "ClusterRole"), .. Binding];

    public static ControllerRule[] ClusterRoleBinding =>
        [
            ServerRule.OneOf("roleRef.kind", "ClusterRole"),
            .. Binding,
            ServerRule.Together("subjects[]", Homeless, "Give the namespace of the service account.", "namespace"),
        ];

    private static ControllerRule[] Permissions =>
        [
            ServerRule.NotEmpty("rules[].verbs"),
            ServerRule.Together("rules[]", Incomplete, "Give apiGroups and resources; the core group is an empty text."),
        ];

    private static ControllerRule[] Binding =>
        [
            ServerRule.OneOf("roleRef.apiGroup", "", Group),
            ServerRule.Required("roleRef.name"),
            ServerRule.Required("subjects[].name"),
            ServerRule.OneOf("subjects[].kind", "ServiceAccount", "User", "Group"),
            ServerRule.Together("subjects[]", WrongGroup, $"Leave it out, or use {Group} for a User or a Group.", "apiGroup"),
            ServerRule.Syntax("subjects[]", WrongAccount, "Use a-z, 0-9, - and .") with
            {
                At = "name",
            },
        ];

    private static string? Incomplete(YamlNode node) =>
        node is YamlMapping rule
        && Objections.IsAbsent(rule, "nonResourceURLs")
        && (Objections.IsAbsent(rule, "apiGroups") || Objections.IsAbsent(rule, "resources"))
            ? "lacks apiGroups or resources"
            : null;

    private static string? Mixed(YamlNode node) =>
        node is YamlMapping rule
        && !Objections.IsAbsent(rule, "nonResourceURLs")
        && (!Objections.IsAbsent(rule, "apiGroups") || !Objections.IsAbsent(rule, "resources"))
            ? "is about both resources and URLs"
            : null;

    private static bool IsAccount(YamlMapping subject) => YamlScalar.TextOf(subject["kind"]) == "ServiceAccount";

    private static string? Homeless(YamlNode node) =>
        node is YamlMapping subject && IsAccount(subject) && Objections.IsAbsent(subject, "namespace") ? "is missing" : null;

    private static string? WrongGroup(YamlNode node) =>
        node is YamlMapping subject && YamlScalar.TextOf(subject["apiGroup"]) is { Length: > 0 } group && (IsAccount(subject) ? true : group != Group)
            ? $"is '{Excerpt.Of(group)}'"
            : null;

    private static string? WrongAccount(YamlNode node) =>
        node is YamlMapping subject
        && IsAccount(subject)
        && YamlScalar.TextOf(subject["name"]) is { Length: > 0 } name
        && !KubernetesNames.IsSubdomain(name)
            ? $"is '{Excerpt.Of(name)}', which is not the name of a service account"
            : null;
}
