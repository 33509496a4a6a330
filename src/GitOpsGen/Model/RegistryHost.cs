using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace GitOpsGen.Model;

/// <summary>A registry's host, with a port where it has one. Crossplane's CRDs refuse a host without a dot.</summary>
internal sealed partial record RegistryHost(string Value)
{
    public static Grammar Grammar { get; } =
        new(Form(), "a registry host with a dot, without scheme or path, such as harbor.example.com or registry.local:5000");

    public static bool TryParse(string text, [NotNullWhen(true)] out RegistryHost? host)
    {
        host = Grammar.Matches(text) ? new(text) : null;
        return host is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"^(?=.{1,255}$)[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+(?::[0-9]{1,5})?$")]
    private static partial Regex Form();
}
