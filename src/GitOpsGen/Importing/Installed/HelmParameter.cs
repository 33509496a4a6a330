using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>
/// A parameter of Argo CD, which is Helm's <c>--set NAME=VALUE</c>, or <c>--set-string</c> with <c>forceString</c>: the name leads through keys and
/// places of lists, and the value has the type that it looks like
/// (https://github.com/helm/helm/blob/v3.18.0/pkg/strvals/parser.go, https://github.com/argoproj/argo-cd/blob/v3.1.0/util/helm/cmd.go).
/// </summary>
internal static partial class HelmParameter
{
    // Helm takes 65536; no list of the chart has as many.
    private const int LastIndex = 1000;

    /// <summary>The values with the parameter's; <see langword="null"/> where Helm would refuse it.</summary>
    public static YamlMapping? Set(YamlMapping values, YamlMapping parameter)
    {
        if (parameter.TextAt("name") is not { } name || Path(name) is not { } path)
            return null;

        var written = parameter["value"] as YamlScalar ?? YamlScalar.String("", parameter.Span);
        return With(values, path.AsSpan(), Value(written, parameter["forceString"] is YamlScalar { IsTrue: true })) as YamlMapping;
    }

    // Keys, and numbers for places in lists. A backslash takes the meaning from what is behind it.
    private static ImmutableArray<object>? Path(string name)
    {
        var path = ImmutableArray.CreateBuilder<object>();
        var key = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            switch (name[i])
            {
                case '\\' when i + 1 < name.Length:
                    key.Append(name[++i]);
                    break;
                case '.' when key.Length > 0:
                    Take();
                    break;
                case '.' when path is [.., int]:
                    break;
                case '[' when key.Length > 0 || path is [.., int]:
                    Take();
                    var end = name.IndexOf(']', i);
                    if (
                        end < 0
                        || !int.TryParse(name.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                        || index > LastIndex
                        || (end + 1 < name.Length && name[end + 1] is not ('.' or '['))
                    )
                    {
                        return null;
                    }

                    path.Add(index);
                    i = end;
                    break;
                case '.' or '[' or '=' or ',' or '\\':
                    return null;
                default:
                    key.Append(name[i]);
                    break;
            }
        }

        Take();
        return path.Count == 0 || name.EndsWith('.') ? null : path.ToImmutable();

        void Take()
        {
            if (key.Length > 0)
            {
                path.Add(key.ToString());
                key.Clear();
            }
        }
    }

    private static YamlNode With(YamlNode? there, ReadOnlySpan<object> path, YamlNode value)
    {
        if (path.IsEmpty)
            return value;

        if (path[0] is string key)
        {
            var mapping = there as YamlMapping ?? NodePaths.Empty(value.Span);
            return mapping.With(key, With(mapping[key], path[1..], value));
        }

        var index = (int)path[0];
        var items = (there as YamlSequence)?.Items ?? [];
        items = [.. items, .. Enumerable.Repeat<YamlNode>(YamlScalar.Null(value.Span), Math.Max(index + 1 - items.Length, 0))];
        return new YamlSequence(items.SetItem(index, With(items[index], path[1..], value)), there?.Span ?? value.Span);
    }

    // Argo CD keeps commas from parting a value, but for a list in braces.
    private static YamlNode Value(YamlScalar written, bool isText)
    {
        var text = written.Text;
        return text is ['{', .. var items, '}']
            ? new YamlSequence([.. (items.Length == 0 ? [] : EndOfItem().Split(items)).Select(item => Typed(item, isText, written))], written.Span)
            : Typed(text, isText, written);
    }

    private static YamlScalar Typed(string text, bool isText, YamlScalar written)
    {
        var plain = Unescaped(text);
        var kind = plain switch
        {
            _ when isText => ScalarKind.String,
            "true" or "false" => ScalarKind.Boolean,
            "null" => ScalarKind.Null,
            "0" => ScalarKind.Integer,
            // Fractions, and numbers that begin with a zero, are texts for Helm.
            [not '0', ..] when long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => ScalarKind.Integer,
            _ => ScalarKind.String,
        };
        return new(kind, plain, written.Span);
    }

    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            plain.Append(text[i]);
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"(?<!\\),")]
    private static partial Regex EndOfItem();
}
