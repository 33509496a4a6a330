using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace GitOpsGen.Cli;

/// <summary>An option whose value is a number from 1.</summary>
internal static class CountOption
{
    public static Option<int?> Create(string name, string description, int most = int.MaxValue) =>
        new(name)
        {
            Description = description,
            HelpName = "n",
            CustomParser = result => Parse(result, name, most),
        };

    private static int? Parse(ArgumentResult result, string name, int most)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most)
        {
            return count;
        }

        result.AddError(
            $"'{text}' after '{name}' is not a number from 1 {(most == int.MaxValue ? "upward" : string.Create(CultureInfo.InvariantCulture, $"to {most}"))}."
        );
        return null;
    }
}
