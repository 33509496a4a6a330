namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// Metadata as the API server accepts it on creation (apimachinery, pkg/api/validation/objectmeta.go). Wrong types are ignored, because
/// the schema reports them.
/// </summary>
internal static class MetadataSyntax
{
    private const int MaximumAnnotationBytes = 256 * 1024;
    private const string DnsName = "Use a-z, 0-9, - and ., at most 253 characters, beginning and ending with a letter or digit.";

    /// <param name="metadata">The metadata.</param>
    /// <param name="isRoot">Whether it is that of a whole file, which needs a name.</param>
    /// <param name="isDnsName">Whether the name must be one of DNS.</param>
    /// <param name="inspection">Takes the findings.</param>
    public static void Check(YamlMapping metadata, bool isRoot, bool isDnsName, Inspection inspection)
    {
        CheckNames(metadata, isRoot, isDnsName, inspection);
        foreach (var (key, value) in metadata.Entries)
        {
            switch (key.Text, value)
            {
                case ("labels", YamlMapping labels):
                    CheckLabels(labels, inspection);
                    break;
                case ("annotations", YamlMapping annotations):
                    CheckAnnotations(annotations, inspection);
                    break;
                case ("finalizers", YamlSequence finalizers):
                    CheckFinalizers(finalizers, inspection);
                    break;
                case ("ownerReferences", YamlSequence owners):
                    CheckOwners(owners, inspection);
                    break;
            }
        }
    }

    // Only `kubectl create` generates names; an object that GitOps applies needs one. An object inside another one needs none.
    private static void CheckNames(YamlMapping metadata, bool isRoot, bool isDnsName, Inspection inspection)
    {
        if (TextIn(metadata, "name") is { } name)
        {
            if (!(isDnsName ? KubernetesNames.IsSubdomain(name.Text) : KubernetesNames.IsPathSegment(name.Text)))
            {
                inspection.Report(
                    Rules.ObjectMetadata,
                    name,
                    "name",
                    isDnsName ? "is not a DNS subdomain name" : "cannot be part of a URL path",
                    isDnsName ? DnsName : "Write it without / and %."
                );
            }
        }
        else if (isRoot && metadata["name"] is null or YamlScalar { Kind: ScalarKind.Null or ScalarKind.String })
        {
            inspection.Report(Rules.MissingField, metadata, "name", "is missing", "Add it.");
        }

        if (
            TextIn(metadata, "generateName") is { } prefix
            && !(isDnsName ? KubernetesNames.IsSubdomainPrefix(prefix.Text) : !prefix.Text.AsSpan().ContainsAny('/', '%'))
        )
        {
            inspection.Report(
                Rules.ObjectMetadata,
                prefix,
                "generateName",
                isDnsName ? "cannot begin a DNS subdomain name" : "cannot be part of a URL path",
                DnsName
            );
        }

        if (TextIn(metadata, "namespace") is { } space && !KubernetesNames.IsLabel(space.Text))
            inspection.Report(Rules.ObjectMetadata, space, "namespace", "is not a DNS label", "Use a-z, 0-9 and -, at most 63 characters.");
    }

    private static void CheckLabels(YamlMapping labels, Inspection inspection)
    {
        inspection.Path.Enter("labels");
        foreach (var (key, value) in labels.Entries)
        {
            CheckKey(key, allowsCapitals: false, inspection);
            if (YamlScalar.TextOf(value) is { } text && !KubernetesNames.IsLabelValue(text))
            {
                inspection.Report(
                    Rules.ObjectMetadata,
                    value,
                    key.Text,
                    "is not a label value",
                    "Use letters, digits, -, _ and ., at most 63 characters, beginning and ending with a letter or digit."
                );
            }
        }

        inspection.Path.Leave();
    }

    private static void CheckAnnotations(YamlMapping annotations, Inspection inspection)
    {
        inspection.Path.Enter("annotations");
        var size = 0L;
        foreach (var (key, value) in annotations.Entries)
        {
            CheckKey(key, allowsCapitals: true, inspection);
            size += Encoding.UTF8.GetByteCount(key.Text) + Encoding.UTF8.GetByteCount(YamlScalar.TextOf(value) ?? "");
        }

        if (size > MaximumAnnotationBytes)
            inspection.Report(Rules.ObjectMetadata, annotations, $"have {size} bytes, more than {MaximumAnnotationBytes}", "Make them shorter.");

        inspection.Path.Leave();
    }

    private static void CheckKey(YamlScalar key, bool allowsCapitals, Inspection inspection)
    {
        if (!KubernetesNames.IsQualified(key.Text, allowsCapitals))
        {
            inspection.Report(
                Rules.ObjectMetadata,
                key,
                key.Text,
                "is not a qualified name",
                $"Use letters, digits, -, _ and ., at most 63 characters, with or without a DNS name{(allowsCapitals ? "" : " in small letters")} and / before them."
            );
        }
    }

    private static void CheckFinalizers(YamlSequence finalizers, Inspection inspection)
    {
        inspection.Path.Enter("finalizers");
        for (var i = 0; i < finalizers.Items.Length; i++)
        {
            if (YamlScalar.TextOf(finalizers.Items[i]) is { } name && !KubernetesNames.IsQualified(name, allowsCapitals: false))
            {
                inspection.Path.Enter(i);
                inspection.Report(
                    Rules.ObjectMetadata,
                    finalizers.Items[i],
                    name.Length == 0 ? "is empty" : "is not a qualified name",
                    "Write a DNS name in small letters, / and a name, such as example.org/cleanup."
                );
                inspection.Path.Leave();
            }
        }

        if (Has(finalizers, "orphan") && Has(finalizers, "foregroundDeletion"))
            inspection.Report(Rules.ObjectMetadata, finalizers, "have both orphan and foregroundDeletion", "Keep one of them.");

        inspection.Path.Leave();
    }

    private static bool Has(YamlSequence list, string text) => list.Items.Any(item => YamlScalar.TextOf(item) == text);

    private static void CheckOwners(YamlSequence owners, Inspection inspection)
    {
        inspection.Path.Enter("ownerReferences");
        var hasController = false;
        for (var i = 0; i < owners.Items.Length; i++)
        {
            if (owners.Items[i] is not YamlMapping owner)
                continue;

            inspection.Path.Enter(i);
            CheckOwner(owner, inspection);
            if (owner["controller"] is YamlScalar { Kind: ScalarKind.Boolean, Text: ['t' or 'T', ..] } controller)
            {
                if (hasController)
                {
                    inspection.Report(
                        Rules.ObjectMetadata,
                        controller,
                        "controller",
                        "is true in two references",
                        "Let only one owner be the controller."
                    );
                }

                hasController = true;
            }

            inspection.Path.Leave();
        }

        inspection.Path.Leave();
    }

    private static void CheckOwner(YamlMapping owner, Inspection inspection)
    {
        foreach (var field in (ReadOnlySpan<string>)["apiVersion", "kind", "name", "uid"])
        {
            // The server finds no version in the first case, and none in "group/" either.
            if (YamlScalar.TextOf(owner[field]) is { } text && (text.Length == 0 || (field == "apiVersion" && IsWithoutVersion(text))))
            {
                inspection.Report(
                    Rules.ObjectMetadata,
                    owner[field]!,
                    field,
                    text.Length == 0 ? "is empty" : "is not a version",
                    "Name the owner in full."
                );
            }
        }

        if (YamlScalar.TextOf(owner["apiVersion"]) == "v1" && YamlScalar.TextOf(owner["kind"]) == "Event")
            inspection.Report(Rules.ObjectMetadata, owner, "is an Event, which cannot own an object", "Name another owner.");
    }

    private static bool IsWithoutVersion(string text) => text.EndsWith('/') || text.AsSpan().Count('/') > 1;

    // The server does not tell an empty text from an absent one.
    private static YamlScalar? TextIn(YamlMapping metadata, string field) =>
        metadata[field] is YamlScalar { Kind: ScalarKind.String, Text.Length: > 0 } text ? text : null;
}
