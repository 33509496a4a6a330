namespace GitOpsGen.Settings;

/// <summary>
/// Free-form values are read here by YAML 1.2 and later by Helm and Kubernetes, partly by YAML 1.1: a plain scalar on which the
/// two disagree (<c>yes</c>, <c>0123</c>, <c>1:20</c>) has to be quoted.
/// </summary>
internal static class FreeValues
{
    public static void Check(YamlMapping? environment, DiagnosticBag bag)
    {
        CheckNode(environment.At("crossplane", "values"), bag);
        foreach (var (_, package) in (environment?["packages"] as YamlMapping)?.Entries ?? [])
        {
            CheckNode((package as YamlMapping)?["spec"], bag);
            foreach (var template in RuntimeReader.Templates)
                CheckNode(package.At("runtime", template), bag);
        }
    }

    private static void CheckNode(YamlNode? node, DiagnosticBag bag)
    {
        switch (node)
        {
            case YamlScalar { IsPlain: true } scalar when CoreSchema.IsAmbiguousIn11(scalar.Text):
                bag.Add(
                    Rules.AmbiguousScalar,
                    scalar.Span,
                    $"'{Excerpt.Of(scalar.Text)}' means one thing to a YAML 1.2 reader and another to a YAML 1.1 reader.",
                    "Put it in quotes if it is text; else write the number or boolean plainly."
                );
                break;
            case YamlSequence list:
                foreach (var item in list.Items)
                    CheckNode(item, bag);

                break;
            case YamlMapping mapping:
                foreach (var (key, value) in mapping.Entries)
                {
                    CheckNode(key, bag);
                    CheckNode(value, bag);
                }

                break;
        }
    }
}
